"""JSON in pieces: the laws of the reader, its dialect, its changes, and hostile input."""

from __future__ import annotations

import copy
import json
import pickle
from itertools import pairwise
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.errors import FluentError, IncompleteJSON, InvalidJSON
from fluent_ai.schema.partial_json import MAX_DEPTH, MAX_NUMBER, Change, JsonValue, PartialJSON, parse_partial
from hypothesis import given
from hypothesis import strategies as st

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=12
)
TEXTS = st.builds(
    lambda value, escaped, indent: json.dumps(value, ensure_ascii=escaped, indent=indent),
    VALUES,
    st.booleans(),
    st.none() | st.integers(0, 2),
)
NEARLY_JSON = st.text(alphabet='{}[]",:\\u0dD8cntrfalse1-+.e5 \n\t/\x00é€😀') | st.binary(max_size=40)


def outcome(text: str | bytes) -> tuple[str, str]:
    try:
        return "value", repr(parse_partial(text))
    except IncompleteJSON:
        return "incomplete", ""
    except InvalidJSON:
        return "invalid", ""


def grown(pieces: list[str | bytes]) -> tuple[str, str]:
    """The outcome where the value is asked for after every piece."""
    reader = PartialJSON()
    try:
        for piece in pieces:
            reader.feed(piece)
            last = reader.value if reader.started else None
    except InvalidJSON:
        return "invalid", ""
    return ("value", repr(last)) if reader.started else ("incomplete", "")


def replay(changes: list[Change]) -> JsonValue:
    """The value that the changes build, by nothing but their definition."""
    root: list[Any] = [None]
    for change in changes:
        *outer, last = (0, *change.path)
        holder: Any = root
        for key in outer:
            holder = holder[key]
        value = copy.deepcopy(change.value)
        if change.append:
            holder[last] += value
        elif isinstance(holder, list) and last == len(holder):
            holder.append(value)
        else:
            holder[last] = value
    return root[0]


@given(TEXTS)
def test_every_prefix_parses_or_is_incomplete(text: str) -> None:
    for length in range(len(text)):
        assert outcome(text[:length])[0] in ("value", "incomplete")
    data = text.encode()
    for length in range(len(data)):
        assert outcome(data[:length])[0] in ("value", "incomplete")
    assert repr(parse_partial(text)) == repr(json.loads(text))


@given(st.data(), TEXTS | NEARLY_JSON)
def test_cuts_change_nothing(data: st.DataObject, text: str | bytes) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)))))
    pieces = [text[start:stop] for start, stop in pairwise([0, *cuts, len(text)])]
    assert grown(pieces) == outcome(text)


@given(TEXTS | NEARLY_JSON)
def test_the_end_is_strict(text: str | bytes) -> None:
    reader = PartialJSON()
    try:
        reader.feed(text)
        value = reader.finish()
    except InvalidJSON:
        with pytest.raises(ValueError):  # noqa: PT011  # the standard library's own
            json.loads(text if isinstance(text, str) else text.decode(), parse_constant=_refuse)
    else:
        assert repr(value) == repr(json.loads(text))


def _refuse(name: str) -> None:
    raise ValueError(name)


@given(st.data(), VALUES.filter(lambda value: isinstance(value, list | dict)))
def test_changes_rebuild_the_value(data: st.DataObject, value: JsonValue) -> None:
    text = json.dumps(value)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)))))
    reader, plain, changes = PartialJSON(), PartialJSON(), list[Change]()
    for start, stop in pairwise([0, *cuts, len(text)]):
        changes += reader.changes(text[start:stop])
        plain.feed(text[start:stop])
        if plain.started and text[stop - 1 : stop] not in "-+.eE0123456789":
            assert repr(replay(changes)) == repr(plain.value)
    assert repr(replay(changes)) == repr(value)


def test_changes_are_small_and_name_their_place() -> None:
    reader = PartialJSON()
    assert reader.changes('{"city": "Pa') == [Change((), {}), Change(("city",), "Pa")]
    assert reader.changes("ri") == [Change(("city",), "ri", append=True)]
    assert reader.changes('s", "days": [1') == [Change(("city",), "s", append=True), Change(("days",), [])]
    assert reader.changes("2, {}") == [Change(("days", 0), 12), Change(("days", 1), {})]
    assert reader.changes("]") == []
    assert reader.changes("}") == []
    assert reader.finish() == {"city": "Paris", "days": [12, {}]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[12.", []),
        ("[12", [12]),
        ("[-", []),
        ("[1e5", [100000.0]),
        ("[tru", []),
        ('{"a', {}),
        ('{"a":', {}),
        ('{"a": 1, "a": 2.', {"a": 1}),
        ('{"a": 1, "a": "x', {"a": "x"}),
        ('"tail\\', "tail"),
        ('"tail\\ud83d\\ud', "tail"),
        ('"\\ud83d\\ude00', "😀"),
        (b'"\xe2\x82', ""),
        ("7 ", 7),
        ("-0", 0),
    ],
)
def test_the_dialect(text: str | bytes, value: object) -> None:
    assert parse_partial(text) == value
    assert ai.parse_partial is parse_partial


