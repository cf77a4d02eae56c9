"""Ollama's own chat: the events of a reply, requests as the server wants them, and nonsense."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols import build_request
from fluent_ai.protocols.chat.ollama_chat import OllamaChat
from fluent_ai.protocols.chat.ollama_chat_parser import OllamaChatParser
from hypothesis import given
from hypothesis import strategies as st
from own_ids import own_id
from protocol_checks import body_of, fail, payloads, read, survive

COUNTERS = {"total_duration": 9, "prompt_eval_count": 3, "eval_count": 2, "eval_duration": 5}


def lines(*found: Any) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in found)


def said(**message: Any) -> dict[str, Any]:
    return {"model": "qwen3:8b", "message": {"role": "assistant", "content": "", **message}, "done": False}


def done(reason: str | None = "stop", **fields: Any) -> dict[str, Any]:
    return {**said(), "done": True, "done_reason": reason, **fields}


def reply_to(*found: Any) -> tuple[list[ai.Event], ai.Reply]:
    return read(OllamaChatParser("ollama"), lines(*found))


def test_thinking_then_text_then_usage() -> None:
    rows = [{"token": "Hi", "logprob": -0.5, "bytes": [72], "top_logprobs": [{"token": "Yo", "logprob": -1}]}]
    events, reply = reply_to(
        said(thinking="h"), said(thinking="m"), said(content="Hi") | {"logprobs": rows}, said(content="!"),
        done(**COUNTERS),
    )  # fmt: skip
    assert (reply.reasoning, reply.text, reply.finish_reason, reply.raw_reason) == ("hm", "Hi!", "stop", "stop")
    assert (reply.id, reply.model, reply.provider) == (None, "qwen3:8b", "ollama")
    assert reply.usage == ai.Usage(input_tokens=3, output_tokens=2, raw=COUNTERS)
    assert [event.type for event in events] == [
        "stream_start", "reasoning_start", "reasoning_delta", "reasoning_delta", "reasoning_end", "text_start",
        "text_delta", "text_delta", "usage_update", "text_end", "finish",
    ]  # fmt: skip
    (first, _) = [event for event in events if isinstance(event, ai.TextDelta)]
    assert first.logprobs == (ai.TokenLogprob("Hi", -0.5, (("Yo", -1.0),)),)


def test_one_line_is_a_whole_reply_and_needs_no_end() -> None:
    body = lines(said(content="Hi") | {"done": True, "done_reason": "length"}).rstrip()
    _, reply = read(OllamaChatParser("ollama"), body)
    assert (reply.text, reply.finish_reason, reply.usage) == ("Hi", "length", None)


def test_calls_come_whole_and_end_the_turn() -> None:
    calls = [
        {"id": "c1", "function": {"index": 0, "name": "f", "arguments": {"x": 1}}},
        {"function": {"name": "g", "arguments": {}}},
        {"function": {"name": "h", "arguments": [1]}},
        {},
    ]
    _, reply = reply_to(said(content="ok"), said(tool_calls=calls), done())
    assert reply.tool_calls == (
        ai.ToolCall("c1", "f", {"x": 1}), ai.ToolCall(own_id(2), "g", {}),
        ai.ToolCall(own_id(3), "h", "[1]", valid=False), ai.ToolCall(own_id(4), "", {}),
    )  # fmt: skip
    assert (reply.finish_reason, reply.raw_reason) == ("tool_calls", "stop")


@pytest.mark.parametrize(("raw", "reason"), [("stop", "stop"), ("length", "length"), ("load", "other"), (None, None)])
def test_finish_reasons(raw: str | None, reason: str | None) -> None:
    _, reply = reply_to(done(raw))
    assert (reply.finish_reason, reply.raw_reason) == (reason, raw)


def test_what_follows_the_last_line_is_dropped() -> None:
    parser = OllamaChatParser("ollama")
    assert parser.feed(lines(done(), said(content="more")))[-1].type == "finish"
    assert parser.done
    assert parser.feed(b"nonsense\n") == []


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (lines(said(content="x"), {"error": "model runner has unexpectedly stopped"}), ai.ApiError, "runner"),
        (lines({"error": "the prompt is too long"}), ai.ContextTooLong, "too long"),
        (b"<html>\n", ai.ProtocolError, "an HTML page"),
        (b"no such model\n", ai.ApiError, "no such model"),
        (b'{"message": 3}\n', ai.ProtocolError, r"\$.message"),
        (b'{"error":' * 5000 + b"\n", ai.ProtocolError, "not valid JSON"),
        (b'{"message": {"content": "\xff"}}\n', ai.ProtocolError, "not valid JSON"),
        (lines(said(content="x")), ai.StreamTruncated, "ended before it was complete"),
        (lines(said(content="x")) + b'{"done": tr', ai.StreamTruncated, "ended before it was complete"),
        (b"", ai.StreamTruncated, "the answer is empty"),
    ],
)
def test_failures_are_typed(body: bytes, kind: type[ai.FluentError], message: str) -> None:
    _, error = fail(OllamaChatParser("ollama"), body)
    assert isinstance(error, kind)
    with pytest.raises(kind, match=message):
        raise error


KEYS = [
    "message", "content", "thinking", "tool_calls", "function", "name", "arguments", "id", "done", "done_reason",
    "logprobs", "token", "top_logprobs", "error", "eval_count", "prompt_eval_count", "model",
]  # fmt: skip


@given(payloads(["stop"], KEYS))
def test_any_json_is_survived(found: list[Any]) -> None:
    survive(OllamaChatParser, lines(*found))


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data: bytes) -> None:
    survive(OllamaChatParser, data)
    survive(OllamaChatParser, b'{"message": {"content": "x"}, ' + data + b"\n")


def sent(*messages: Any) -> list[Any]:
    found: list[Any] = body_of(OllamaChat, list(messages), provider="ollama", model="qwen3:8b")["messages"]
    return found


def test_a_conversation_with_tools_and_thoughts() -> None:
    call = ai.ToolCallPart(ai.ToolCall("c1", "f", {"x": 1}))
    own = ai.ReasoningPart("hm", provider="ollama", model="qwen3:8b")
    foreign = ai.ReasoningPart("no", provider="ollama", model="gpt-oss:20b")
    assert sent(
        {"role": "system", "content": "Be brief."},
        ai.Message("user", (ai.TextPart("see"), ai.ImagePart(data=b"\x89PNG\r\n\x1a\n"))),
        ai.Message("assistant", (own, foreign, call)),
        ai.Message("tool", (ai.ToolResultPart("c1", "sun"), ai.ToolResultPart("lost", "?"))),
        ai.Message("assistant", ()),
    ) == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "see", "images": ["iVBORw0KGgo="]},
        {
            "role": "assistant", "content": "", "thinking": "hm",
            "tool_calls": [{"id": "c1", "function": {"name": "f", "arguments": {"x": 1}}}],
        },
        {"role": "tool", "tool_call_id": "c1", "content": "sun", "tool_name": "f"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (ai.ImagePart(url="https://x/y.png"), "ImagePart holds a URL"),
        (ai.AudioPart(data=b"ID3"), "AudioPart cannot be sent to ollama; allowed: text, images, tools"),
        (ai.DocumentPart(data=b"%PDF-"), "DocumentPart cannot be sent"),
    ],
)
def test_what_cannot_be_sent_is_refused(part: Any, message: str) -> None:
    with pytest.raises(ai.ConfigError, match=message):
        sent(ai.Message("user", (part,)))


def test_every_option_in_its_place() -> None:
    schema = {"type": "object", "properties": {"x": {"type": "integer"}}}
    body = body_of(
        OllamaChat, temperature=0.5, top_p=0.9, top_k=4, max_tokens=5, stop="x", seed=1, logprobs=2, system="s",
        reasoning="low", output=schema, tools=[ai.Tool("f", "does", schema)], tool_choice="auto",
        options={"keep_alive": "5m", "num_ctx": 8192},
    )  # fmt: skip
    assert body == {
        "model": "m",
        "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "hi"}],
        "stream": True,
        "tools": [{"type": "function", "function": {"name": "f", "parameters": schema, "description": "does"}}],
        "format": schema,
        "think": "low",
        "logprobs": True,
        "top_logprobs": 2,
        "options": {
            "temperature": 0.5, "top_p": 0.9, "top_k": 4, "num_predict": 5, "stop": ["x"], "seed": 1, "num_ctx": 8192,
        },
        "keep_alive": "5m",
    }  # fmt: skip
    assert body_of(OllamaChat, reasoning="none")["think"] is False
    assert "tools" not in body_of(OllamaChat, tools=[ai.Tool("f")], tool_choice="none")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reasoning": "xhigh"}, "reasoning is 'xhigh'; allowed for acme: none, low, medium, high"),
        ({"tools": [ai.Tool("f")], "tool_choice": "f"}, "tool_choice 'f' is not supported by acme"),
        ({"tools": [ai.Tool("f")], "tool_choice": "required"}, "tool_choice 'required' is not supported by acme"),
    ],
)
def test_options_without_a_place_are_refused(fields: Any, message: str) -> None:
    with pytest.raises(ai.ConfigError, match=message):
        body_of(OllamaChat, **fields)


def test_the_route_is_the_native_one_wherever_the_server_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OLLAMA_HOST", raising=False)
    request = build_request("ollama", "qwen3:8b", "hi")
    assert request.url == "http://localhost:11434/api/chat"
    assert request.headers["accept"] == "application/x-ndjson"
    monkeypatch.setenv("OLLAMA_HOST", "10.0.0.7:9999")
    assert build_request("ollama", "qwen3:8b", "hi").url == "http://10.0.0.7:9999/api/chat"
