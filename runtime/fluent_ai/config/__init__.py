"""The user's configuration: one TOML file, the environment above it, and how a name becomes a model."""
