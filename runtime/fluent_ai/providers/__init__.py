"""Who there is, and at which address."""
