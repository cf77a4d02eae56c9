"""Perplexity's agent: what it takes of Responses, and what is refused before it is sent."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols.chat.openai_responses_parser import OpenAIResponsesParser
from fluent_ai.protocols.chat.perplexity_agent import PerplexityAgent
from protocol_checks import body_of, read, sse

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


def test_it_is_sent_no_word_that_it_does_not_know() -> None:
    picture = ai.Message("user", (ai.TextPart("see"), ai.ImagePart(url="https://example.org/a.png")))
    sent = body_of(PerplexityAgent, [picture], output=SCHEMA, reasoning="low", system="Be short.", max_tokens=9)
    assert sent == {
        "model": "m",
        "input": [
            {
                "type": "message",
                "role": "user",
                "content": [
                    {"type": "input_text", "text": "see"},
                    {"type": "input_image", "image_url": "https://example.org/a.png"},
                ],
            }
        ],
        "stream": True,
        "instructions": "Be short.",
        "max_output_tokens": 9,
        "reasoning": {"effort": "low"},
        "response_format": {"type": "json_schema", "json_schema": {"name": "output", "schema": SCHEMA, "strict": True}},
    }


@pytest.mark.parametrize("option", [{"temperature": 0.5}, {"top_p": 0.5}, {"logprobs": 1}, {"seed": 1}])
def test_what_it_cannot_do_is_refused(option: dict[str, Any]) -> None:
    with pytest.raises(ai.ConfigError, match=f"{next(iter(option))} is not supported by acme"):
        body_of(PerplexityAgent, **option)


SEARCHED = {
    "type": "search_results",
    "queries": ["rain in Paris"],
    "results": [{"id": 1, "url": "https://a.test", "title": "A", "snippet": "Rain."}],
}
FETCHED = {
    "type": "fetch_url_results",
    "contents": [{"url": "https://a.test/b", "title": "B", "snippet": "More rain."}],
}
CITED = {"type": "url_citation", "url": "https://a.test", "start_index": 0, "end_index": 7}
MESSAGE = {
    "type": "message", "id": "m1", "status": "completed", "role": "assistant",
    "content": [{"type": "output_text", "text": "It rains.", "annotations": [CITED]}],
}  # fmt: skip
ITEMS = [SEARCHED, SEARCHED, FETCHED, MESSAGE]
WHOLE = {"id": "r1", "model": "openai/gpt-5", "status": "completed", "output": ITEMS}


def streamed() -> list[dict[str, Any]]:
    """Without `added` for what was fetched, and with a search whose results come with its end alone."""
    text = {"item_id": "m1", "output_index": 3, "content_index": 0}
    return [
        {"type": "response.created", "response": {"id": "r1", "model": "openai/gpt-5", "status": "in_progress"}},
        {"type": "response.reasoning.search_queries", "queries": ["rain in Paris"]},
        {"type": "response.output_item.added", "output_index": 0, "item": {"type": "search_results", "results": []}},
        {"type": "response.output_item.done", "output_index": 0, "item": SEARCHED},
        {"type": "response.output_item.done", "output_index": 1, "item": SEARCHED},
        {"type": "response.output_item.done", "output_index": 2, "item": FETCHED},
        {"type": "response.output_item.added", "output_index": 3, "item": {**MESSAGE, "content": []}},
        {"type": "response.output_text.delta", **text, "delta": "It rains."},
        {"type": "response.output_text.done", **text, "text": "It rains."},
        {"type": "response.output_item.done", "output_index": 3, "item": MESSAGE},
        {"type": "response.completed", "response": WHOLE},
    ]


@pytest.mark.parametrize("rows", [streamed(), [{"type": "response.completed", "response": WHOLE}]])
def test_searches_and_pages_are_hosted_calls_with_their_results(rows: list[dict[str, Any]]) -> None:
    _, reply = read(OpenAIResponsesParser("perplexity"), sse(rows))
    assert [(call.name, call.arguments) for call in reply.hosted_calls] == [
        ("web_search", {"queries": ["rain in Paris"]}),
        ("web_search", {"queries": ["rain in Paris"]}),
        ("fetch_url", {"urls": ["https://a.test/b"]}),
    ]
    assert [result.call_id for result in reply.hosted_results] == [call.id for call in reply.hosted_calls]
    assert len({call.id for call in reply.hosted_calls}) == 3
    assert '"snippet":"Rain."' in reply.hosted_results[0].content
    assert '"snippet":"More rain."' in reply.hosted_results[2].content
    assert [part.raw for part in reply.parts if isinstance(part, ai.ToolCallPart)] == ITEMS[:3]
    (citation,) = reply.citations
    assert (citation.url, citation.start, citation.end) == ("https://a.test", 0, 7)
    assert (reply.text, reply.tool_calls, reply.finish_reason, reply.warnings) == ("It rains.", (), "stop", ())


def test_what_it_searched_does_not_go_back_because_it_takes_no_such_item() -> None:
    _, reply = read(OpenAIResponsesParser("acme"), sse(streamed()))
    history = [ai.Message("user", "Rain?"), reply.message, ai.Message("user", "Sure?")]
    assert [item["type"] for item in body_of(PerplexityAgent, history)["input"]] == ["message"] * 3


def test_the_seal_of_a_call_goes_back_with_it() -> None:
    call = {
        "type": "function_call", "id": "f1", "call_id": "c1", "name": "add", "arguments": "{}",
        "status": "completed", "thought_signature": "c2VhbA==",
    }  # fmt: skip
    whole = {"model": "m", "status": "completed", "output": [call]}
    _, reply = read(OpenAIResponsesParser("acme"), sse([{"type": "response.completed", "response": whole}]))
    assert reply.warnings == ()
    history = [ai.Message("user", "Add."), reply.message, ai.Message("tool", ai.ToolResultPart("c1", "2"))]
    sent = body_of(PerplexityAgent, history)["input"][1]
    assert sent == {name: value for name, value in call.items() if name not in ("id", "status")}
