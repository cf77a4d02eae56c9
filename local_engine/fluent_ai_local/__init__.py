"""A local torch engine behind the streaming interfaces of fluent-ai."""
