"""Who is calling: what gives a request its key, token or signature, anew before each attempt."""
