"""Who is calling: what makes a request come with a key, a token or a signature."""
