"""OpenAI Responses: requests as the provider wants them."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols import build_request
from fluent_ai.protocols.chat.openai_responses import OpenAIResponses
from protocol_checks import body_of


def test_options_go_by_their_names_in_this_protocol() -> None:
    schema = {"type": "object", "properties": {}}
    shape = {
        "type": "object",
        "properties": {"x": {"type": "string"}},
        "required": ["x"],
        "additionalProperties": False,
    }
    body = body_of(
        OpenAIResponses, system="Be brief.", temperature=0.5, top_p=0.9, max_tokens=100, reasoning="high", logprobs=2,
        output=shape, tools=[ai.Tool("f", "Does f.", schema), ai.Tool("g")], tool_choice="f",
        options={"verbosity": "low", "store": True},
    )  # fmt: skip
    assert body == {
        "model": "m", "input": [{"type": "message", "role": "user", "content": "hi"}], "stream": True, "store": True,
        "instructions": "Be brief.", "temperature": 0.5, "top_p": 0.9, "max_output_tokens": 100,
        "reasoning": {"effort": "high"}, "top_logprobs": 2,
        "include": ["message.output_text.logprobs", "reasoning.encrypted_content"],
        "text": {
            "format": {"type": "json_schema", "name": "output", "schema": shape, "strict": True}, "verbosity": "low",
        },
        "tools": [
            {"type": "function", "name": "f", "description": "Does f.", "parameters": schema, "strict": False},
            {"type": "function", "name": "g", "parameters": schema, "strict": False},
        ],
        "tool_choice": {"type": "function", "name": "f"},
    }  # fmt: skip
    assert body_of(OpenAIResponses) == {
        "model": "m", "input": [{"type": "message", "role": "user", "content": "hi"}], "stream": True, "store": False,
    }  # fmt: skip
    assert body_of(OpenAIResponses, options={"reasoning_effort": "low"})["reasoning"] == {"effort": "low"}
    assert body_of(OpenAIResponses, tools=[ai.Tool("f")], tool_choice="required")["tool_choice"] == "required"
    assert "include" not in body_of(OpenAIResponses, reasoning="none")


@pytest.mark.parametrize(
    ("options", "name"),
    [({"stop": "x"}, "stop"), ({"seed": 0}, "seed"), ({"top_k": 2}, "top_k"), ({"options": {"audio": {}}}, "'audio'")],
)
def test_what_the_protocol_lacks_is_refused(options: dict[str, Any], name: str) -> None:
    with pytest.raises(ai.ConfigError, match=f"{name} is not supported by acme"):
        body_of(OpenAIResponses, **options)


def test_a_conversation_becomes_items() -> None:
    call = ai.ToolCall("c", "f", {"x": 1})
    broken = ai.ToolCall("d", "f", "{nonsense", valid=False)
    messages = [
        ai.Message("system", (ai.TextPart("Be kind."),)),
        ai.Message("user", (
            ai.TextPart("see"),
            ai.ImagePart(url="https://x/y.png"),
            ai.DocumentPart(url="https://x/y.pdf"),
            ai.DocumentPart(data=b"%PDF-1", name="a.pdf"),
        )),
        ai.Message("assistant", (
            ai.TextPart("I look."), ai.ToolCallPart(call), ai.ToolCallPart(broken), ai.TextPart("wait"),
        )),
        ai.Message("tool", (ai.ToolResultPart("c", "42"), ai.ToolResultPart("d", "no", is_error=True))),
        ai.Message("assistant", ()),
    ]  # fmt: skip
    assert body_of(OpenAIResponses, messages)["input"] == [
        {"type": "message", "role": "system", "content": "Be kind."},
        {"type": "message", "role": "user", "content": [
            {"type": "input_text", "text": "see"},
            {"type": "input_image", "image_url": "https://x/y.png", "detail": "auto"},
            {"type": "input_file", "file_url": "https://x/y.pdf"},
            {"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBERi0x"},
        ]},
        {"type": "message", "role": "assistant", "content": "I look."},
        {"type": "function_call", "call_id": "c", "name": "f", "arguments": '{"x":1}'},
        {"type": "function_call", "call_id": "d", "name": "f", "arguments": "{nonsense"},
        {"type": "message", "role": "assistant", "content": "wait"},
        {"type": "function_call_output", "call_id": "c", "output": "42"},
        {"type": "function_call_output", "call_id": "d", "output": "no"},
    ]  # fmt: skip


def test_sound_that_is_sent_now_is_refused() -> None:
    with pytest.raises(ai.ConfigError, match="AudioPart cannot be sent"):
        body_of(OpenAIResponses, [ai.Message("user", (ai.AudioPart(data=b"RIFF1234WAVE"),))])


@pytest.mark.parametrize(
    ("model", "path"),
    [
        ("o3-pro", "/responses"), ("gpt-5.5-pro-2026-04-23", "/responses"), ("gpt-5.1-codex-max", "/responses"),
        ("o4-mini-deep-research", "/responses"), ("codex-mini-latest", "/responses"),
        ("computer-use-preview", "/responses"), ("gpt-5.1", "/chat/completions"), ("gpt-4o", "/chat/completions"),
    ],
)  # fmt: skip
def test_models_that_answer_only_here_are_sent_here(model: str, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-key")
    assert build_request("openai", model, "hi").url == f"https://api.openai.com/v1{path}"
