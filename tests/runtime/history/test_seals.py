"""Sealed pieces go back to the row and the family of models that made them, by whichever name these are asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import fluent_ai as ai
import pytest
from eventstream import event
from fluent_ai.manifest.files import load_manifests
from fluent_ai.protocols.chat.history.origin import family
from fluent_ai.protocols.routing import find_route
from fluent_ai.protocols.table import chat_codec
from prepared_requests import prepared
from protocol_checks import read, sse

SEAL = "c2VhbGVkIGJ5IGl0cyBtYWtlcg=="
CALL = {"index": 0, "id": "call_1", "function": {"name": "f", "arguments": "{}"}}


def chat(**fields: Any) -> Callable[[str | None], bytes]:
    """A chat completion whose first delta has these fields, and then a call unless it has one."""

    def body(model: str | None) -> bytes:
        head = {"id": "i"} if model is None else {"id": "i", "model": model}
        deltas = [fields, {} if "tool_calls" in fields else {"tool_calls": [CALL]}]
        rows = [{**head, "choices": [{"index": 0, "delta": delta}]} for delta in deltas]
        return sse([*rows, {"choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]}])

    return body


def google(namespace: str) -> Callable[[str | None], bytes]:
    return chat(tool_calls=[{**CALL, "extra_content": {namespace: {"thought_signature": SEAL}}}])


def responses(model: str | None) -> bytes:
    reasoning = {"type": "reasoning", "id": "rs", "summary": [], "encrypted_content": SEAL}
    call = {"type": "function_call", "id": "fc", "call_id": "call_1", "name": "f", "arguments": "{}"}
    return json.dumps({"id": "r", "model": model, "status": "completed", "output": [reasoning, call]}).encode()


def anthropic(model: str | None) -> bytes:
    content = [
        {"type": "thinking", "thinking": "hm", "signature": SEAL},
        {"type": "tool_use", "id": "call_1", "name": "f", "input": {}},
    ]
    return json.dumps(
        {"type": "message", "id": "m", "model": model, "content": content, "stop_reason": "tool_use"}
    ).encode()


def gemini(model: str | None) -> bytes:
    part = {"functionCall": {"name": "f", "args": {}}, "thoughtSignature": SEAL}
    candidate = {"content": {"parts": [part]}, "finishReason": "STOP"}
    return sse([{"responseId": "r", "modelVersion": model, "candidates": [candidate]}])


def converse(model: str | None) -> bytes:
    def frame(kind: str, **payload: Any) -> bytes:
        return event(kind, json.dumps(payload).encode())

    start = {"toolUse": {"toolUseId": "call_1", "name": "f"}}
    return b"".join([
        frame("contentBlockDelta", contentBlockIndex=0, delta={"reasoningContent": {"text": "hm"}}),
        frame("contentBlockDelta", contentBlockIndex=0, delta={"reasoningContent": {"signature": SEAL}}),
        frame("contentBlockStop", contentBlockIndex=0),
        frame("contentBlockStart", contentBlockIndex=1, start=start),
        frame("contentBlockStop", contentBlockIndex=1),
        frame("messageStop", stopReason="tool_use"),
    ])  # fmt: skip


details = chat(reasoning_details=[{"type": "reasoning.encrypted", "index": 0, "data": SEAL}])
signed = chat(reasoning_details=[{"type": "reasoning.text", "index": 0, "text": "hm", "signature": SEAL}])
blocks = chat(reasoning_content="hm", thinking_blocks=[{"type": "thinking", "thinking": "hm", "signature": SEAL}])

PROFILE = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123"
SYSTEM_PROFILE = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-1-20250805-v1:0"
CLAUDE = "us.anthropic.claude-opus-4-1-20250805-v1:0"

Body = Callable[[str | None], bytes]
BACK: list[tuple[Body, str, str, str | None, str]] = [
    # What it answered with, the row, the name it was asked by, the name that it gives itself, the name asked next.
    (responses, "openai", "gpt-5-pro", "gpt-5-pro-2025-10-06", "gpt-5-pro"),
    (responses, "openai", "gpt-5-pro", "gpt-5-pro-2025-10-06", "gpt-5-codex"),
    (responses, "openai", "gpt-5-pro", None, "gpt-5-pro"),
    (responses, "azure", "our-pro", "gpt-5-pro-2025-10-06", "our-pro"),
    (responses, "azure", "our-pro", "gpt-5-pro-2025-10-06", "their-codex"),
    (anthropic, "anthropic", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", "claude-opus-5"),
    (anthropic, "vertexai", "claude-opus-4-1", "claude-opus-4-1-20250805", "claude-opus-4-1"),
    (gemini, "gemini", "gemini-flash-latest", "gemini-3-flash-preview", "gemini-3-pro-preview"),
    (gemini, "gemini", "gemini-3-pro-preview", None, "gemini-3-pro-preview"),
    (converse, "bedrock", PROFILE, None, PROFILE),
    (converse, "bedrock", CLAUDE, None, "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"),
    (converse, "bedrock", SYSTEM_PROFILE, None, CLAUDE),
    (details, "openrouter", "openrouter/auto", "openai/gpt-5", "openrouter/auto"),
    (signed, "openrouter", "anthropic/claude-sonnet-4.5", "anthropic/claude-4.5-sonnet-20250929", "~anthropic/claude"),
    (details, "vercel", "openai/gpt-5", "gpt-5", "openai/gpt-5"),
    (blocks, "litellm", "smart", "claude-opus-4-1-20250805", "smart"),
    (blocks, "litellm", "smart", "claude-opus-4-1-20250805", "claude-opus-4-1"),
    (blocks, "litellm", "smart", "smart", "smart"),
    (signed, "openai_compatible", "house-model", "meta/llama-4", "house-model"),
    (google("google"), "openai_compatible", "house-model", "gemini-3-pro", "house-model"),
    (google("vertex"), "openai_compatible", "house-model", "gemini-3-pro", "gemini-3-flash"),
]  # fmt: skip
LEFT_OUT: list[tuple[Body, str, str, str | None, str, str]] = [
    (responses, "openai", "gpt-5-pro", "gpt-5-pro-2025-10-06", "azure", "my-deployment"),
    (anthropic, "anthropic", "claude-opus-5", "claude-opus-5", "vertexai", "claude-opus-4-1"),
    (anthropic, "anthropic", "claude-opus-5", "claude-opus-5", "bedrock", CLAUDE),
    (converse, "bedrock", CLAUDE, None, "bedrock", "amazon.nova-pro-v1:0"),
    (converse, "bedrock", PROFILE, None, "bedrock", PROFILE + "4"),
    (blocks, "litellm", "smart", "claude-opus-4-1-20250805", "litellm", "fast"),
    (blocks, "litellm", "smart", "claude-opus-4-1-20250805", "litellm", "gpt-5"),
    (details, "openrouter", "openai/gpt-5", "openai/gpt-5", "openai", "gpt-5-pro"),
    (google("google"), "openai_compatible", "house-model", "gemini-3-pro", "gemini", "gemini-3-pro-preview"),
]


def sent(
    body: Body, provider: str, asked: str, answered: str | None, to: str, model: str
) -> tuple[dict[str, Any], Any]:
    """What is sent for a conversation with that reply, and its notes."""
    route = find_route(load_manifests()[provider], "chat", asked)
    parser: Any = chat_codec(route.protocol).parser(provider)
    parser.ask(asked)
    if route.protocol == "bedrock_converse":  # the wire does not name the model
        parser._model = asked
    _, reply = read(parser, body(answered))
    (call,) = reply.tool_calls
    # As a conversation is kept: it goes through JSON.
    message = ai.Message.from_json(reply.message.to_json())
    history = [ai.Message("user", "q"), message, ai.Message("tool", ai.ToolResultPart(call.id, "42"))]
    _, _, made, notes = prepared(to, model, history)
    return made, notes


@pytest.mark.parametrize(("body", "provider", "asked", "answered", "model"), BACK)
def test_a_seal_goes_back(body: Body, provider: str, asked: str, answered: str | None, model: str) -> None:
    made, notes = sent(body, provider, asked, answered, provider, model)
    assert json.dumps(made).count(SEAL) == 1
    assert not any("reasoning of another model" in note for note in notes)


@pytest.mark.parametrize(("body", "provider", "asked", "answered", "to", "model"), LEFT_OUT)
def test_a_seal_goes_to_nobody_else(
    body: Body, provider: str, asked: str, answered: str | None, to: str, model: str
) -> None:
    made, notes = sent(body, provider, asked, answered, to, model)
    assert SEAL not in json.dumps(made)
    assert any("reasoning of another model" in note for note in notes)


def test_it_stays_in_the_form_that_it_came_in() -> None:
    made, _ = sent(google("vertex"), "openai_compatible", "m", "gemini-3-pro", "openai_compatible", "m")
    assert made["messages"][1]["tool_calls"][0]["extra_content"] == {"vertex": {"thought_signature": SEAL}}
    made, _ = sent(blocks, "litellm", "m", "m", "litellm", "m")
    assert made["messages"][1]["thinking_blocks"] == [{"type": "thinking", "thinking": "hm", "signature": SEAL}]
    assert "reasoning_details" not in made["messages"][1]


def test_an_id_that_holds_a_seal_is_not_cut_at_its_own_proxy() -> None:
    call_id = f"call_2524396__thought__{SEAL * 40}"
    part = ai.ToolCallPart(ai.ToolCall(call_id, "f", {}))
    history = [
        ai.Message("user", "q"),
        ai.Message("assistant", part),
        ai.Message("tool", ai.ToolResultPart(call_id, "42")),
    ]
    messages = prepared("litellm", "gemini-3-pro", history)[2]["messages"]
    assert (messages[1]["tool_calls"][0]["id"], messages[2]["tool_call_id"]) == (call_id, call_id)
    messages = prepared("openai", "gpt-4.1", history)[2]["messages"]
    assert messages[1]["tool_calls"][0]["id"] == messages[2]["tool_call_id"] != call_id
    assert len(messages[2]["tool_call_id"]) <= 40


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("gpt-5.1-2025-11-13", "gpt"), ("openai/gpt-5", "gpt"), ("ft:gpt-4.1:acme::id", "gpt"), (CLAUDE, "claude"),
        ("claude-opus-4-1@20250805", "claude"), ("models/gemini-2.5-flash", "gemini"), (SYSTEM_PROFILE, "claude"),
        (PROFILE, PROFILE), ("meta.llama3-1-70b-instruct-v1:0", "llama"), ("kimi-k2.6", "kimi"), ("", ""),
        ("accounts/fireworks/models/qwen3-235b", "qwen"), ("amazon.nova-pro-v1:0", "nova"),
    ],
)  # fmt: skip
def test_families(name: str, found: str) -> None:
    assert family(name) == found
