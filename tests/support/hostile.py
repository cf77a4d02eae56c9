"""Answers that no sane server gives: right names with any values, cut anywhere, and bytes that are nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import fluent_ai as ai
from fluent_ai.interfaces import Parser
from hypothesis import strategies as st


def bodies(names: Sequence[str]) -> st.SearchStrategy[bytes]:
    """Bodies of JSON whose objects have these names: one document, or server-sent events."""
    words = [
        "YWJj",
        "00ff",
        "STOP",
        "done",
        "error",
        "a.delta",
        "a.done",
        "a.segment",
        "a.partial_image",
        "a.completed",
    ]
    leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(words)
    values = st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(names), inner, max_size=4),
        max_leaves=12,
    )
    rows = st.lists(values.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=30), max_size=4)
    return st.builds(_body, rows, st.booleans())


def survive(parser: Parser[Any], body: bytes, size: int) -> list[Any]:
    """What the parser makes of the body in pieces of `size`; its errors are typed ones."""
    items: list[Any] = []
    failures: list[ai.FluentError] = []
    for start in range(0, len(body), size):
        items += parser.feed(body[start : start + size])
    try:
        items += parser.finish()
    except ai.FluentError as error:
        failures.append(error)
    assert all(error.provider is not None and error.__context__ is None for error in failures)
    return items


def _body(rows: list[bytes], streamed: bool) -> bytes:
    return b"".join(b"data: " + row + b"\n\n" for row in rows) if streamed else b"".join(rows)
