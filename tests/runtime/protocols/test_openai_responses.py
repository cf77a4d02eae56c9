"""OpenAI Responses: items and events as servers send them, and nonsense."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.content.events import Citation
from fluent_ai.protocols.chat.openai_responses import OpenAIResponses
from fluent_ai.protocols.chat.openai_responses_parser import OpenAIResponsesParser
from hypothesis import given
from hypothesis import strategies as st
from protocol_checks import body_of, fail, payloads, read, sse, survive
from response_rows import CREATED, ended, event, item, reply_to

USAGE = {
    "input_tokens": 9, "output_tokens": 5, "input_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 2},
    "output_tokens_details": {"reasoning_tokens": 3},
}  # fmt: skip


def test_text_with_logprobs_usage_and_finish() -> None:
    row = {"token": "Hi", "logprob": -0.5, "top_logprobs": [{"token": "Ho", "logprob": -2.0}]}
    events, reply = reply_to(
        {"type": "keepalive"},
        item("added", type="message", id="m", content=[]),
        event("output_text.delta", delta="Hi", logprobs=[row]),
        event("output_text.delta", delta=""),
        event("output_text.delta", delta="!"),
        event("output_text.done", text="Hi!"),
        item("done", type="message", id="m", content=[{"type": "output_text", "text": "Hi!"}]),
        ended(usage=USAGE),
    )
    assert [event.type for event in events] == [
        "stream_start", "ping", "text_start", "text_delta", "text_delta", "text_end", "usage_update", "finish",
    ]  # fmt: skip
    (first,) = [event for event in events if isinstance(event, ai.TextDelta) and event.logprobs]
    assert first.logprobs == (ai.TokenLogprob("Hi", -0.5, (("Ho", -2.0),)),)
    assert reply.usage == ai.Usage(9, 5, 3, 4, 2, raw=USAGE)
    assert (reply.text, reply.finish_reason, reply.raw_reason) == ("Hi!", "stop", "completed")
    assert (reply.id, reply.model) == ("resp_1", "gpt-5.1-2025-11-13")


@pytest.mark.parametrize(
    ("last", "reason", "raw"),
    [
        (ended("incomplete", incomplete_details={"reason": "max_output_tokens"}), "length", "incomplete"),
        (ended("incomplete", incomplete_details={"reason": "content_filter"}), "content_filter", "incomplete"),
        (ended("incomplete"), "other", "incomplete"),
        ({"type": "response.completed", "response": {}}, "stop", None),
        ({"type": "response.completed"}, "stop", None),
    ],
)
def test_how_a_reply_ends(last: Any, reason: str, raw: str | None) -> None:
    _, reply = reply_to(event("output_text.delta", delta="x"), last)
    assert (reply.text, reply.finish_reason, reply.raw_reason) == ("x", reason, raw)


def test_done_ends_a_stream_of_which_the_last_event_is_missing() -> None:
    body = sse([CREATED, event("output_text.delta", delta="x")]) + b"data: [DONE]\n\n"
    _, reply = read(OpenAIResponsesParser("openrouter"), body)
    assert (reply.text, reply.finish_reason) == ("x", None)


def test_reasoning_keeps_what_the_provider_needs_to_take_it_back() -> None:
    _, reply = reply_to(
        item("added", 0, type="reasoning", id="rs_0"),
        event("reasoning_summary_text.delta", 0, "rs_0", delta="**One** "),
        event("reasoning_text.delta", 0, "rs_0", delta="two"),
        item("done", 0, type="reasoning", id="rs_0", summary=[{"text": "**One** two"}], encrypted_content="AAA"),
        item("done", 1, type="reasoning", id="rs_1", summary=[], encrypted_content="BBB"),
        item("done", 2, type="reasoning", id="rs_2", summary=[{"text": "whole"}]),
        item("done", 3, type="reasoning", id="rs_3", summary=[]),
        event("output_text.delta", 4, "m", delta="yes"),
        ended(),
    )
    made = {"provider": "openai", "model": "gpt-5.1-2025-11-13"}
    assert reply.parts == (
        ai.ReasoningPart("**One** two", redacted="AAA", **made),
        ai.ReasoningPart("", redacted="BBB", **made),
        ai.ReasoningPart("whole", **made),
        ai.TextPart("yes"),
    )
    sent = body_of(OpenAIResponses, [reply.message], model="gpt-5.1", provider="openai")["input"]
    summary = [{"type": "summary_text", "text": "**One** two"}]
    assert sent == [
        {"type": "reasoning", "summary": summary, "encrypted_content": "AAA"},
        {"type": "reasoning", "summary": [], "encrypted_content": "BBB"},
        {"type": "message", "role": "assistant", "content": "yes"},
    ]
    for provider, model in (("azure", "gpt-5.1"), ("openai", "o3"), ("openai", "codex-mini")):
        assert body_of(OpenAIResponses, [reply.message], model=model, provider=provider)["input"] == sent[2:]


def test_a_refusal_is_text_and_a_reason() -> None:
    _, reply = reply_to(event("refusal.delta", delta="I will "), event("refusal.delta", delta="not"), ended())
    assert (reply.text, reply.finish_reason) == ("I will not", "refusal")


def test_citations_are_about_the_text_they_stand_in() -> None:
    web = {"type": "url_citation", "url": "https://x", "title": "X", "start_index": 1, "end_index": 3}
    file = {"type": "file_citation", "file_id": "f", "filename": "a.pdf", "index": 2}
    events, _ = reply_to(
        event("output_text.delta", delta="one"),
        event("output_text.annotation.added", annotation=web),
        event("output_text.done"),
        item("done", type="message", content=[{"text": "one", "annotations": [web, file]}]),
        item("added", 1, type="message"),
        event("output_text.delta", 1, "j", delta="two"),
        item("done", 1, type="message", content=[{"text": "two", "annotations": [web]}]),
        ended(),
    )
    assert [event for event in events if isinstance(event, Citation)] == [
        Citation(part=0, url="https://x", title="X", start=1, end=3),
        Citation(part=0, title="a.pdf"),
        Citation(part=1, url="https://x", title="X", start=1, end=3),
    ]


OUTPUT = [
    {"type": "reasoning", "id": "rs", "summary": [], "content": [{"text": "hm"}], "encrypted_content": "E"},
    {"type": "message", "content": [{"text": "yes"}, {"refusal": " but no"}]},
    {"type": "function_call", "id": "f", "call_id": "c", "name": "a", "arguments": "{}"},
]


def test_an_answer_that_is_not_streamed_reads_the_same() -> None:
    document = {
        "id": "r", "model": "gpt-5", "object": "response", "status": "completed", "output": OUTPUT, "usage": USAGE,
    }  # fmt: skip
    _, whole = read(OpenAIResponsesParser("openai"), json.dumps(document, indent=1).encode())
    assert (whole.reasoning, whole.text, whole.finish_reason) == ("hm", "yes but no", "refusal")
    assert whole.tool_calls == (ai.ToolCall("c", "a", {}),)
    items = [item("done", number, **content) for number, content in enumerate(OUTPUT)]
    assert reply_to(*items, ended(usage=USAGE))[1].parts[1:] == whole.parts[1:]
    only_the_end = {"type": "response.completed", "response": document}
    assert read(OpenAIResponsesParser("openai"), sse([only_the_end]))[1] == whole


@pytest.mark.parametrize(
    ("events", "kind", "message"),
    [
        ([{"type": "error", "code": "server_error", "message": "sorry"}], ai.ServerError, "openai: sorry"),
        ([{"type": "error", "error": {"code": "rate_limit_exceeded", "message": "slow"}}], ai.RateLimited, "slow"),
        ([ended("failed", error={"code": "insufficient_quota", "message": "pay"})], ai.QuotaExceeded, "pay"),
        ([ended("failed")], ai.ApiError, "without a message"),
        ([{"error": {"message": "prompt is too long"}}], ai.ContextTooLong, "too long"),
        ([{"type": "response.completed", "response": 3}], ai.ProtocolError, r"response event: .*\$.response"),
        ([item("done", type="message", content=3)], ai.ProtocolError, r"output item: .*\$.content"),
        ([item("done", type="image_generation_call", result="?")], ai.ProtocolError, "not base64"),
        ([], ai.StreamTruncated, "ended before it was complete"),
    ],
)
def test_failures_are_typed_and_keep_what_came(events: list[Any], kind: type[ai.FluentError], message: str) -> None:
    before = [CREATED, event("output_text.delta", delta="so far")]
    got, error = fail(OpenAIResponsesParser("openai"), sse([*before, *events]))
    assert isinstance(error, kind)
    with pytest.raises(kind, match=message):
        raise error
    assert error.partial is not None
    assert error.partial.text == "so far"
    assert isinstance(got[-1], ai.TextDelta)


TAGS = (
    "response.created", "response.output_item.added", "response.output_item.done", "response.output_text.delta",
    "response.output_text.done", "response.output_text.annotation.added", "response.reasoning_text.delta",
    "response.refusal.delta", "response.function_call_arguments.delta", "response.completed", "response.incomplete",
    "response.failed", "error", "keepalive", "message", "reasoning", "function_call", "custom_tool_call",
    "image_generation_call",
)  # fmt: skip
KEYS = (
    "type", "delta", "output_index", "item_id", "logprobs", "arguments", "item", "annotation", "response", "id",
    "model", "status", "output", "usage", "error", "incomplete_details", "content", "text", "refusal", "annotations",
    "summary", "encrypted_content", "call_id", "name", "input", "result", "output_format", "url", "start_index",
)  # fmt: skip


@given(payloads(TAGS, KEYS))
def test_any_events_give_lawful_events_or_a_typed_error(found: list[Any]) -> None:
    survive(OpenAIResponsesParser, sse(found))


@given(st.binary(max_size=100))
def test_any_bytes_give_lawful_events_or_a_typed_error(data: bytes) -> None:
    survive(OpenAIResponsesParser, data)
    survive(OpenAIResponsesParser, b"data: " + data + b"\n\n")


@pytest.mark.parametrize(
    "data",
    [
        b'data: {"type": "response.output_item.done", "item": ' + b"[" * 50_000,
        b'data: {"type": "response.output_text.delta", "delta": "\xff"}\n\n',
        b'data: {"type": "response.output_text.delta", "delta": "\\ud800"}\n\n',
        b'data: {"type": "response.completed", "response": {"usage": {"input_tokens": 1e400}}}\n\n',
        b"{" * 50_000,
    ],
)
def test_hostile_json(data: bytes) -> None:
    survive(OpenAIResponsesParser, data)
    survive(OpenAIResponsesParser, data + b"\n\n")


def test_annotations_stay_with_their_text() -> None:
    found = {"type": "url_citation", "url": "https://a.test", "title": "A", "start_index": 0, "end_index": 3}
    _, reply = reply_to(
        event("output_text.delta", delta="Sky", output_index=0),
        event("output_text.annotation.added", annotation=found, output_index=0),
        event("output_text.done", text="Sky", output_index=0),
        ended(),
    )
    (part,) = reply.parts
    assert isinstance(part, ai.TextPart)
    assert part.raw == {"annotations": [found]}


def test_text_that_is_told_only_when_it_is_done() -> None:
    _, reply = reply_to(event("output_text.done", text="Sky", output_index=0), ended())
    assert reply.text == "Sky"
