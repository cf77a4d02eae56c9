"""Protocols of speech."""
