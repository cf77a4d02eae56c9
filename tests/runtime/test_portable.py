"""What of a reply any provider can be told: no hosted calls and results, and nothing without a name."""

from __future__ import annotations

import json

import fluent_ai as ai
import pytest
from fluent_ai.content.portable import portable
from fluent_ai.protocols import build_request

PORTABLE = (ai.ReasoningPart("hm"), ai.TextPart("The sum is 3."), ai.ToolCallPart(ai.ToolCall("c", "f", {})))
FOREIGN = (
    ai.ToolCallPart(ai.ToolCall("h", "search", {"query": "sum"}, hosted=True), raw={"type": "search_call"}),
    ai.HostedToolResultPart("h", "three", raw={"type": "search_result"}),
    ai.UnknownPart("riddle", raw={"type": "riddle"}),
    ai.Media("image/png", b"\x89PNG"),
)


def test_only_what_has_a_meaning_everywhere_is_left() -> None:
    assert portable(ai.Message("assistant", PORTABLE + FOREIGN)) == list(PORTABLE)


def test_media_of_a_user_are_files() -> None:
    media = (ai.Media("image/png", b"1"), ai.Media("audio/wav", b"2"), ai.Media("application/pdf", b"3"))
    assert portable(ai.Message("user", media)) == [
        ai.ImagePart(b"1", media_type="image/png"),
        ai.AudioPart(b"2", media_type="audio/wav"),
        ai.DocumentPart(b"3", media_type="application/pdf"),
    ]


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        ("groq", "llama-3.3-70b-versatile"),
        ("openai", "gpt-5-pro"),
        ("anthropic", "claude-sonnet-4-5"),
        ("gemini", "gemini-3-pro-preview"),
        ("cohere", "command-a-03-2025"),
        ("ollama", "qwen3"),
    ],
)
def test_foreign_parts_change_no_request(provider: str, model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GROQ", "OPENAI", "ANTHROPIC", "GOOGLE", "COHERE"):
        monkeypatch.setenv(f"{name}_API_KEY", "k" * 20)

    def body(parts: tuple[object, ...]) -> object:
        said = ai.Message("assistant", parts)  # type: ignore[arg-type]
        return json.loads(build_request(provider, model, [ai.Message("user", "1 + 2?"), said]).body)

    assert body(PORTABLE[1:2] + FOREIGN) == body(PORTABLE[1:2])
