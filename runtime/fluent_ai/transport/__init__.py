"""Sending bytes: the only package that imports an HTTP library."""
