"""What protocols share: codecs, parsers, errors and usage."""
