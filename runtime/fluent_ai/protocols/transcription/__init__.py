"""Protocols of transcription."""
