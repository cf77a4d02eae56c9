"""Protocols of embeddings."""
