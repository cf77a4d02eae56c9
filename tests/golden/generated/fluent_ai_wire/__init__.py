# Generated from specs/wire; do not edit. Run: fluent-ai generate
"""Structs of the wire protocols, to decode what servers send."""
