"""Histories that providers were reported to refuse, each rebuilt as a small conversation with its report."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from prepared_requests import prepared

CALL = ai.ToolCallPart(ai.ToolCall("call_1", "f", {"x": 1}))
RESULT = ai.Message("tool", ai.ToolResultPart("call_1", "42"))
TOOL = ai.Tool("f", parameters={"type": "object", "properties": {}})
LLAMA = "us.meta.llama3-3-70b-instruct-v1:0"
NOVA = "amazon.nova-pro-v1:0"
CLAUDE = "us.anthropic.claude-opus-4-1-20250805-v1:0"


def user(text: str) -> ai.Message:
    return ai.Message("user", text)


def body(provider: str, model: str, *messages: ai.Message, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = prepared(provider, model, messages, **options)[2]
    return found


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        pytest.param("mistral", "devstral-2512", id="charmbracelet/crush#1590, BerriAI/litellm#30835"),
        pytest.param("groq", "openai/gpt-oss-120b", id="janhq/jan#8136, karthink/gptel#774"),
        pytest.param("cerebras", "gpt-oss-120b", id="Kilo-Org/kilocode#10375"),
        pytest.param("openai", "gpt-4.1", id="openai"),
    ],
)
@pytest.mark.parametrize("own", [True, False], ids=["its own reply", "another's reply"])
def test_a_strict_server_is_sent_no_field_that_it_does_not_know(provider: str, model: str, own: bool) -> None:
    maker = (provider, model) if own else ("openrouter", "x-ai/grok-4")
    raw = None if own else {"type": "reasoning.text", "index": 0}
    parts = (
        ai.ReasoningPart("hm", None, None, *maker, raw),
        ai.TextPart("So.", raw={"annotations": []}, provider=maker[0], model=maker[1]),
        CALL,
        ai.UnknownPart("thought_map", raw={"thought_map": {}}, provider=maker[0], model=maker[1]),
    )
    turn = body(provider, model, user("q"), ai.Message("assistant", parts), RESULT)["messages"][1]
    assert turn.keys() == {"role", "content", "tool_calls"}
    assert turn["tool_calls"][0].keys() == {"id", "type", "function"}


def test_llama_and_mistral_on_bedrock_have_calls_and_results_in_turns_of_their_own() -> None:
    """browser-use/browser-use#710, quarkiverse/quarkus-langchain4j#1983."""
    history = (user("q"), ai.Message("assistant", (ai.TextPart("I call."), CALL)), RESULT, user("and?"))
    for model in (LLAMA, "mistral.mistral-large-2407-v1:0"):
        *_, made, notes = prepared("bedrock", model, history)
        kinds = [(turn["role"], [next(iter(block)) for block in turn["content"]]) for turn in made["messages"]]
        assert kinds == [
            ("user", ["text"]), ("assistant", ["toolUse"]), ("user", ["toolResult"]), ("assistant", ["text"]),
            ("user", ["text"]),
        ]  # fmt: skip
        assert any("beside a call" in note for note in notes)
    *_, made, notes = prepared("bedrock", CLAUDE, history)
    assert [len(turn["content"]) for turn in made["messages"]] == [1, 2, 2]
    assert notes == ()


def test_a_tool_that_returned_nothing() -> None:
    """strands-agents/sdk-python#2123: Nemotron on Bedrock refuses a result without content."""
    history = (user("q"), ai.Message("assistant", CALL), ai.Message("tool", ai.ToolResultPart("call_1", "")))
    for model, content in ((NOVA, [{"text": "(nothing)"}]), (CLAUDE, [])):
        block = body("bedrock", model, *history)["messages"][2]["content"][0]
        assert block["toolResult"]["content"] == content


@pytest.mark.parametrize(
    "said",
    [
        pytest.param((ai.TextPart(""),), id="pydantic/pydantic-ai#3504"),
        pytest.param(
            (ai.ReasoningPart("hm", None, None, "gemini", "gemini-3-pro-preview"),), id="pydantic/pydantic-ai#2480"
        ),
        pytest.param((), id="nothing at all"),
    ],
)
def test_a_gemini_turn_that_said_nothing(said: tuple[ai.TextPart | ai.ReasoningPart, ...]) -> None:
    history = (user("q"), ai.Message("assistant", said), user("and?"))
    contents = body("gemini", "gemini-3-pro-preview", *history)["contents"]
    assert all(turn["parts"] for turn in contents)
    assert [part["text"] for turn in contents for part in turn["parts"]] == ["q", "and?"]


def test_calls_that_were_made_elsewhere_have_reasoning_at_siliconflow() -> None:
    """agentscope-ai/QwenPaw#433: thinking is enabled but reasoning_content is missing."""
    history = (user("q"), ai.Message("assistant", CALL), RESULT)
    turn = body("siliconflow", "Pro/moonshotai/Kimi-K2.5", *history)["messages"][1]
    assert turn["reasoning_content"] == " "
    turn = body("siliconflow", "Pro/moonshotai/Kimi-K2.5", *history, reasoning="none")["messages"][1]
    assert "reasoning_content" not in turn


def test_a_message_is_marked_for_the_cache_once() -> None:
    """BerriAI/litellm#15696: a maximum of 4 blocks with cache_control may be provided."""
    images = [ai.ImagePart(data=b"\x89PNG\r\n\x1a\n%d" % number) for number in range(5)]
    made = body("anthropic", "claude-opus-5", ai.Message("user", [ai.TextPart("Compare:"), *images], cache=True))
    assert json.dumps(made).count("cache_control") == 1
    assert "cache_control" in made["messages"][0]["content"][-1]


def test_a_tool_without_a_description() -> None:
    """BerriAI/litellm#24668: Bedrock refuses an empty one."""
    spec = body("bedrock", NOVA, user("q"), tools=[TOOL])["toolConfig"]["tools"][0]["toolSpec"]
    assert spec.keys() == {"name", "inputSchema"}


@pytest.mark.parametrize(
    ("provider", "model"), [("mistral", "mistral-small-latest"), ("groq", "llama-3.3-70b-versatile")]
)
def test_no_tools_are_no_list(provider: str, model: str) -> None:
    """partITech/php-mistral#76."""
    assert "tools" not in body(provider, model, user("q"), tools=[])


def test_tools_of_ollama_stand_beside_the_options() -> None:
    """mozilla-ai/any-llm#1114."""
    made = body("ollama", "qwen3:8b", user("q"), tools=[TOOL], temperature=0.5)
    assert made["tools"][0]["function"]["name"] == "f"
    assert made["options"] == {"temperature": 0.5}


@pytest.mark.parametrize(
    ("provider", "model"), [("bedrock", CLAUDE), ("anthropic", "claude-opus-5"), ("gemini", "gemini-2.5-flash")]
)
def test_a_call_that_nobody_answered(provider: str, model: str) -> None:
    """browser-use/browser-use#988, langchain-ai/langchain-aws#451."""
    history = [user("q"), ai.Message("assistant", (ai.TextPart("I call."), CALL)), user("never mind")]
    *_, made, notes = prepared(provider, model, history)
    assert "call_1" not in json.dumps(made)
    assert any("a tool call without a result" in note for note in notes)
