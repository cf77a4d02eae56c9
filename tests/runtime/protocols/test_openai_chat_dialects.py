"""The dialects of chat completions: what a manifest's flags change in a request, and what they refuse."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.manifest.schema import Quirks
from fluent_ai.protocols.chat.openai_chat import OpenAIChat
from protocol_checks import body_of

TOOL = ai.Tool(name="look", description="", parameters={"type": "object", "properties": {}})


def body(quirks: Quirks, **options: Any) -> dict[str, Any]:
    return body_of(OpenAIChat, quirks=quirks, **options)


@pytest.mark.parametrize(
    ("field", "effort", "sent"),
    [
        ("reasoning_effort", "low", {"reasoning_effort": "low"}),
        ("reasoning", "high", {"reasoning": {"effort": "high"}}),
        ("thinking", "low", {"thinking": {"type": "enabled"}}),
        ("thinking", "none", {"thinking": {"type": "disabled"}}),
        ("enable_thinking", "max", {"enable_thinking": True}),
        ("enable_thinking", "none", {"enable_thinking": False}),
    ],
)
def test_reasoning_goes_where_the_provider_looks(field: Any, effort: str, sent: dict[str, Any]) -> None:
    plain = body(Quirks(reasoning_field=field))
    assert body(Quirks(reasoning_field=field), reasoning=effort) == plain | sent


@pytest.mark.parametrize("field", ["seed", "random_seed"])
def test_the_seed_has_two_names(field: Any) -> None:
    assert body(Quirks(seed_field=field), seed=0)[field] == 0


@pytest.mark.parametrize(
    ("quirks", "options", "named"),
    [
        (Quirks(reasoning_field="none"), {"reasoning": "low"}, "reasoning"),
        (Quirks(seed_field="none"), {"seed": 7}, "seed"),
        (Quirks(), {"top_k": 7}, "top_k"),
        (Quirks(logprobs="none"), {"logprobs": 2}, "logprobs"),
        (Quirks(tools="none"), {"tools": [TOOL]}, "tools"),
        (Quirks(tools="auto"), {"tools": [TOOL], "tool_choice": "required"}, "tool_choice 'required'"),
        (Quirks(tools="auto"), {"tools": [TOOL], "tool_choice": "look"}, "tool_choice 'look'"),
    ],
)
def test_what_the_provider_cannot_do_is_refused_before_it_is_sent(
    quirks: Quirks, options: dict[str, Any], named: str
) -> None:
    with pytest.raises(ai.ConfigError, match=f"{named} is not supported by acme; .* extra_body="):
        body(quirks, **options)


@pytest.mark.parametrize("choice", [None, "auto", "none"])
def test_tools_may_be_offered_where_they_cannot_be_forced(choice: str | None) -> None:
    sent = body(Quirks(tools="auto"), tools=[TOOL], tool_choice=choice)
    assert "tool_choice" not in sent
    assert [tool["function"]["name"] for tool in sent.get("tools", ())] == ([] if choice == "none" else ["look"])


SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


def test_json_of_any_shape_is_asked_for_in_words() -> None:
    sent = body(Quirks(output="json_object"), output=SCHEMA, system="Be short.")
    assert sent["response_format"] == {"type": "json_object"}
    system = sent["messages"][0]
    assert system["role"] == "system"
    assert system["content"].startswith("Be short.\n\n")
    assert json.loads(system["content"].partition("schema:\n")[2]) == SCHEMA
    assert body(Quirks(output="json_object"), output=SCHEMA)["messages"][0]["role"] == "system"
    assert "response_format" not in body(Quirks(output="json_object"))


@pytest.mark.parametrize(
    ("field", "wanted", "sent"),
    [
        ("top_logprobs", 2, {"logprobs": True, "top_logprobs": 2}),
        ("count", 2, {"logprobs": 2}),
        ("flag", 0, {"logprobs": True}),
    ],
)
def test_log_probabilities_are_asked_for_in_three_ways(field: Any, wanted: int, sent: dict[str, Any]) -> None:
    quirks = Quirks(logprobs=field)
    assert body(quirks, logprobs=wanted) == body(quirks) | sent


def test_alternatives_and_efforts_that_there_are_not_are_refused() -> None:
    with pytest.raises(ai.ConfigError, match="logprobs is 2; acme tells no alternatives; allowed: 0"):
        body(Quirks(logprobs="flag"), logprobs=2)
    quirks = Quirks(efforts=("none", "high"))
    assert body(quirks, reasoning="high")["reasoning_effort"] == "high"
    with pytest.raises(ai.ConfigError, match="reasoning is 'low'; allowed for acme: none, high"):
        body(quirks, reasoning="low")


def test_sound_is_an_object_or_its_bytes() -> None:
    heard = [ai.Message("user", (ai.AudioPart(data=b"RIFF", media_type="audio/wav"),))]

    def part(quirks: Quirks) -> object:
        return body_of(OpenAIChat, heard, quirks=quirks)["messages"][0]["content"][0]["input_audio"]

    assert part(Quirks()) == {"data": "UklGRg==", "format": "wav"}
    assert part(Quirks(audio="base64")) == "UklGRg=="


REASONED = ai.Message(
    "assistant",
    (
        ai.ReasoningPart("hm, ", provider="acme", model="m-2"),
        ai.ReasoningPart("so", provider="acme", model="m"),
        ai.TextPart("Yes."),
    ),
)


@pytest.mark.parametrize(
    ("quirks", "message", "sent"),
    [
        (Quirks(echo_reasoning=True), REASONED, "hm, so"),
        (Quirks(), REASONED, None),
        (Quirks(echo_reasoning=True), ai.Message("assistant", (ai.TextPart("Yes."),)), None),
        (
            Quirks(echo_reasoning=True),
            ai.Message("assistant", (ai.ReasoningPart("x", provider="other", model="m"), ai.TextPart("Yes."))),
            None,
        ),
        (
            Quirks(echo_reasoning=True),
            ai.Message("assistant", (ai.ReasoningPart("x", provider="acme", model="k"), ai.TextPart("Yes."))),
            None,
        ),
    ],
)
def test_reasoning_goes_back_to_the_model_that_made_it_and_to_no_other(
    quirks: Quirks, message: ai.Message, sent: str | None
) -> None:
    (wire,) = body_of(OpenAIChat, [message], model="m-1", quirks=quirks)["messages"]
    assert wire.get("reasoning_content") == sent
    assert wire["role"] == "assistant"


def test_the_rows_say_what_was_seen() -> None:
    rows = load_manifests()
    assert {name: rows[name].quirks.reasoning_field for name in ("deepseek", "qianwen", "zhipuai")} == {
        "deepseek": "thinking",
        "qianwen": "enable_thinking",
        "zhipuai": "thinking",
    }
    assert {name for name, row in rows.items() if row.quirks.echo_reasoning} == {"deepseek", "moonshot", "zhipuai"}
    assert {name for name, row in rows.items() if row.quirks.tools == "auto"} == {"ai21", "minimax", "zhipuai"}
