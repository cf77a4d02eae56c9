"""How many tokens a text may have, without its tokenizer."""

from __future__ import annotations


def least_tokens(text: str) -> int:
    """A lower bound in any common tokenizer: the words, because no token spans two."""
    return len(text.split())


def likely_most_tokens(text: str) -> int:
    """An estimate that is rarely too low: common tokenizers take three to four bytes of prose, and 2.5 of digits and
    code, as one token.
    """
    return len(text.encode("utf-8", "surrogatepass")) * 2 // 5 + 1
