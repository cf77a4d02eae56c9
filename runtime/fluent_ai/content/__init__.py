"""What is said: parts, messages, events, replies and results."""
