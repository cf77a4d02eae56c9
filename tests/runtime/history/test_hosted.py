"""What a provider's own tools did goes back to that provider as it came, and to nobody else."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols.chat.anthropic_messages import AnthropicMessages
from fluent_ai.protocols.chat.bedrock_converse import BedrockConverse
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
from fluent_ai.protocols.chat.gemini import Gemini
from fluent_ai.protocols.chat.openai_chat import OpenAIChat
from fluent_ai.protocols.chat.openai_responses import OpenAIResponses
from protocol_checks import body_of

BLOCKS: dict[type[JsonChatCodec], tuple[str, str, dict[str, Any], dict[str, Any]]] = {
    AnthropicMessages: (
        "messages",
        "content",
        {"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {"query": "x"}},
        {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": []},
    ),
    BedrockConverse: (
        "messages",
        "content",
        {"toolUse": {"toolUseId": "s1", "name": "search", "input": {}, "type": "server_tool_use"}},
        {"toolResult": {"toolUseId": "s1", "content": [], "type": "search_result"}},
    ),
    Gemini: (
        "contents",
        "parts",
        {"executableCode": {"language": "PYTHON", "code": "1"}, "thoughtSignature": "c2Vh"},
        {"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": "1"}},
    ),
}


def turn(call: dict[str, Any], result: dict[str, Any] | None, **maker: str) -> list[ai.Message]:
    parts = (
        ai.ToolCallPart(ai.ToolCall("s1", "search", {}, hosted=True), raw=call, **maker),
        ai.HostedToolResultPart("s1", "found", raw=result, **maker),
        ai.TextPart("It is so."),
    )
    return [ai.Message("user", "q"), ai.Message("assistant", parts), ai.Message("user", "sure?")]


@pytest.mark.parametrize("codec", BLOCKS)
def test_it_goes_back_where_it_was_made(codec: type[JsonChatCodec]) -> None:
    turns, parts, call, result = BLOCKS[codec]
    own = body_of(codec, turn(call, result, provider="acme", model="m"))[turns][1][parts]
    assert own[:2] == [call, result]
    for maker in ({"provider": "other", "model": "m"}, {"provider": "acme", "model": "k"}):
        assert len(body_of(codec, turn(call, result, **maker))[turns][1][parts]) == 1


def test_items_of_responses_go_back_and_an_image_with_its_bytes() -> None:
    call = {"type": "web_search_call", "id": "ws_1", "status": "completed"}
    sent = body_of(OpenAIResponses, turn(call, None, provider="acme", model="m"))["input"]
    assert [item["type"] for item in sent] == ["message", "web_search_call", "message", "message"]
    item = {"type": "image_generation_call", "id": "ig_1", "status": "completed"}
    image = ai.Media("image/png", b"png", raw=item, provider="acme", model="m")
    history = [ai.Message("user", "a fox"), ai.Message("assistant", image), ai.Message("user", "blue")]
    assert body_of(OpenAIResponses, history)["input"][1] == {**item, "result": "cG5n"}
    # Another protocol of the same provider does not know the items.
    sent = body_of(OpenAIChat, turn(call, None, provider="acme", model="m"))["messages"]
    assert [wire["content"] for wire in sent] == ["q", "It is so.", "sure?"]


def test_text_keeps_the_citations_that_its_maker_gave_it() -> None:
    cited = {"citations": [{"type": "web_search_result_location", "url": "https://example.com"}]}
    for provider, sent in (("acme", cited), ("other", {})):
        part = ai.TextPart("So.", raw=cited, provider=provider, model="m")
        history = [ai.Message("user", "q"), ai.Message("assistant", part), ai.Message("user", "sure?")]
        (block,) = body_of(AnthropicMessages, history)["messages"][1]["content"]
        assert block == {"type": "text", "text": "So.", **sent}
