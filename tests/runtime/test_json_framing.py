"""Lines of JSON and growing arrays of JSON, however the bytes are cut."""

from __future__ import annotations

import contextlib
import itertools
import json
from typing import Any

import pytest
from fluent_ai.errors import ProtocolError
from fluent_ai.framing import Framing
from fluent_ai.framing.json_array import JSONArrayDecoder
from fluent_ai.framing.ndjson import NDJSONDecoder
from hypothesis import given
from hypothesis import strategies as st

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


def decode(framing: Framing[bytes], *pieces: bytes) -> list[bytes]:
    return [frame for piece in pieces for frame in framing.feed(piece)] + list(framing.finish())


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place for place in places if place < len(data)), len(data)]
    return [data[start:end] for start, end in itertools.pairwise(edges)]


@given(st.lists(JSON, max_size=5), st.sampled_from(["\n", "\r\n", "\n \t\n"]), st.lists(st.integers(0, 300)))
def test_lines_are_documents(values: list[Any], end: str, places: list[int]) -> None:
    data = end.join(json.dumps(value, ensure_ascii=False) for value in values).encode(errors="replace")
    lines = decode(NDJSONDecoder(), *cut(data, places))
    assert lines == decode(NDJSONDecoder(), data) == decode(NDJSONDecoder(), *(bytes([byte]) for byte in data + b"\n"))
    assert [json.loads(line) for line in lines] == json.loads(b"[" + b",".join(lines) + b"]")
    assert len(lines) == len(values)


def test_a_line_beyond_the_cap_is_refused_after_those_before_it() -> None:
    decoder = NDJSONDecoder(max_line_bytes=4)
    assert decoder.feed(b"1\n22222") == [b"1"]
    with pytest.raises(ProtocolError, match="more than 4 bytes"):
        decoder.feed(b"2")


@given(
    st.lists(st.dictionaries(st.text(max_size=3), JSON, max_size=3), max_size=4),
    st.sampled_from([None, 2]),
    st.lists(st.integers(0, 300)),
)
def test_objects_of_an_array_come_one_by_one(values: list[Any], indent: int | None, places: list[int]) -> None:
    data = b" " + json.dumps(values, indent=indent).encode() + b"\n"
    frames = decode(JSONArrayDecoder(), *cut(data, places))
    assert [json.loads(frame) for frame in frames] == values
    assert frames == decode(JSONArrayDecoder(), data) == decode(JSONArrayDecoder(), *(bytes([byte]) for byte in data))


def test_an_object_comes_with_its_last_brace() -> None:
    decoder = JSONArrayDecoder()
    assert list(decoder.feed(b'[{"a": "}\\"]"')) == []
    assert list(decoder.feed(b"}")) == [b'{"a": "}\\"]"}']
    assert list(decoder.feed(b',{"b":[{}]}] trailing {}')) == [b'{"b":[{}]}']
    assert decoder.finish() == []


@pytest.mark.parametrize("data", [b"{", b"[1", b'["a"', b"[[", b"]", b"x"])
def test_what_is_no_array_of_objects_is_refused(data: bytes) -> None:
    with pytest.raises(ProtocolError, match="expected an object"):
        decode(JSONArrayDecoder(), data)


def test_an_object_cut_short_or_beyond_the_cap_is_refused_after_those_before_it() -> None:
    with pytest.raises(ProtocolError, match="without its end"):
        decode(JSONArrayDecoder(), b"[{}, {")
    frames = []
    with pytest.raises(ProtocolError, match="more than 9 bytes"):
        for frame in JSONArrayDecoder(max_object_bytes=9).feed(b'[{"a": 1}, {"a": 123}]'):
            frames.append(frame)
    assert frames == [b'{"a": 1}']


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"[", b"[{"):
        with contextlib.suppress(ProtocolError):
            decode(JSONArrayDecoder(), start + data)
    decode(NDJSONDecoder(), data)
