"""Cohere chat v2: the events of a reply, requests as the provider wants them, and nonsense."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.content.events import Citation
from fluent_ai.protocols import build_request
from fluent_ai.protocols.chat.cohere_v2 import CohereV2
from fluent_ai.protocols.chat.cohere_v2_parser import CohereV2Parser
from hypothesis import given
from hypothesis import strategies as st
from protocol_checks import body_of, fail, payloads, read, sse, survive

USAGE = {
    "billed_units": {"input_tokens": 3, "output_tokens": 5}, "cached_tokens": 4,
    "tokens": {"input_tokens": 9.0, "output_tokens": 6, "reasoning_tokens": 2},
}  # fmt: skip
START = {"type": "message-start", "id": "m1", "delta": {"message": {"role": "assistant", "content": []}}}


def event(kind: str, index: int | None = 0, **message: Any) -> dict[str, Any]:
    return {"type": kind, "index": index, "delta": {"message": message}}


def text(text: str, index: int = 0, **fields: Any) -> dict[str, Any]:
    return event("content-delta", index, content={"text": text}) | fields


def call(kind: str, index: int | None, id: str | None = None, name: str | None = None, arguments: Any = None) -> Any:
    return event(f"tool-call-{kind}", index, tool_calls={"id": id, "function": {"name": name, "arguments": arguments}})


def end(reason: str | None = "COMPLETE", **fields: Any) -> dict[str, Any]:
    return {"type": "message-end", "delta": {"finish_reason": reason, **fields}}


def reply_to(*events: Any) -> tuple[list[ai.Event], ai.Reply]:
    return read(CohereV2Parser("cohere"), sse([START, *events]) + b"data: [DONE]\n\n")


def test_thinking_then_text_then_usage() -> None:
    events, reply = reply_to(
        event("content-start", 0, content={"type": "thinking", "thinking": ""}),
        event("content-delta", 0, content={"thinking": "hm"}),
        event("content-end", 0),
        event("content-start", 1, content={"type": "text", "text": ""}),
        text("Hi", 1, logprobs={"text": "Hi", "token_ids": [1, 2], "logprobs": [-0.25, -0.5]}),
        text("!", 1),
        event("content-end", 1),
        end(usage=USAGE),
    )
    assert [event.type for event in events] == [
        "stream_start", "reasoning_start", "reasoning_delta", "reasoning_end", "text_start", "text_delta",
        "text_delta", "text_end", "usage_update", "finish",
    ]  # fmt: skip
    (first,) = [event for event in events if isinstance(event, ai.TextDelta) and event.logprobs]
    assert first.logprobs == (ai.TokenLogprob("Hi", -0.75),)
    assert (reply.id, reply.reasoning, reply.text, reply.finish_reason) == ("m1", "hm", "Hi!", "stop")
    assert reply.usage == ai.Usage(9, 6, 2, 4, raw=USAGE)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("STOP_SEQUENCE", "stop"), ("MAX_TOKENS", "length"), ("TOOL_CALL", "tool_calls"), ("TIMEOUT", "error"),
        ("NEW", "other"), (None, None),
    ],
)  # fmt: skip
def test_how_a_reply_ends(raw: str | None, reason: str | None) -> None:
    _, reply = reply_to(text("x"), end(raw, usage={"billed_units": {"input_tokens": 1}}))
    assert (reply.finish_reason, reply.raw_reason) == (reason, raw)
    assert reply.usage is not None
    assert (reply.usage.input_tokens, reply.usage.output_tokens) == (1, None)


def test_done_ends_a_stream_of_which_the_last_event_is_missing() -> None:
    _, reply = reply_to(event("tool-plan-delta", tool_plan="I will"))
    assert (reply.reasoning, reply.finish_reason) == ("I will", None)


def test_a_plan_is_reasoning_that_goes_back_as_a_plan() -> None:
    _, reply = reply_to(
        event("tool-plan-delta", None, tool_plan="I will "),
        event("tool-plan-delta", None, tool_plan="look."),
        call("start", 0, "c0", "f", ""),
        call("start", 1, "c1", "g", '{"y"'),
        call("delta", 0, arguments='{"x":1}'),
        call("delta", 1, arguments=":2}"),
        call("delta", 5, arguments="lost"),
        call("end", 0),
        call("end", 0),
        call("start", 2, "c2", "h"),
        end("TOOL_CALL"),
    )
    assert reply.parts[0] == ai.ReasoningPart("I will look.", "tool_plan", provider="cohere")
    assert reply.tool_calls == (
        ai.ToolCall("c0", "f", {"x": 1}), ai.ToolCall("c1", "g", {"y": 2}), ai.ToolCall("c2", "h", {}),
    )  # fmt: skip
    calls = [
        {"id": "c0", "type": "function", "function": {"name": "f", "arguments": '{"x":1}'}},
        {"id": "c1", "type": "function", "function": {"name": "g", "arguments": '{"y":2}'}},
        {"id": "c2", "type": "function", "function": {"name": "h", "arguments": "{}"}},
    ]
    results = ai.Message("tool", [ai.ToolResultPart(f"c{number}", "42") for number in range(3)])
    sent = body_of(CohereV2, [reply.message, results], provider="cohere")["messages"]
    assert sent[0] == {"role": "assistant", "tool_calls": calls, "tool_plan": "I will look."}
    assert [wire["tool_call_id"] for wire in sent[1:]] == ["c0", "c1", "c2"]
    sent = body_of(CohereV2, [reply.message, results], provider="other")["messages"]
    assert sent[0] == {"role": "assistant", "tool_calls": calls}


def test_each_source_of_a_citation_is_one_event() -> None:
    document = {"type": "document", "id": "d", "document": {"title": "Facts", "text": "..."}}
    result = {"type": "tool", "id": "t:0", "tool_output": {"url": "https://x", "title": 3}}
    where = {"start": 0, "end": 2, "text": "Hi"}
    events, _ = reply_to(
        event("content-delta", content={"thinking": "hm"}),
        text("Hi"),
        event("citation-start", citations={**where, "sources": [document, result], "type": "TEXT_CONTENT"}),
        event("citation-end"),
        event("citation-start", citations={**where, "type": "THINKING_CONTENT"}),
        end(),
    )
    assert [event for event in events if isinstance(event, Citation)] == [
        Citation(1, None, "Facts", "Hi", 0, 2),
        Citation(1, "https://x", "t:0", "Hi", 0, 2),
        Citation(0, None, None, "Hi", 0, 2),
    ]


def test_an_answer_that_is_not_streamed() -> None:
    document = {
        "id": "m1",
        "message": {
            "role": "assistant",
            "tool_plan": "plan",
            "content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "Hi"}, 3],
            "citations": [{"start": 0, "end": 2, "text": "Hi"}],
            "tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{}"}}, None],
        },
        "finish_reason": "COMPLETE",
        "usage": USAGE,
    }
    events, reply = read(CohereV2Parser("cohere"), json.dumps(document, indent=1).encode())
    assert [type(part).__name__ for part in reply.parts] == [
        "ReasoningPart", "ReasoningPart", "TextPart", "ToolCallPart",
    ]  # fmt: skip
    assert (reply.reasoning, reply.text, reply.finish_reason) == ("plan\n\nhm", "Hi", "stop")
    assert Citation(2, None, None, "Hi", 0, 2) in events
    assert reply.usage is not None
    assert reply.usage.input_tokens == 9


@pytest.mark.parametrize(
    ("events", "kind", "message"),
    [
        ([end("ERROR", error="invalid tool", error_type="INVALID_TOOL_GENERATION")], ai.ApiError, "invalid tool"),
        ([end("ERROR_TOXIC", usage={})], ai.ApiError, "ERROR_TOXIC"),
        ([{"id": "x", "message": "rate limit exceeded"}], ai.RateLimited, "rate limit"),
        ([event("content-delta", content={"text": 3})], ai.ProtocolError, r"chat event: .*content\.text"),
        ([{"type": "content-delta", "delta": 3}], ai.ProtocolError, r"chat event: .*\$.delta"),
        ([], ai.StreamTruncated, "ended before it was complete"),
        ([{}], ai.StreamTruncated, "ended before it was complete"),
    ],
)
def test_failures_are_typed_and_keep_what_came(events: list[Any], kind: type[ai.FluentError], message: str) -> None:
    got, error = fail(CohereV2Parser("cohere"), sse([START, text("so far"), *events]))
    assert isinstance(error, kind)
    with pytest.raises(kind, match=message):
        raise error
    assert error.partial is not None
    assert error.partial.text == "so far"
    assert ai.TextDelta(0, "so far") in got


TAGS = (
    "message-start", "content-start", "content-delta", "content-end", "tool-plan-delta", "tool-call-start",
    "tool-call-delta", "tool-call-end", "citation-start", "message-end", "TEXT_CONTENT", "COMPLETE", "ERROR",
)  # fmt: skip
KEYS = (
    "id", "type", "index", "delta", "logprobs", "message", "finish_reason", "usage", "error", "content", "tool_plan",
    "tool_calls", "citations", "text", "thinking", "function", "name", "arguments", "start", "sources", "document",
    "tool_output", "tokens", "input_tokens",
)  # fmt: skip


@given(payloads(TAGS, KEYS))
def test_any_events_give_lawful_events_or_a_typed_error(found: list[Any]) -> None:
    survive(CohereV2Parser, sse(found))


@given(st.binary(max_size=100))
def test_any_bytes_give_lawful_events_or_a_typed_error(data: bytes) -> None:
    survive(CohereV2Parser, data)
    survive(CohereV2Parser, b"data: " + data + b"\n\n")


@pytest.mark.parametrize(
    "data",
    [
        b'data: {"type": "content-delta", "delta": ' + b"[" * 50_000,
        b'data: {"type": "content-delta", "delta": {"message": {"content": {"text": "\xff"}}}}\n\n',
        b'data: {"type": "content-delta", "delta": {"message": {"content": {"text": "\\ud800"}}}}\n\n',
        b'data: {"type": "message-end", "delta": {"usage": {"cached_tokens": NaN}}}\n\n',
        b"{" * 50_000,
    ],
)
def test_hostile_json(data: bytes) -> None:
    survive(CohereV2Parser, data)
    survive(CohereV2Parser, data + b"\n\n")


def test_options_go_by_their_names_in_this_protocol() -> None:
    schema = {"type": "object", "properties": {}}
    body = body_of(
        CohereV2, system="Be brief.", temperature=0.5, top_p=0.9, top_k=5, max_tokens=100, seed=3, stop=["a", "b"],
        reasoning="high", logprobs=0, tools=[ai.Tool("f", "Does f.", schema)], tool_choice="required",
        options={"safety_mode": "STRICT"},
    )  # fmt: skip
    assert body == {
        "model": "m",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "hi"}],
        "stream": True, "temperature": 0.5, "p": 0.9, "k": 5, "max_tokens": 100, "seed": 3,
        "stop_sequences": ["a", "b"], "thinking": {"type": "enabled"}, "logprobs": True, "tool_choice": "REQUIRED",
        "tools": [{"type": "function", "function": {"name": "f", "description": "Does f.", "parameters": schema}}],
        "safety_mode": "STRICT",
    }  # fmt: skip
    assert body_of(CohereV2, output=schema)["response_format"] == {"type": "json_object", "json_schema": schema}
    assert body_of(CohereV2, reasoning="none")["thinking"] == {"type": "disabled"}
    assert "tool_choice" not in body_of(CohereV2, tools=[ai.Tool("f")], tool_choice="auto")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"logprobs": 2}, "logprobs is 2"),
        ({"tools": [ai.Tool("f")], "tool_choice": "f"}, "tool_choice is 'f'"),
        ({"tools": [ai.Tool("f")], "output": {"type": "object"}}, "output and tools"),
    ],
)
def test_what_the_protocol_lacks_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ai.ConfigError, match=message):
        body_of(CohereV2, **options)


def test_messages() -> None:
    messages = [
        ai.Message("user", (ai.TextPart("see"), ai.ImagePart(url="https://x/y.png"))),
        ai.Message("assistant", (ai.ReasoningPart("hm", provider="acme"), ai.TextPart("ok"))),
        ai.Message(
            "assistant",
            (
                ai.ReasoningPart("hm", provider="other"),
                ai.TextPart("ok"),
                ai.ToolCallPart(ai.ToolCall("c", "f", {})),
                ai.ToolCallPart(ai.ToolCall("d", "f", {})),
            ),
        ),
        ai.Message("tool", (ai.ToolResultPart("c", "42"), ai.ToolResultPart("d", "no"))),
    ]
    function = {"name": "f", "arguments": "{}"}
    calls = [{"id": name, "type": "function", "function": function} for name in "cd"]
    assert body_of(CohereV2, messages)["messages"] == [
        {"role": "user", "content": [
            {"type": "text", "text": "see"}, {"type": "image_url", "image_url": {"url": "https://x/y.png"}},
        ]},
        {"role": "assistant", "content": [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": "ok"}]},
        {"role": "assistant", "content": "ok", "tool_calls": calls},
        {"role": "tool", "tool_call_id": "c", "content": "42"},
        {"role": "tool", "tool_call_id": "d", "content": "no"},
    ]  # fmt: skip
    with pytest.raises(ai.ConfigError, match="DocumentPart cannot be sent to Cohere"):
        body_of(CohereV2, [ai.Message("user", (ai.DocumentPart(url="https://x/y.pdf"),))])


def test_cohere_is_called_at_its_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CO_API_URL", raising=False)
    monkeypatch.setenv("CO_API_KEY", "co-secret-key")
    request = build_request("cohere", "command-a-03-2025", "hi")
    assert request.url == "https://api.cohere.com/v2/chat"
    assert request.headers["authorization"] == "Bearer co-secret-key"
