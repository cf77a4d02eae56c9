"""Commands for what is the user's own: keys, and what was spent with them."""