@pytest.mark.parametrize("text", ["", " \n", "-", "12.", "tru", b""])
def test_no_value_yet(text: str | bytes) -> None:
    with pytest.raises(IncompleteJSON, match="no value yet"):
        parse_partial(text)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[" * (MAX_DEPTH + 1), rf"character {MAX_DEPTH}: nesting deeper than {MAX_DEPTH}"),
        ('{"a":' * 100_000, "nesting deeper"),
        ("[" + "1" * (MAX_NUMBER + 1), "character 1: a number of more than"),
        ("[1e400]", "character 1: .*out of range"),
        ("[-1e400 ", "out of range"),
        ("[NaN]", "character 1: expected a value"),
        ("[-Infinity]", "malformed number"),
        ('["\\ud800"]', "character 2: .*lone surrogate"),
        ('["\\udc00', "lone surrogate"),
        ('"\ud800"', "not valid Unicode"),
        (b'"\xff', "not valid Unicode"),
        ('"a\x00', "character 2: a control character"),
        ('"\\x', "unknown escape"),
        ("[1,]", "character 3: expected a value"),
        ('{"a":1,}', "character 7: expected a key"),
        ("{1", "expected a key"),
        ('{"a" 1', "expected ':'"),
        ("[1 2", "expected ',' or the closing bracket"),
        ("[1}", "expected ',' or the closing bracket"),
        ("{} x", "expected nothing more"),
        ("[truth", "expected a value"),
        ("\ufeff{}", "expected a value"),
        ("[01]", "malformed number"),
    ],
)
def test_hostile_text_is_refused_at_its_place(text: str | bytes, where: str) -> None:
    reader = PartialJSON()
    with pytest.raises(InvalidJSON, match=where) as first:
        for at in range(len(text)):
            reader.feed(text[at : at + 1])
        reader.finish()
    with pytest.raises(InvalidJSON) as again:
        reader.feed("")
    assert again.value is first.value
    with pytest.raises(InvalidJSON, match=where):
        reader.finish()
    with pytest.raises(InvalidJSON, match=where):
        PartialJSON().feed(text)


def test_what_was_read_before_an_error_stays() -> None:
    reader = PartialJSON()
    with pytest.raises(InvalidJSON) as caught:
        reader.feed('{"kept": [1, "text"], oops')
    assert reader.value == {"kept": [1, "text"]}
    assert isinstance(caught.value, FluentError)
    assert "oops" not in repr(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_the_end_comes_too_early() -> None:
    for text, length in [('{"a": "b"', 9), ("[1", 2), ("-", 1), ("", 0), ('"x', 2), (b'"\xe2', 1)]:
        reader = PartialJSON()
        reader.feed(text)
        with pytest.raises(IncompleteJSON, match=f"at character {length}"):
            reader.finish()


def test_text_does_not_follow_half_a_character() -> None:
    reader = PartialJSON()
    reader.feed(b'"\xe2')
    with pytest.raises(InvalidJSON, match="after a part of a character"):
        reader.feed('"')


def test_the_value_grows_in_place() -> None:
    reader = PartialJSON()
    reader.feed('{"list": [1, 2')
    value = reader.value
    before = copy.deepcopy(value)
    reader.feed('5], "text": "abc')
    assert reader.value is value
    assert before == {"list": [1, 2]}
    assert value == {"list": [1, 25], "text": "abc"}


def test_a_text_that_somebody_holds_does_not_change() -> None:
    reader = PartialJSON()
    held: list[JsonValue] = []
    reader.feed('"')
    for _ in range(100):
        reader.feed("ab")
        held.append(reader.value)
    assert held == ["ab" * count for count in range(1, 101)]


def test_work_grows_with_the_text_only() -> None:
    """Counted, not timed: 8,000 pieces of one long text pass the same number of characters to the scanner."""
    pieces = ['{"content": "', *["0123456789ab"] * 8_000, '"}']
    reader, lengths = PartialJSON(), list[int]()
    read = reader._read
    reader._read = lambda text: (lengths.append(len(text)), read(text))[1]  # type: ignore[method-assign]
    for piece in pieces:
        reader.feed(piece)
        assert reader.started
    assert sum(lengths) == sum(map(len, pieces))
    assert reader.finish() == {"content": "0123456789ab" * 8_000}
