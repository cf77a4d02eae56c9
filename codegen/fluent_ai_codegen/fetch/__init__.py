"""Asking providers and sources what they say, and keeping the answers in cache/."""
