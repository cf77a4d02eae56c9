"""Answers that are kept, and the stores that keep them."""
