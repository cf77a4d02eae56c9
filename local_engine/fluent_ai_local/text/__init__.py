"""Text to tokens and back: tokenizers, chat templates, prompts and stop strings."""
