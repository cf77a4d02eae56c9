"""Protocols that count the tokens of a chat request, and the estimate for those who have none."""
