"""Requests of the Messages API: options, conversations, files and what may be cached."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols import build_request
from fluent_ai.protocols.chat.anthropic_messages import AnthropicMessages
from fluent_ai.protocols.chat.history.claude import BUDGETS, DEFAULT_MAX_TOKENS
from protocol_checks import body_of


def body(messages: Any = "hi", model: str = "claude-opus-4-5", **fields: Any) -> dict[str, Any]:
    return body_of(AnthropicMessages, messages, model=model, **fields)


SCHEMA = {"type": "object", "properties": {"x": {"type": "string"}}, "required": ["x"], "additionalProperties": False}


def test_options_go_by_their_names_in_this_protocol() -> None:
    schema = SCHEMA
    assert body(
        system="Be brief.", temperature=0.5, top_p=0.9, top_k=3, max_tokens=100, stop=["x"], output=schema,
        tools=[ai.Tool("f", "Does f.", schema), ai.Tool("g")], options={"service_tier": "auto"},
    ) == {
        "model": "claude-opus-4-5", "messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}]}],
        "stream": True, "system": "Be brief.", "temperature": 0.5, "top_p": 0.9, "top_k": 3, "max_tokens": 100,
        "stop_sequences": ["x"], "output_config": {"format": {"type": "json_schema", "schema": schema}},
        "tools": [
            {"name": "f", "description": "Does f.", "input_schema": schema},
            {"name": "g", "input_schema": {"type": "object", "properties": {}}},
        ],
        "service_tier": "auto",
    }  # fmt: skip
    assert body() == {
        "model": "claude-opus-4-5", "messages": [{"role": "user", "content": [{"type": "text", "text": "hi"}]}],
        "stream": True, "max_tokens": DEFAULT_MAX_TOKENS,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "wire"),
    [
        ("auto", {"type": "auto"}), ("none", {"type": "none"}), ("required", {"type": "any"}),
        ("f", {"type": "tool", "name": "f"}),
    ],
)  # fmt: skip
def test_tool_choice(choice: str, wire: Any) -> None:
    assert body(tools=[ai.Tool("f")], tool_choice=choice)["tool_choice"] == wire


@pytest.mark.parametrize(
    "model", ["claude-3-7-sonnet-20250219", "claude-sonnet-4-20250514", "claude-opus-4-5", "MiniMax-M2"]
)
def test_reasoning_is_a_budget_for_older_models(model: str) -> None:
    made = body(model=model, reasoning="high")
    assert made["thinking"] == {"type": "enabled", "budget_tokens": BUDGETS["high"]}
    assert made["max_tokens"] == DEFAULT_MAX_TOKENS + BUDGETS["high"]
    assert body(model=model, reasoning="none")["thinking"] == {"type": "disabled"}
    with pytest.raises(ai.ConfigError, match=r"max_tokens is 4096 .* allowed: more than 16384"):
        body(model=model, reasoning="high", max_tokens=4096)


@pytest.mark.parametrize(
    "model", ["claude-opus-4-6", "claude-opus-4-8-20260801", "claude-sonnet-5", "anthropic/claude-opus-4.7"]
)
def test_reasoning_is_an_effort_for_later_models(model: str) -> None:
    made = body(model=model, reasoning="xhigh", output=SCHEMA)
    assert made["thinking"] == {"type": "adaptive", "display": "summarized"}
    assert made["output_config"] == {
        "effort": "xhigh",
        "format": {"type": "json_schema", "schema": SCHEMA},
    }
    assert body(model=model, reasoning="minimal", max_tokens=9)["output_config"] == {"effort": "low"}
    assert body(model=model, reasoning="none")["thinking"] == {"type": "disabled"}


def test_a_budget_of_the_callers_own_makes_room_for_the_answer() -> None:
    own = {"thinking": {"type": "enabled", "budget_tokens": 5000}}
    assert body(options=own)["max_tokens"] == DEFAULT_MAX_TOKENS + 5000
    with pytest.raises(ai.ConfigError, match="more than 5000"):
        body(options=own, max_tokens=5000)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"seed": 1}, "seed is not supported by acme"), ({"logprobs": 0}, "logprobs is not supported by acme"),
        ({"temperature": 1.5}, "temperature is 1.5; allowed for acme: a number from 0 to 1"),
        ({"messages": [ai.Message("system", (ai.TextPart("x"),))]}, "messages hold no content"),
        ({"messages": ""}, "messages hold no content"),
    ],
)  # fmt: skip
def test_what_the_protocol_lacks_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ai.ConfigError, match=message):
        body(**options)


def test_a_conversation_becomes_turns_that_alternate(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("héllo")
    png = b"\x89PNG\r\n\x1a\n"
    messages = [
        ai.Message("system", (ai.TextPart("Be kind."),)),
        ai.Message("user", (
            ai.TextPart("see"), ai.TextPart(""), ai.ImagePart(url="https://x/y.png"), ai.ImagePart(data=png),
            ai.DocumentPart(url="https://x/y.pdf"), ai.DocumentPart(data=b"%PDF-1", name="a.pdf"),
            ai.DocumentPart(path=str(note)),
        )),
        ai.Message("assistant", (
            ai.TextPart("I look."), ai.ToolCallPart(ai.ToolCall("functions.f:0", "f", {"x": 1})),
            ai.ToolCallPart(ai.ToolCall("d", "f", "{nonsense", valid=False)),
        )),
        ai.Message("tool", (ai.ToolResultPart("functions.f:0", "42"),)),
        ai.Message("user", (ai.TextPart("and?"),)),
        ai.Message("tool", (ai.ToolResultPart("d", "no", is_error=True),)),
        ai.Message("assistant", ()),
    ]  # fmt: skip
    made = body(messages, system="Be brief.")
    assert made["system"] == "Be brief.\n\nBe kind."
    assert made["messages"] == [
        {"role": "user", "content": [
            {"type": "text", "text": "see"},
            {"type": "image", "source": {"type": "url", "url": "https://x/y.png"}},
            {"type": "image", "source": {
                "type": "base64", "media_type": "image/png", "data": base64.b64encode(png).decode()}},
            {"type": "document", "source": {"type": "url", "url": "https://x/y.pdf"}},
            {"type": "document", "source": {
                "type": "base64", "media_type": "application/pdf", "data": "JVBERi0x"}, "title": "a.pdf"},
            {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "héllo"}},
        ]},
        {"role": "assistant", "content": [
            {"type": "text", "text": "I look."},
            {"type": "tool_use", "id": "functions_f_0", "name": "f", "input": {"x": 1}},
            {"type": "tool_use", "id": "d", "name": "f", "input": {"INVALID_JSON": "{nonsense"}},
        ]},
        {"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": "functions_f_0", "content": "42"},
            {"type": "tool_result", "tool_use_id": "d", "content": "no", "is_error": True},
            {"type": "text", "text": "and?"},
        ]},
    ]  # fmt: skip


def test_reasoning_goes_back_only_to_the_provider_and_family_that_made_it() -> None:
    def sent(part: ai.ReasoningPart) -> list[Any]:
        made = body([ai.Message("user", (ai.TextPart("q"),)), ai.Message("assistant", (part, ai.TextPart("a")))])
        content: list[Any] = made["messages"][1]["content"]
        return content[:-1]

    own = {"provider": "acme", "model": "claude-sonnet-4-5-20250929"}
    assert sent(ai.ReasoningPart("hm", "sign", **own)) == [{"type": "thinking", "thinking": "hm", "signature": "sign"}]
    assert sent(ai.ReasoningPart("", redacted="seal", **own)) == [{"type": "redacted_thinking", "data": "seal"}]
    assert sent(ai.ReasoningPart("no seal", **own)) == []
    assert sent(ai.ReasoningPart("hm", "sign", provider="other", model="claude-sonnet-4-5")) == []
    assert sent(ai.ReasoningPart("hm", "sign", provider="acme", model="gpt-5")) == []
    assert sent(ai.ReasoningPart("hm", "sign", provider="acme")) == []


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (ai.AudioPart(data=b"RIFF1234WAVE"), "AudioPart cannot be sent"),
        (ai.ImagePart(data=b"x", media_type="image/tiff"), "image/tiff.*allowed: image/jpeg"),
        (ai.DocumentPart(data=b"x", media_type="application/zip"), "allowed: application/pdf and text"),
        (ai.DocumentPart(data=b"\xff", media_type="text/plain"), "is not UTF-8"),
    ],
)
def test_files_that_cannot_travel_are_refused(part: Any, message: str) -> None:
    with pytest.raises(ai.ConfigError, match=message):
        body([ai.Message("user", (part,))])


def test_the_row_of_anthropic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-secret")
    request = build_request("claude", "claude-sonnet-5", "hi", metadata={"user_id": "u"})
    assert request.url == "https://api.anthropic.com/v1/messages"
    assert request.headers["x-api-key"] == "sk-ant-secret"
    assert request.headers["anthropic-version"] == "2023-06-01"
    assert json.loads(request.body)["metadata"] == {"user_id": "u"}


def test_what_is_to_be_cached_is_marked() -> None:
    history = [
        {"role": "system", "content": "long rules", "cache": True},
        {"role": "user", "content": "long text", "cache": True},
        {"role": "user", "content": "question"},
    ]
    sent = body(history, system="be brief")
    mark = {"cache_control": {"type": "ephemeral"}}
    assert sent["system"] == [{"type": "text", "text": "be brief"}, {"type": "text", "text": "long rules", **mark}]
    assert sent["messages"][0]["content"] == [
        {"type": "text", "text": "long text", **mark},
        {"type": "text", "text": "question"},
    ]
