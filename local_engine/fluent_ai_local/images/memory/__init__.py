"""How much memory a picture needs, how much there is, and what to do where that is less."""
