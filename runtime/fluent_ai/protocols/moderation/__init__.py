"""Protocols of moderation."""
