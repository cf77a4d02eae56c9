"""SentencePiece's BPE against its definition, tried out step by step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from fluent_ai_local.text.score_bpe import SPACE, ScoreBPE
from hypothesis import given
from hypothesis import strategies as st

LETTERS = f"ab{SPACE}"
BYTES = [1000 + byte for byte in range(256)]
TOKENS = st.dictionaries(st.text(LETTERS, min_size=1, max_size=5), st.integers(-3, 0), max_size=20)
TEXTS = st.text(f"{LETTERS}é", max_size=60)
UNKNOWN = 999


def naive(scores: dict[str, int], text: str) -> list[str]:
    """Join the best neighbours, the leftmost of equals, until none make up a token."""
    pieces = list(text)
    while pairs := [(-scores[a + b], at) for at, (a, b) in enumerate(pairwise(pieces)) if a + b in scores]:
        _, at = min(pairs)
        pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]
    return pieces


def encoder(scores: dict[str, int], of_bytes: Sequence[int | None]) -> ScoreBPE:
    numbers = {token: number for number, token in enumerate(scores)}
    return ScoreBPE(numbers, list(map(float, scores.values())), of_bytes, unknown=UNKNOWN)


@given(scores=TOKENS, text=TEXTS)
def test_pieces_are_those_of_the_definition(scores: dict[str, int], text: str) -> None:
    numbers = {token: number for number, token in enumerate(scores)}
    expected: list[int] = []
    for piece in naive(scores, text):
        expected += [numbers[piece]] if piece in numbers else [BYTES[byte] for byte in piece.encode()]
    encode = encoder(scores, BYTES)
    assert encode(text) == expected
    assert encode(text) == expected  # from the words that it has kept


@given(scores=TOKENS, text=TEXTS)
def test_without_bytes_unknown_characters_in_a_row_are_one_token(scores: dict[str, int], text: str) -> None:
    numbers = {token: number for number, token in enumerate(scores)}
    expected: list[int] = []
    for number in (numbers.get(piece, UNKNOWN) for piece in naive(scores, text)):
        if number != UNKNOWN or expected[-1:] != [UNKNOWN]:
            expected.append(number)
    assert encoder(scores, [None] * 256)(text) == expected


def test_a_character_of_whose_bytes_one_is_missing_is_unknown() -> None:
    of_bytes: list[int | None] = list(BYTES)
    of_bytes["é".encode()[1]] = None
    assert encoder({"a": 0}, of_bytes)("aéb") == [0, UNKNOWN, BYTES[ord("b")]]


def test_a_long_text_without_spaces_costs_no_more_than_its_length_asks() -> None:
    scores = {"a" * 2**power: -power for power in range(5)}
    assert encoder(scores, BYTES)("a" * 2**15) == [4] * 2**11  # quadratic work would take minutes


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        encoder({}, BYTES)("\ud800")
