"""Streams, the sources that feed them, and the channel between threads."""
