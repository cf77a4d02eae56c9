"""Authentication: keys, tokens and signatures, and how each provider's are found."""
