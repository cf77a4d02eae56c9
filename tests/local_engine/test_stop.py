from __future__ import annotations

from itertools import pairwise

import pytest
from fluent_ai_local.replies.stop import StopStrings
from hypothesis import given
from hypothesis import strategies as st

texts = st.text("ab\n", max_size=24)
strings = st.lists(st.text("ab\n", min_size=1, max_size=4), max_size=3)


def streamed(pieces: list[str], stops: list[str]) -> tuple[str, bool]:
    stop = StopStrings(stops)
    out = "".join(stop.feed(piece) for piece in pieces)
    return out + stop.finish(), stop.stopped


def naive(text: str, stops: list[str]) -> tuple[str, bool]:
    """Read character by character until the text ends in a stop string."""
    for end in range(len(text) + 1):
        if endings := [stop for stop in stops if text[:end].endswith(stop)]:
            return text[: end - max(map(len, endings))], True
    return text, False


@given(text=texts, stops=strings, cuts=st.lists(st.integers(0, 24)))
def test_however_the_text_is_cut_it_stops_where_the_naive_reader_stops(text, stops, cuts):
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    assert streamed(pieces, stops) == naive(text, stops)


@given(text=texts, stops=strings)
def test_nothing_is_held_back_longer_than_it_may_begin_a_stop_string(text, stops):
    stop = StopStrings(stops)
    out = stop.feed(text)
    held = text[len(out) :]
    assert stop.stopped or not held or any(string.startswith(held) for string in stops)


def test_text_that_may_begin_a_stop_string_waits():
    stop = StopStrings(["END"])
    assert [stop.feed(piece) for piece in ("a E", "N", "x", "EN", "D b", "c")] == ["a ", "", "ENx", "", "", ""]
    assert stop.stopped
    assert stop.finish() == ""


@pytest.mark.parametrize("stops", [[], [""]])
def test_without_stop_strings_all_passes_at_once(stops):
    stop = StopStrings(stops)
    assert stop.feed("abc") == "abc"
    assert not stop.stopped
