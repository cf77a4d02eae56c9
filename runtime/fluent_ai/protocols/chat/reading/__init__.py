"""What parsers of chat are made of: calls in pieces, what stands beside text, rows of log probabilities."""
