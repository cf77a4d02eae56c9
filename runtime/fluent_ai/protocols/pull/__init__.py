"""Protocols of pulling models."""
