"""Observation of calls: hooks and logging."""
