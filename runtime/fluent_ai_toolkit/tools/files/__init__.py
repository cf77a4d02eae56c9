"""Files in allowed folders, which models may read and list."""
