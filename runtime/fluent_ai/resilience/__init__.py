"""When to try again, and when not."""
