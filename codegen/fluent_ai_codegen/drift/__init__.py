"""How published API specifications differ from what was last reviewed."""
