"""The order of events, and the fold over them."""

from __future__ import annotations

import pickle
from typing import get_args

import fluent_ai as ai
import msgspec
import pytest
from fluent_ai import laws
from fluent_ai.protocols.table import chat_codec, codecs
from hypothesis import given
from hypothesis import strategies as st
from protocol_checks import body_of
from struct_values import example

LAWFUL: list[ai.Event] = [
    ai.Ping(),
    ai.Progress("load", 1, 2),
    ai.StreamStart("i", "m", "p", "alias"),
    ai.ReasoningStart(0),
    ai.ReasoningDelta(0, "hm"),
    ai.ReasoningEnd(0, "hm", "sig"),
    ai.TextStart(1),
    ai.TextDelta(1, "a", (ai.TokenLogprob("a", -0.5, (("o", -0.9),)),)),
    ai.Seam("continue", "p:m", "q:m", 1),
    ai.StreamStart("i", "m", "p", "alias"),
    ai.ToolCallStart(2, "c", "f"),
    ai.TextDelta(1, "b"),
    ai.ToolCallDelta(2, '{"x"'),
    ai.ToolCallDelta(2, ": 1}"),
    ai.TextEnd(1, "ab", {"citations": []}),
    ai.Citation(1, url="https://example.com"),
    ai.ToolCallEnd(2, ai.ToolCall("c", "f", {"x": 1})),
    ai.MediaStart(3, "image/png"),
    ai.MediaDelta(3, b"12"),
    ai.MediaDelta(3, b"3"),
    ai.MediaEnd(3, {"id": "a"}),
    ai.ToolCallStart(4, "h", "search", hosted=True),
    ai.ToolCallEnd(4, ai.ToolCall("h", "search", {}, hosted=True), {"type": "search_call"}),
    ai.HostedToolResult(5, "h", "rain", False, {"type": "search_result"}),
    ai.UnknownBlock(6, "riddle", {"type": "riddle"}),
    ai.UsageUpdate(ai.Usage(input_tokens=1)),
    ai.Warned("careful"),
    ai.Finish("tool_calls", "tool_calls", ai.Usage(input_tokens=1, output_tokens=2)),
]


def test_the_fold_holds_everything() -> None:
    laws.validate(LAWFUL)
    reply = ai.fold(LAWFUL)
    assert (reply.text, reply.reasoning, reply.id, reply.model, reply.provider) == ("ab", "hm", "i", "m", "p")
    assert reply.tool_calls == (ai.ToolCall("c", "f", {"x": 1}),)
    assert reply.parts[0] == ai.ReasoningPart("hm", "sig", None, "p", "m", requested_model="alias")
    maker = {"provider": "p", "model": "m", "requested_model": "alias"}
    assert reply.parts[1] == ai.TextPart("ab", raw={"citations": []}, **maker)
    image = ai.Media("image/png", b"123", raw={"id": "a"}, **maker)
    assert reply.media == (image,) == reply.parts[3:4]
    search = ai.ToolCall("h", "search", {}, hosted=True)
    assert reply.parts[4] == ai.ToolCallPart(search, raw={"type": "search_call"}, **maker)
    assert reply.hosted_calls == (search,)
    result = ai.HostedToolResultPart("h", "rain", raw={"type": "search_result"}, **maker)
    assert reply.hosted_results == (result,) == reply.parts[5:6]
    assert reply.parts[6] == ai.UnknownPart("riddle", raw={"type": "riddle"}, **maker)
    assert reply.requested_model == "alias"
    assert reply.citations == (ai.Citation(1, url="https://example.com"),)
    assert reply.logprobs == (ai.TokenLogprob("a", -0.5, (("o", -0.9),)),)
    assert reply.usage == ai.Usage(input_tokens=1, output_tokens=2)
    assert reply.warnings == ("careful",)
    assert reply.message.text == "ab"
    assert reply.message.parts == reply.parts
    assert pickle.loads(pickle.dumps(reply)) == reply


EVENTS = get_args(ai.Event)
SAYS_NOTHING_OF_THE_REPLY: dict[type, str] = {
    ai.Ping: "only that the provider is alive",
    ai.Progress: "what happens before or between the parts",
}
PLACE = "numbers a part, which the fold does by itself"
NOT_FOLDED: dict[tuple[type, str], str] = {
    **{(kind, "part"): PLACE for kind in EVENTS if kind.__name__.endswith("Start") and kind is not ai.StreamStart},
    (ai.HostedToolResult, "part"): PLACE,
    (ai.UnknownBlock, "part"): PLACE,
    **{(ai.Seam, field): "tells of legs, which `Reply.attempts` does by itself" for field in ("from_", "to", "after")},
}


