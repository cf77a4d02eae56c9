"""Protocols of chat."""
