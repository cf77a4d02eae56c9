"""Every written stream gives the reply that its script says, lawfully, however it is cut and wherever it breaks off."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai import laws
from fluent_ai.protocols.table import chat_codec, codecs
from written_streams import CASES
from written_streams.failures import FAILURES
from written_streams.script import Case, Expected, Row

Outcome = tuple[list[ai.Event], ai.Reply, ai.FluentError | None]


def parse(case: Case, pieces: list[bytes]) -> Outcome:
    """What a body gives when it comes in these pieces, held to the laws."""
    parser = chat_codec(case.protocol).parser("acme")
    events = [event for piece in pieces for event in parser.feed(piece)]
    error: ai.FluentError | None = None
    try:
        events += parser.finish()
    except ai.FluentError as raised:
        error = raised
        assert error.provider == "acme"
        assert error.partial == parser.partial
    laws.validate(events, complete=error is None)
    reply = ai.fold(events)
    if error is None:
        assert reply == parser.partial
    return events, reply, error


def said(reply: ai.Reply) -> tuple[tuple[object, ...], ...]:
    found: list[tuple[object, ...]] = []
    for part in reply.parts:
        match part:
            case ai.TextPart():
                found.append(("text", part.text))
            case ai.ReasoningPart():
                found.append(("reasoning", part.text, part.signature or part.redacted))
            case ai.ToolCallPart():
                assert part.call.valid == isinstance(part.call.arguments, dict)
                found.append(("call", part.call.id, part.call.name, part.call.arguments))
            case ai.UnknownPart():
                pass
            case _:
                found.append(("media", part.media_type, part.data))
    return tuple(found)


def summary(reply: ai.Reply) -> Expected:
    usage = reply.usage
    counts = None
    if usage is not None and usage.input_tokens is not None and usage.output_tokens is not None:
        counts = (usage.input_tokens, usage.output_tokens)
    return Expected(said(reply), reply.finish_reason, reply.raw_reason, counts, reply.id, reply.model)


@pytest.fixture(params=CASES, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


def test_it_says_what_its_script_says(case: Case) -> None:
    _, reply, error = parse(case, [b"".join(case.pieces())])
    assert error is None
    assert summary(reply) == case.expected
    assert reply.provider == "acme"


def test_it_says_the_same_however_it_is_cut(case: Case) -> None:
    frames = case.pieces()
    data = b"".join(frames)
    events, _, _ = parse(case, [data])
    chance = random.Random(str(case))
    cuts = sorted(chance.sample(range(len(data) + 1), min(20, len(data))))
    randomly = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    for pieces in (frames, [data[place : place + 1] for place in range(len(data))], randomly):
        again, _, error = parse(case, pieces)
        assert error is None
        assert again == events


def test_wherever_it_breaks_off_what_came_is_kept(case: Case) -> None:
    frames = case.pieces()
    events, _, _ = parse(case, frames)
    for number in range(len(frames)):
        for rest in (b"", frames[number][: len(frames[number]) // 2]):
            got, reply, error = parse(case, [*frames[:number], rest])
            if number < case.ends:
                assert isinstance(error, ai.StreamTruncated | ai.ProtocolError)
                assert got == events[: len(got)]
                assert _begins(case.expected.parts, reply)
            else:
                assert error is None
                assert said(reply) == case.expected.parts
                assert reply.finish_reason == case.expected.reason


def _begins(parts: tuple[tuple[object, ...], ...], reply: ai.Reply) -> bool:
    text = "".join(str(part[1]) for part in parts if part[0] == "text")
    thoughts = "\n\n".join(str(part[1]) for part in parts if part[0] == "reasoning" and part[1])
    return text.startswith(reply.text) and thoughts.startswith(reply.reasoning)


def test_what_is_new_on_the_wire_changes_nothing_else(case: Case) -> None:
    rows = [_widened(row) for row in case.rows]
    if len(rows) > 1 and case.unknown is not None:
        rows = [new for row in rows[:1] for new in (row, case.unknown)] + rows[1:]
    _, reply, error = parse(case, case.frames(rows))
    assert error is None
    assert summary(reply) == case.expected
    kinds = [part.kind for part in reply.parts if isinstance(part, ai.UnknownPart)]
    assert len(set(reply.warnings)) == len(reply.warnings) >= len(set(kinds))
    assert all(any(f"{kind!r}" in warning for warning in reply.warnings) for kind in kinds)


_NEW: Row = {"x_new_field": {"type": "text", "text": "no text", "deep": [1, {"content": "neither"}]}}
_OPEN = {"arguments", "args", "input", "usage", "usageMetadata", "tokens", "billed_units"}
"""Objects whose names are free, or whose new numbers are kept raw."""


def _widened(row: Any) -> Any:
    """The row with a new field in every object."""
    if isinstance(row, list):
        return [_widened(item) for item in row]
    if isinstance(row, dict):
        return {name: value if name in _OPEN else _widened(value) for name, value in row.items()} | _NEW
    return row


@pytest.mark.parametrize("case", [case for case in CASES if len(case.rows) > 1], ids=str)
def test_an_error_ends_it_after_all_that_came_before(case: Case) -> None:
    row, kind = FAILURES[case.protocol]
    events, _, _ = parse(case, case.pieces())
    for number in range(1, case.ends):
        body = b"".join(case.frames([*case.rows[:number], row, *case.rows[number:]]))
        got, reply, error = parse(case, [body])
        assert isinstance(error, kind)
        assert "sorry" in str(error)
        if got and isinstance(got[-1], ai.ReasoningEnd):
            # Cohere's plan has no end of its own: whatever follows ends it.
            got.pop()
        assert got == events[: len(got)]
        assert _begins(case.expected.parts, reply)


def test_every_protocol_has_a_failure() -> None:
    assert FAILURES.keys() == codecs("chat").keys()


def test_there_are_enough_of_them() -> None:
    count = Counter(case.protocol for case in CASES)
    assert set(count) == set(codecs("chat"))
    assert min(count.values()) >= 15
    assert count.total() >= 400
    assert len({str(case) for case in CASES}) == len(CASES)
