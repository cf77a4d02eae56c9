"""Anthropic messages: what is sent, what comes back, and bytes that nobody should send."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols import decode_error
from fluent_ai.protocols.chat.anthropic_messages_parser import AnthropicMessagesParser
from hypothesis import given
from protocol_checks import fail, payloads, read, sse, survive

START = {
    "type": "message_start",
    "message": {"id": "msg_1", "model": "claude-x", "usage": {"input_tokens": 9, "cache_read_input_tokens": 4}},
}
STOP = {"type": "message_stop"}


def block(index: int, start: dict[str, Any], *deltas: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"type": "content_block_start", "index": index, "content_block": start},
        *({"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas),
        {"type": "content_block_stop", "index": index},
    ]


def text(index: int, *pieces: str) -> list[dict[str, Any]]:
    return block(index, {"type": "text", "text": ""}, *({"type": "text_delta", "text": piece} for piece in pieces))


def end(reason: str | None, **usage: int) -> list[dict[str, Any]]:
    return [{"type": "message_delta", "delta": {"stop_reason": reason}, "usage": usage}, STOP]


def stream(*events: dict[str, Any]) -> tuple[list[ai.Event], ai.Reply]:
    return read(AnthropicMessagesParser("acme"), sse(events))


def test_each_block_is_a_part_of_its_own() -> None:
    events, reply = stream(START, {"type": "ping"}, *text(0, "Hel", "lo"), *text(1, " you"), *end("end_turn"))
    assert reply.parts == (ai.TextPart("Hello"), ai.TextPart(" you"))
    assert (reply.id, reply.model, reply.provider) == ("msg_1", "claude-x", "acme")
    assert [type(event).__name__ for event in events] == [
        "StreamStart", "UsageUpdate", "Ping", "TextStart", "TextDelta", "TextDelta", "TextEnd", "TextStart",
        "TextDelta", "TextEnd", "Finish",
    ]  # fmt: skip


def test_thinking_keeps_its_signature_and_redacted_thinking_its_data() -> None:
    thinking = block(
        0, {"type": "thinking", "thinking": "", "signature": ""}, {"type": "thinking_delta", "thinking": "hm"},
        {"type": "signature_delta", "signature": "si"}, {"type": "signature_delta", "signature": "gn"},
    )  # fmt: skip
    hidden = block(1, {"type": "thinking", "thinking": "", "signature": "kept to itself"})
    redacted = block(2, {"type": "redacted_thinking", "data": "sealed"})
    _, reply = stream(START, *thinking, *hidden, *redacted, *text(3, "yes"), *end("end_turn"))
    assert reply.parts == (
        ai.ReasoningPart("hm", "sign", None, "acme", "claude-x"),
        ai.ReasoningPart("", "kept to itself", None, "acme", "claude-x"),
        ai.ReasoningPart("", None, "sealed", "acme", "claude-x"),
        ai.TextPart("yes"),
    )


def test_calls_take_their_arguments_from_deltas_or_from_their_start() -> None:
    def call(index: int, given: Any, *pieces: str) -> list[dict[str, Any]]:
        start = {"type": "tool_use", "id": f"t{index}", "name": f"f{index}", "input": given}
        return block(index, start, *({"type": "input_json_delta", "partial_json": piece} for piece in pieces))

    own = block(4, {"type": "server_tool_use", "id": "s", "name": "web_search"},
                {"type": "input_json_delta", "partial_json": '{"q": 1}'})  # fmt: skip
    first, second = call(5, {}, '{"a":', " 5}"), call(6, {}, "{}")
    side_by_side = [first[0], second[0], first[1], second[1], first[2], second[2], first[3]]
    _, reply = stream(
        START, *call(0, {}, "", '{"x":', "1}"), *call(1, {}), *call(2, {"y": 2}), *call(3, {}, "{nonsense"), *own,
        *side_by_side, *end("tool_use"),
    )  # fmt: skip
    assert [(call.name, call.arguments, call.valid) for call in reply.tool_calls] == [
        ("f0", {"x": 1}, True), ("f1", {}, True), ("f2", {"y": 2}, True), ("f3", "{nonsense", False),
        ("f5", {"a": 5}, True), ("f6", {}, True),
    ]  # fmt: skip
    assert reply.finish_reason == "tool_calls"


def test_a_citation_belongs_to_the_part_that_it_comes_in_even_before_its_text() -> None:
    web = {"cited_text": "said", "url": "https://x", "title": "X", "start_char_index": 900}
    book = {"cited_text": "wrote", "document_title": "Book", "source": "shelf"}
    cited = block(
        1, {"type": "text", "text": ""}, {"type": "citations_delta", "citation": web},
        {"type": "text_delta", "text": "b"}, {"type": "citations_delta", "citation": book},
    )  # fmt: skip
    events, _ = stream(START, *text(0, "a"), *cited, *end("end_turn"))
    assert [event for event in events if isinstance(event, ai.Citation)] == [
        ai.Citation(part=1, url="https://x", title="X", quote="said"),
        ai.Citation(part=1, url="shelf", title="Book", quote="wrote"),
    ]


def test_usage_is_merged_key_by_key() -> None:
    delta = {"output_tokens": 7, "output_tokens_details": {"thinking_tokens": 3}, "cache_creation_input_tokens": 2}
    _, reply = stream(START, *text(0, "x"), {"type": "message_delta", "delta": {}, "usage": delta}, STOP)
    assert reply.usage == ai.Usage(
        input_tokens=9, output_tokens=7, reasoning_tokens=3, cached_input_tokens=4, cache_write_tokens=2,
        raw={"input_tokens": 9, "cache_read_input_tokens": 4, **delta},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("end_turn", "stop"), ("stop_sequence", "stop"), ("max_tokens", "length"), ("tool_use", "tool_calls"),
        ("model_context_window_exceeded", "length"), ("refusal", "refusal"), ("pause_turn", "other"), (None, None),
    ],
)  # fmt: skip
def test_stop_reasons(raw: str | None, reason: str | None) -> None:
    _, reply = stream(START, *end(raw))
    assert (reply.finish_reason, reply.raw_reason) == (reason, raw)


def test_a_refusal_comes_with_its_explanation() -> None:
    details = {"type": "refusal", "explanation": "Against the policy."}
    _, reply = stream(
        START, {"type": "message_delta", "delta": {"stop_reason": "refusal", "stop_details": details}}, STOP
    )
    assert (reply.finish_reason, reply.warnings) == ("refusal", ("Against the policy.",))


def test_a_whole_message_reads_as_its_stream_would() -> None:
    message = {
        "type": "message", "id": "msg_1", "model": "claude-x", "stop_reason": "tool_use",
        "usage": {"input_tokens": 3, "output_tokens": 4},
        "content": [
            {"type": "thinking", "thinking": "hm", "signature": "sign"},
            {"type": "text", "text": "I look.", "citations": [{"url": "https://x"}]},
            {"type": "tool_use", "id": "t", "name": "f", "input": {"x": 1}},
        ],
    }  # fmt: skip
    events, reply = read(AnthropicMessagesParser("acme"), json.dumps(message).encode())
    assert reply.parts == (
        ai.ReasoningPart("hm", "sign", None, "acme", "claude-x"),
        ai.TextPart("I look.", raw={"citations": [{"url": "https://x"}]}, provider="acme", model="claude-x"),
        ai.ToolCallPart(ai.ToolCall("t", "f", {"x": 1})),
    )
    assert ai.Citation(part=1, url="https://x") in events
    assert reply.usage is not None
    assert (reply.usage.output_tokens, reply.raw_reason) == (4, "tool_use")


def test_a_stop_reason_ends_a_stream_whose_last_event_is_missing_and_nothing_less_does() -> None:
    events = [START, *text(0, "x"), *end("end_turn")[:1]]
    assert stream(*events)[1].finish_reason == "stop"
    before, error = fail(AnthropicMessagesParser("acme"), sse([START, *text(0, "x")[:2]]))
    assert isinstance(error, ai.StreamTruncated)
    assert error.partial is not None
    assert (error.partial.text, len(before)) == ("x", 4)


def test_unknown_blocks_are_kept_where_they_stood() -> None:
    strange = block(0, {"type": "hologram", "text": "?"}, {"type": "hologram_delta", "text": "?"})
    lost = {"type": "content_block_delta", "index": 9, "delta": {"type": "input_json_delta", "partial_json": "{}"}}
    _, reply = stream(START, {"type": "content_block_delta"}, *strange, lost, *text(1, "x"), *end("end_turn"))
    grown = {"type": "hologram", "text": "??"}
    assert reply.parts == (ai.UnknownPart("hologram", raw=grown, provider="acme", model=reply.model), ai.TextPart("x"))
    assert len(reply.warnings) == 1
    assert "hologram" in reply.warnings[0]


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("overloaded_error", ai.Overloaded), ("rate_limit_error", ai.RateLimited), ("api_error", ai.ServerError),
        ("authentication_error", ai.AuthError), ("permission_error", ai.PermissionDenied),
        ("not_found_error", ai.NotFound), ("invalid_request_error", ai.InvalidRequest),
        ("billing_error", ai.QuotaExceeded), ("timeout_error", ai.ServerError), ("brand_new_error", ai.ApiError),
    ],
)  # fmt: skip
def test_an_error_amid_the_stream_ends_it_after_what_came_before(kind: str, error: type[ai.FluentError]) -> None:
    failed = {"type": "error", "error": {"type": kind, "message": "so it is"}}
    events, raised = fail(AnthropicMessagesParser("acme"), sse([START, *text(0, "x"), failed, *text(1, "y")]))
    assert type(raised) is error
    assert "so it is" in str(raised)
    assert raised.partial is not None
    assert raised.partial.text == "x"
    assert [event.text for event in events if isinstance(event, ai.TextEnd)] == ["x"]


def test_gateways_answer_with_errors_of_their_own() -> None:
    for body in (b'{"message": "no such route"}', b'data: {"error": "no such route"}\n\n'):
        assert "no such route" in str(fail(AnthropicMessagesParser("acme"), body)[1])
    body = b'{"type": "error", "error": {"type": "invalid_request_error", "message": "prompt is too long: 9 > 8"}}'
    assert isinstance(decode_error("anthropic", 400, {"request-id": "r"}, body), ai.ContextTooLong)


TYPES = (
    "message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "error",
    "message_stop", "message", "ping", "text", "thinking", "redacted_thinking", "tool_use", "text_delta",
    "thinking_delta", "signature_delta", "input_json_delta", "citations_delta",
)  # fmt: skip
KEYS = (
    "type", "index", "delta", "content_block", "message", "usage", "error", "content", "stop_reason", "text",
    "thinking", "signature", "data", "input", "partial_json", "citation", "citations", "name", "id",
)  # fmt: skip


@given(payloads(TYPES, KEYS))
def test_any_events_give_lawful_events_or_a_typed_error(found: list[Any]) -> None:
    survive(AnthropicMessagesParser, sse(found))
    survive(AnthropicMessagesParser, json.dumps(found[0] if found else None).encode())


def test_hostile_bytes() -> None:
    delta = b'data: {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "%s"}}\n\n'
    for data in (
        b"{" * 50_000, b"data: " + b"[" * 50_000 + b"\n\n", delta % b"\xff", delta % b"\\ud800", b"data: NaN\n\n",
        b'data: {"type": "message_delta", "usage": {"input_tokens": 1e400}}\n\n', b'{"type": "message"}', b"", b"<p>",
        b'{"type": "message", "content": 3}', b'data: {"type": "message_start", "message": 3}\n\n',
    ):  # fmt: skip
        survive(AnthropicMessagesParser, data)