def test_the_lawful_stream_holds_every_event() -> None:
    assert {type(event) for event in LAWFUL} == set(EVENTS)


@pytest.mark.parametrize("kind", EVENTS)
def test_every_field_of_every_event_changes_the_fold_or_is_an_exception(kind: type[msgspec.Struct]) -> None:
    place = next(place for place, event in enumerate(LAWFUL) if type(event) is kind)
    before, event = LAWFUL[:place], LAWFUL[place]
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    changing = set()
    for name, field in fields.items():
        other = 99 if name == "part" else example(field.type)
        if _folded(*before, event) != _folded(*before, msgspec.structs.replace(event, **{name: other})):
            changing.add(name)
    if kind in SAYS_NOTHING_OF_THE_REPLY:
        assert not changing
        assert _folded(*before, event) == _folded(*before)
    else:
        assert changing == {name for name in fields if (kind, name) not in NOT_FOLDED}


def _folded(*events: ai.Event) -> ai.Reply | str:
    try:
        return ai.fold(events)
    except IndexError:
        return "no such part"


@pytest.mark.parametrize("cut", range(len(LAWFUL)))
def test_every_prefix_is_lawful_and_none_is_complete(cut: int) -> None:
    prefix = LAWFUL[:cut]
    laws.validate(prefix, complete=False)
    with pytest.raises(ai.ProtocolError, match="without Finish"):
        laws.validate(prefix)
    assert ai.fold(prefix).finish_reason is None


def test_a_call_that_was_cut_is_not_valid_even_if_it_parses() -> None:
    cut = ai.fold([ai.StreamStart(), ai.ToolCallStart(0, "c", "f"), ai.ToolCallDelta(0, "{}")])
    assert cut.tool_calls == (ai.ToolCall("c", "f", "{}", valid=False),)


@pytest.mark.parametrize(
    ("events", "rule"),
    [
        ([ai.TextStart(0)], "StreamStart comes before"),
        ([ai.StreamStart(), ai.StreamStart()], "StreamStart comes once"),
        ([ai.StreamStart(), ai.TextStart(1)], "the next part is 0, not 1"),
        ([ai.StreamStart(), ai.TextDelta(0, "x")], "part 0 is not open"),
        ([ai.StreamStart(), ai.TextStart(0), ai.ReasoningDelta(0, "x")], "part 0 is a text part"),
        ([ai.StreamStart(), ai.TextStart(0), ai.TextEnd(0, ""), ai.TextDelta(0, "x")], "part 0 is not open"),
        ([ai.StreamStart(), ai.TextStart(0), ai.TextDelta(0, "x"), ai.TextEnd(0, "y")], "differs from its deltas"),
        ([ai.StreamStart(), ai.TextStart(0), ai.Finish()], "part 0 is still open"),
        ([ai.StreamStart(), ai.Finish(), ai.Ping()], "nothing follows Finish"),
    ],
)
def test_unlawful_orders_are_named(events: list[ai.Event], rule: str) -> None:
    with pytest.raises(ai.ProtocolError, match=rule):
        laws.validate(events, complete=False)


USAGE = st.builds(
    ai.Usage,
    input_tokens=st.none() | st.integers(0, 9),
    output_tokens=st.none() | st.integers(0, 9),
    raw=st.none() | st.dictionaries(st.sampled_from("abc"), st.integers(), max_size=2),
)


@given(USAGE, USAGE, USAGE)
def test_merging_usage_is_associative_and_drops_nothing(a: ai.Usage, b: ai.Usage, c: ai.Usage) -> None:
    assert a.merge(b).merge(c) == a.merge(b.merge(c))
    assert a.merge(ai.Usage()) == a
    assert a.merge(b).input_tokens == (a.input_tokens if b.input_tokens is None else b.input_tokens)


def test_every_event_pickles_and_knows_its_type() -> None:
    for event in LAWFUL:
        assert pickle.loads(pickle.dumps(event)) == event
        assert event.type == type(event).__struct_config__.tag


WHOLE = ai.fold(LAWFUL)


@pytest.mark.parametrize("protocol", codecs("chat"))
def test_a_reply_with_all_that_there_is_goes_back_into_a_history(protocol: str) -> None:
    answer = ai.Message("tool", (ai.ToolResultPart("c", "7"),))
    history = [ai.Message("user", (ai.TextPart("hi"),)), WHOLE.message, answer]
    assert b'"ab"' in msgspec.json.encode(body_of(chat_codec(protocol), history))
