"""Pictures in a terminal, in the best way that it knows."""
