"""What models keep from one conversation to the next."""
