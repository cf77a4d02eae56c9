"""fluent-ai: one streaming interface to every large-model provider."""
