"""Mistral's conversations: tools that Mistral runs, what they cite, and how all of it goes back."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols.chat.mistral_conversations import MistralConversations
from fluent_ai.protocols.chat.mistral_conversations_parser import MistralConversationsParser
from hypothesis import given
from protocol_checks import body_of, fail, payloads, read, sse, survive

MODEL = "mistral-large-2512"
REFERENCE = {
    "type": "tool_reference", "tool": "web_search", "title": "A", "url": "https://a.test", "description": "Rain.",
}  # fmt: skip
FILE = {"type": "tool_file", "tool": "code_interpreter", "file_id": "f1", "file_name": "plot", "file_type": "png"}
SEARCH = {"type": "tool.execution", "name": "web_search", "arguments": '{"query":"rain"}'}
RUN = {
    "type": "tool.execution", "name": "code_interpreter", "arguments": '{"code":"1+1"}',
    "info": {"code": "1+1", "code_output": "2\n"},
}  # fmt: skip
CONTENT = [
    {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]},
    {"type": "text", "text": "It rains"},
    REFERENCE,
    {**REFERENCE, "url": None, "title": "B", "description": None},
    {"type": "text", "text": ", always."},
]
USAGE = {
    "prompt_tokens": 188, "completion_tokens": 55, "total_tokens": 7355, "connector_tokens": 7112,
    "connectors": {"web_search": 1},
}  # fmt: skip


def streamed() -> list[dict[str, Any]]:
    """As Mistral sends it: a tool is announced, its arguments come in pieces, and its end says what came of it."""
    rows: list[dict[str, Any]] = [{"type": "conversation.response.started", "conversation_id": "conv_1"}]
    for place, entry in enumerate((SEARCH, RUN)):
        about = {"id": f"t{place}", "name": entry["name"], "output_index": place, "model": MODEL}
        text = str(entry["arguments"])
        rows += [
            {"type": "tool.execution.started", **about, "arguments": ""},
            {"type": "tool.execution.delta", **about, "arguments": text[:4]},
            {"type": "tool.execution.delta", **about, "arguments": text[4:]},
            {"type": "tool.execution.done", **about, "info": entry.get("info", {})},
        ]
    about = {"id": "m", "output_index": 2, "model": MODEL}
    rows += [{"type": "message.output.delta", **about, "content": chunk} for chunk in (*CONTENT, "", FILE)]
    return [*rows, {"type": "conversation.response.done", "usage": USAGE}]


def whole() -> dict[str, Any]:
    calls = [{**entry, "id": f"t{place}", "object": "entry"} for place, entry in enumerate((SEARCH, RUN))]
    message = {"type": "message.output", "role": "assistant", "model": MODEL, "content": [*CONTENT, FILE]}
    return {"conversation_id": "conv_1", "outputs": [*calls, message], "usage": USAGE}


@pytest.mark.parametrize("body", [sse(streamed()), json.dumps(whole()).encode()], ids=["streamed", "whole"])
def test_tools_that_mistral_runs_and_what_they_cite(body: bytes) -> None:
    _, reply = read(MistralConversationsParser("mistral"), body)
    assert [(call.id, call.name, call.arguments) for call in reply.hosted_calls] == [
        ("t0", "web_search", {"query": "rain"}),
        ("t1", "code_interpreter", {"code": "1+1"}),
    ]
    (result,) = reply.hosted_results
    assert (result.call_id, json.loads(result.content), result.is_error) == ("t1", RUN["info"], False)
    texts = [number for number, part in enumerate(reply.parts) if isinstance(part, ai.TextPart)]
    assert reply.citations == (
        ai.Citation(texts[0], "https://a.test", "A", "Rain."),
        ai.Citation(texts[0], None, "B"),
    )
    assert (reply.reasoning, reply.text) == ("Hm.", "It rains, always.")
    assert [part.kind for part in reply.parts if isinstance(part, ai.UnknownPart)] == ["tool_file"]
    assert (reply.id, reply.tool_calls, reply.finish_reason, reply.warnings) == ("conv_1", (), "stop", ())
    assert reply.usage is not None
    assert (reply.usage.input_tokens, reply.usage.output_tokens) == (188 + 7112, 55)
    assert reply.usage.raw is not None
    assert reply.usage.raw["hosted_calls"] == {"web_search": 1}


@pytest.mark.parametrize("body", [sse(streamed()), json.dumps(whole()).encode()], ids=["streamed", "whole"])
def test_all_of_it_goes_back_to_its_maker_as_it_came(body: bytes) -> None:
    _, reply = read(MistralConversationsParser("acme"), body)
    history = [ai.Message("user", "Rain?"), reply.message, ai.Message("user", "Sure?")]
    made = {"type": "message.output", "role": "assistant"}
    assert body_of(MistralConversations, history, model=MODEL)["inputs"] == [
        {"type": "message.input", "role": "user", "content": "Rain?"},
        SEARCH,
        RUN,
        {**made, "content": CONTENT},
        {**made, "content": [FILE]},
        {"type": "message.input", "role": "user", "content": "Sure?"},
    ]
    other = body_of(MistralConversations, history, provider="another", model=MODEL)["inputs"]
    assert [entry["content"] for entry in other] == ["Rain?", "It rains, always.", "Sure?"]


def test_the_request_stores_nothing_and_holds_every_option_in_its_place() -> None:
    picture = ai.ImagePart(url="https://example.org/a.png")
    paper = ai.DocumentPart(url="https://example.org/a.pdf", name="a.pdf")
    messages = [ai.Message("system", "Be kind."), ai.Message("user", (ai.TextPart("see"), picture, paper))]
    sent = body_of(
        MistralConversations,
        messages,
        system="Be short.",
        max_tokens=9,
        seed=3,
        stop=["."],
        temperature=0.5,
        reasoning="high",
        options={"presence_penalty": 0.5, "metadata": {"a": "b"}},
    )
    assert sent == {
        "model": "m",
        "inputs": [
            {
                "type": "message.input",
                "role": "user",
                "content": [
                    {"type": "text", "text": "see"},
                    {"type": "image_url", "image_url": "https://example.org/a.png"},
                    {"type": "document_url", "document_url": "https://example.org/a.pdf", "document_name": "a.pdf"},
                ],
            }
        ],
        "stream": True,
        "store": False,
        "instructions": "Be short.\n\nBe kind.",
        "completion_args": {
            "temperature": 0.5, "max_tokens": 9, "random_seed": 3, "stop": ["."], "reasoning_effort": "high",
            "presence_penalty": 0.5,
        },
        "metadata": {"a": "b"},
    }  # fmt: skip


def add(a: int) -> int:
    """Add."""
    return a


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"top_k": 3}, "top_k is not supported by acme"),
        ({"logprobs": 0}, "logprobs is not supported by acme"),
        ({"tools": [add], "tool_choice": "add"}, "tool_choice is 'add'; allowed"),
        ({"options": {"safe_prompt": True}}, "option 'safe_prompt' is not supported by acme"),
    ],
)
def test_what_it_cannot_do_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ai.ConfigError, match=said):
        body_of(MistralConversations, **given)


def test_an_answer_that_is_a_refusal() -> None:
    _, error = fail(MistralConversationsParser("mistral"), b'{"detail": "no such model"}')
    assert "no such model" in str(error)


KINDS = (
    "message.output.delta", "function.call.delta", "tool.execution.started", "tool.execution.delta",
    "tool.execution.done", "conversation.response.started", "conversation.response.done", "text", "thinking",
    "tool_reference", "tool_file", "riddle",
)  # fmt: skip
KEYS = ("type", "id", "content", "text", "thinking", "arguments", "name", "tool_call_id", "info", "usage", "outputs")


@given(payloads(KINDS, KEYS))
def test_hostile_events_end_lawfully(rows: list[Any]) -> None:
    survive(MistralConversationsParser, sse(rows))
