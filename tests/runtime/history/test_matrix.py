"""A conversation that any protocol made goes on at any other: nothing is lost without a word, and no rule is broken."""

from __future__ import annotations

import json

import fluent_ai as ai
import pytest
from fluent_ai.protocols.chat.history.origin import family
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_histories import HISTORIES, MAKERS, conversation, made_at
from prepared_requests import prepared
from wire_conversations import broken_rules

TARGETS = (
    ("openai", "gpt-4.1"),
    ("openai", "gpt-5-pro"),
    ("azure", "my-deployment"),
    ("anthropic", "claude-opus-5"),
    ("anthropic", "claude-sonnet-4-5"),
    ("gemini", "gemini-3-pro-preview"),
    ("gemini", "gemini-2.5-flash"),
    ("vertexai", "claude-opus-4-1"),
    ("vertexai", "mistral-medium-3"),
    ("bedrock", "us.anthropic.claude-opus-4-1-20250805-v1:0"),
    ("bedrock", "amazon.nova-pro-v1:0"),
    ("cohere", "command-a-03-2025"),
    ("ollama", "qwen3:8b"),
    ("mistral", "mistral-large-latest"),
    ("deepseek", "deepseek-chat"),
    ("moonshot", "kimi-k2.6"),
    ("openrouter", "mistralai/mistral-large"),
    ("openrouter", "google/gemini-3-pro-preview"),
    ("perplexity", "sonar-pro"),
    ("perplexity", "openai/gpt-5"),
    ("groq", "openai/gpt-oss-20b"),
    ("zhipuai", "glm-4.6"),
)


@pytest.mark.parametrize(("provider", "model"), TARGETS)
@pytest.mark.parametrize("maker", MAKERS)
def test_a_history_goes_on_anywhere(maker: str, provider: str, model: str) -> None:
    reply = made_at(maker)
    assert len(reply.tool_calls) >= 2, "parallel calls"
    talk = conversation(reply)
    _, route, body, notes = prepared(provider, model, talk)
    assert broken_rules(provider, route.protocol, model, body) == []
    sent = json.dumps(body, ensure_ascii=False)
    tools = provider != "perplexity" or route.protocol != "openai_chat"
    for text in ("What is the weather?", "It is sunny.", "And tomorrow?", reply.text):
        assert text in sent, text
    assert ("sunny" in sent.replace("It is sunny.", "")) is tools
    for call in reply.tool_calls:
        assert (f'"{call.name}"' in sent) is tools
    assert any("a tool call" in note for note in notes) is not tools
    there = provider == reply.provider and (provider, route.protocol) in (
        ("openai", "openai_responses"), ("anthropic", "anthropic_messages"), ("gemini", "gemini"),
        ("bedrock", "bedrock_converse"),
    )  # fmt: skip
    if not there or family(model) != family(reply.model or ""):
        assert "srv_1" not in sent
        assert sum("ran itself" in note for note in notes) == 2
    else:
        assert sent.count("srv_1") == 2
    own = MAKERS[maker] == (provider, model)
    thought = any(isinstance(part, ai.ReasoningPart) for part in reply.parts)
    told = any("reasoning of another model" in note for note in notes)
    if thought and provider != reply.provider:
        assert told
    if own:
        assert not told
        for part in reply.parts:
            if isinstance(part, ai.ReasoningPart) and (seal := part.signature or part.redacted):
                assert seal in sent


@pytest.mark.parametrize(("provider", "model"), TARGETS)
@given(messages=HISTORIES, reasoning=st.sampled_from([None, "low"]))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_no_history_breaks_a_rule(provider: str, model: str, messages: list[ai.Message], reasoning: str | None) -> None:
    if reasoning is not None and provider not in ("anthropic", "vertexai"):
        reasoning = None
    _, route, body, notes = prepared(provider, model, messages, reasoning=reasoning)
    assert broken_rules(provider, route.protocol, model, body) == []
    assert all(provider in note for note in notes)
    # What was sent is what would be sent if it were the history: nothing is left to mend.
    assert prepared(provider, model, messages, reasoning=reasoning)[2] == body


@given(messages=HISTORIES, more=HISTORIES)
def test_a_conversation_that_grows_keeps_its_beginning(messages: list[ai.Message], more: list[ai.Message]) -> None:
    """Else the provider's cache is worth nothing: what was sent before a user's turn is sent again."""
    short = prepared("mistral", "mistral-large-latest", messages)[2]["messages"]
    grown = [*messages, ai.Message("assistant", "yes"), *more]
    answered = {part.call_id for message in more for part in message.parts if isinstance(part, ai.ToolResultPart)}
    if answered:  # a result that comes late changes what was sent, because it belongs there
        return
    long = prepared("mistral", "mistral-large-latest", grown)[2]["messages"]
    assert long[: len(short)] == short
