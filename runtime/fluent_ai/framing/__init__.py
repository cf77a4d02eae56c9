"""Bytes to frames: each framing is a small sans-IO decoder with a size cap."""
