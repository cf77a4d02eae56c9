"""What changed, and the release that carries it."""
