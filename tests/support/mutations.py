"""Bytes with a few changes, by a seed."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

ROUNDS = int(os.environ.get("FLUENT_AI_FUZZ_ROUNDS", "300"))
SEED = os.environ.get("FLUENT_AI_FUZZ_SEED", "0")

AWKWARD = (
    b"\x00", b"\xff", b"\xed\xa0\x80", b"\r", b"\n\n", b'"', b"\\u", b"\\ud800", b"{", b"}", b"[", b"]", b"null", b"-1",
    b"1e999", b"NaN", b"9" * 5000, b"[" * 5000, b'{"a":' * 5000, b"true", b'""', b"data: ", b"'", b"=", b"\xe2\x80\xae",
    b"\xef\xbb\xbf",
)  # fmt: skip


def mutated(data: bytes, rng: random.Random, awkward: Sequence[bytes] = AWKWARD) -> bytes:
    """The data with one to four changes: a byte flipped, a piece cut out, doubled, moved or put in."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice((1, 1, 2, 8, 64, 4096)))
        piece = data[start:end]
        match rng.randrange(6):
            case 0:
                data = data[:start] + bytes([rng.randrange(256)]) + data[start + 1 :]
            case 1:
                data = data[:start] + data[end:]
            case 2:
                data = data[:end] + piece + data[end:]
            case 3:
                data = data[:start]
            case 4:
                data = data[:start] + rng.choice(awkward) + data[start:]
            case _:
                other = rng.randrange(len(data) + 1)
                data = data[:other] + piece + data[other:]
    return data
