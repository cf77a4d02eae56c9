"""Which models there are, where their weights come from, and which are loaded."""
