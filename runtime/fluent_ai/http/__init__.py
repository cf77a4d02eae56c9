"""HTTP: messages, transports, retry headers and the redaction of secrets."""
