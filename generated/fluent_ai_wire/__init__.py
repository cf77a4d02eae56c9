# Generated from specs/wire; do not edit. Run: fluent-ai generate
"""Structs of the wire protocols, one module each. They decode what servers send."""

__all__ = ["openai_chat"]
