"""Build time only: fetch, parse, normalise, render."""
