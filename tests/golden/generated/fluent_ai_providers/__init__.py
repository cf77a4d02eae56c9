# Generated from specs/providers; do not edit. Run: fluent-ai generate
"""Typed clients, one module for each provider, and their data."""
