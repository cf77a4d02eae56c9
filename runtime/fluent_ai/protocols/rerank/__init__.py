"""Protocols of reranking."""
