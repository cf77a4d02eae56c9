"""How many tokens a text may have, without its tokenizer."""

from __future__ import annotations

_WORDS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ "
_ASCII = bytes(range(128))


def least_tokens(text: str) -> int:
    """A lower bound in any common tokenizer: the words, because no token spans two."""
    return len(text.split())


def likely_most_tokens(text: str) -> int:
    """An estimate that is rarely too low: 0.4 tokens for a byte of English words, 0.7 for one of other scripts, and 1
    for digits, signs and line ends.

    A tokenizer makes at most a token of each byte, and one or two for the start and the end. So the estimate is at most
    2.5 times too small, for letters that make no words, and 1.5 times for other scripts. Sums over llama.cpp's texts
    for 16 vocabularies, which are mostly of emoji, white space and Asian scripts, are 1.2 to 2.1 times too large.
    """
    data = text.encode("utf-8", "surrogatepass")
    others = len(data.translate(None, _WORDS))
    foreign = len(data.translate(None, _ASCII))
    return (4 * (len(data) - others) + 7 * foreign + 10 * (others - foreign)) // 10 + 1
