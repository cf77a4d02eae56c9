# Generated from cache; do not edit. Run: fluent-ai generate
"""Model ids, one module for each provider, loaded on use."""
