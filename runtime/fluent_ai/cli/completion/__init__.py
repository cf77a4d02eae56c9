"""Completion in shells: scripts that ask for candidates, and the candidates."""
