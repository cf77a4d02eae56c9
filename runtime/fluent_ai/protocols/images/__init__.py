"""Protocols of images."""
