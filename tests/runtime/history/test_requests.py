"""What callers may put into a history, and what we add to a request ourselves."""

from __future__ import annotations

import fluent_ai as ai
import pytest
from fluent_ai.content.message_input import to_messages
from fluent_ai.protocols import build_request
from fluent_ai.protocols.chat.anthropic_messages import AnthropicMessages
from fluent_ai.protocols.chat.openai_chat import OpenAIChat
from protocol_checks import body_of

PNG = b"\x89PNG\r\n\x1a\n"
URL = "data:image/png;base64,iVBORw0KGgo="


def test_a_tool_may_return_files() -> None:
    def look(place: str) -> list[object]:
        return [f"seen at {place}", ai.ImagePart(data=PNG), {"ok": True}]

    result = ai.call_tool(ai.ToolCall("c", "look", {"place": "home"}), [look])
    assert result == ai.ToolResultPart("c", 'seen at home\n{"ok":true}', files=(ai.ImagePart(data=PNG),))


def test_messages_of_tools_may_be_lists_and_images_may_say_how_closely_to_look() -> None:
    texts = [{"type": "text", "text": "one"}, {"type": "image_url", "image_url": {"url": URL, "detail": "low"}}]
    (message,) = to_messages([{"role": "tool", "tool_call_id": "c", "content": texts}])
    image = ai.ImagePart(data=PNG, media_type="image/png", detail="low")
    assert message.parts == (ai.ToolResultPart("c", "one", files=(image,)),)
    (wire,) = body_of(OpenAIChat, [ai.Message("user", image)])["messages"]
    assert wire["content"] == [{"type": "image_url", "image_url": {"url": URL, "detail": "low"}}]
    with pytest.raises(ai.ConfigError, match=r"messages\[0\].content is of type int; allowed: a str, or a list of"):
        to_messages([{"role": "tool", "tool_call_id": "c", "content": 1}])
    with pytest.raises(ai.ConfigError, match=r"files\[0\] is of type str; allowed: an ImagePart, an AudioPart or a D"):
        to_messages([ai.Message("tool", ai.ToolResultPart("c", "x", files=("a.png",)))])  # type: ignore[arg-type]


@pytest.mark.parametrize("parameters", [{}, {"type": "object"}])
def test_a_tool_without_parameters_has_properties(parameters: dict[str, object]) -> None:
    tool = ai.Tool("look", "looks", parameters)
    (wire,) = body_of(OpenAIChat, tools=[tool])["tools"]
    assert wire["function"]["parameters"] == {"type": "object", "properties": {}}


@pytest.mark.parametrize(
    ("model", "effort", "most"),
    [
        ("claude-opus-4-1", "max", 32_000),
        ("claude-3-haiku-20240307", None, 4096),
        ("claude-3-5-haiku-20241022", None, 8192),
        ("claude-opus-4-10", None, 8192),
    ],
)
def test_what_we_add_ourselves_stays_within_what_the_model_can_write(model: str, effort: str | None, most: int) -> None:
    body = body_of(AnthropicMessages, model=model, reasoning=effort)
    assert body["max_tokens"] == most
    assert body.get("thinking", {}).get("budget_tokens", 0) < most


def test_the_registry_knows_better_than_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "k" * 20)
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    request = build_request("bedrock", "anthropic.claude-opus-4-1-20250805-v1:0", "hi", reasoning="max")
    assert b'"maxTokens":32000' in request.body
