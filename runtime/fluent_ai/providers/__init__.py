"""The known providers, their addresses and their credentials."""
