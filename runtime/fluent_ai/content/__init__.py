"""The content of requests and answers: parts, messages, events, replies and results."""
