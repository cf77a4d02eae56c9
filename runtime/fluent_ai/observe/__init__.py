"""Who watches calls: observers, what they see of a call, and how they are told."""
