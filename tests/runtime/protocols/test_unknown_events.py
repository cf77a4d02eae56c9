"""Events and fields of kinds that are not known: kept at the end of the reply, told once, and never sent back."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from eventstream import event as frame
from fluent_ai.protocols.chat.anthropic_messages import AnthropicMessages
from fluent_ai.protocols.chat.anthropic_messages_parser import AnthropicMessagesParser
from fluent_ai.protocols.chat.bedrock_converse import BedrockConverse
from fluent_ai.protocols.chat.bedrock_converse_parser import BedrockConverseParser
from fluent_ai.protocols.chat.cohere_v2 import CohereV2
from fluent_ai.protocols.chat.cohere_v2_parser import CohereV2Parser
from fluent_ai.protocols.chat.gemini import Gemini
from fluent_ai.protocols.chat.gemini_parser import GeminiParser
from fluent_ai.protocols.chat.openai_responses import OpenAIResponses
from fluent_ai.protocols.chat.openai_responses_parser import OpenAIResponsesParser
from protocol_checks import body_of, fail, read, sse
from response_rows import ended, event, item, reply_to

QUESTION = ai.Message("user", "q")
NEWS: list[dict[str, Any]] = [
    {"riddle": {"nodes": [1]}},
    {"delta": 3, "response": "x", "text": [1], "arguments": {}, "start": 4, "item": 5, "message": 6},
]
"""The second is of other types in every field that is read elsewhere."""


def anthropic(*events: dict[str, Any]) -> ai.Reply:
    start = {"type": "message_start", "message": {"id": "m", "model": "claude-x"}}
    text = {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "a"}}
    end = [{"type": "message_delta", "delta": {"stop_reason": "end_turn"}}, {"type": "message_stop"}]
    return read(AnthropicMessagesParser("acme"), sse([start, text, *events, text, *end]))[1]


def responses(*events: dict[str, Any]) -> ai.Reply:
    return reply_to(event("output_text.delta", delta="a"), *events, event("output_text.delta", delta="a"), ended())[1]


def cohere(*events: dict[str, Any]) -> ai.Reply:
    text = {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "a"}}}}
    end = {"type": "message-end", "delta": {"finish_reason": "COMPLETE"}}
    return read(CohereV2Parser("acme"), sse([{"type": "message-start", "id": "m"}, text, *events, text, end]))[1]


def bedrock(*events: dict[str, Any]) -> ai.Reply:
    text = {"type": "contentBlockDelta", "contentBlockIndex": 0, "delta": {"text": "a"}}
    rows = [{"type": "messageStart"}, text, *events, text, {"type": "messageStop", "stopReason": "end_turn"}]
    body = b"".join(frame(row["type"], json.dumps(row).encode()) for row in rows)
    return read(BedrockConverseParser("acme", (), "claude-x"), body)[1]


PROTOCOLS = [
    pytest.param(anthropic, AnthropicMessages, "acme", id="anthropic"),
    pytest.param(responses, OpenAIResponses, "openai", id="responses"),
    pytest.param(cohere, CohereV2, "acme", id="cohere"),
    pytest.param(bedrock, BedrockConverse, "acme", id="bedrock"),
]


@pytest.mark.parametrize(("reply_with", "protocol", "provider"), PROTOCOLS)
def test_an_event_of_a_new_kind_is_kept_and_told_and_stays_here(reply_with: Any, protocol: Any, provider: str) -> None:
    news = [{"type": "aurora", **fields} for fields in NEWS]
    reply = reply_with(*news)
    assert reply.text == "aa"
    assert reply.finish_reason == "stop"
    (part,) = (part for part in reply.parts if isinstance(part, ai.UnknownPart))
    assert (part.kind, part.raw) == ("aurora", {"events": news})
    assert [warning.split("'")[1] for warning in reply.warnings] == ["aurora"]
    model = reply.model or "claude-x"
    sent = body_of(protocol, [QUESTION, reply.message, QUESTION], model=model, provider=provider)
    assert "aurora" not in json.dumps(sent)
    assert "aa" in json.dumps(sent)


@pytest.mark.parametrize(("reply_with", "protocol", "provider"), PROTOCOLS)
def test_a_known_event_that_makes_no_sense_is_still_an_error(reply_with: Any, protocol: Any, provider: str) -> None:
    odd = {
        "anthropic_messages": {"type": "content_block_delta", "delta": 3},
        "openai_responses": {"type": "response.completed", "response": 3},
        "cohere_v2": {"type": "content-delta", "delta": 3},
        "bedrock_converse": {"type": "contentBlockDelta", "delta": 3},
    }[protocol.__module__.rpartition(".")[2]]
    with pytest.raises(ai.ProtocolError):
        reply_with(odd)


@pytest.mark.parametrize(
    "kind",
    [
        "response.created", "response.in_progress", "response.content_part.added", "response.refusal.done",
        "response.reasoning_summary_part.done", "response.image_generation_call.partial_image",
        "response.web_search_call.searching", "response.mcp_list_tools.failed", "response.x_search_call.in_progress",
        "response.code_interpreter_call_code.delta", "response.shell_call_output_content.delta", "keepalive", "ping",
    ],
)  # fmt: skip
def test_events_of_responses_that_say_nothing_new_are_silent(kind: str) -> None:
    reply = responses({"type": kind, "delta": "x", "sequence_number": 4})
    assert (reply.parts, reply.warnings) == ((ai.TextPart("aa"),), ())


def test_the_thoughts_of_perplexity_are_reasoning() -> None:
    found = {"type": "search_results", "queries": ["q"], "results": [{"url": "https://x.test"}]}
    _, reply = reply_to(
        {"type": "response.reasoning.started", "thought": "Let me search."},
        {"type": "response.reasoning.search_queries", "thought": "Twice.", "queries": ["q"]},
        {"type": "response.reasoning.search_results", "results": []},
        {"type": "response.reasoning.stopped"},
        item("done", 0, **found),
        event("output_text.delta", 1, delta="yes"),
        ended(),
    )
    assert (reply.reasoning, reply.text, reply.warnings) == ("Let me search.\n\nTwice.", "yes", ())
    assert [part.raw for part in reply.parts if isinstance(part, ai.ToolCallPart)] == [found]


def test_an_error_without_a_body_of_its_own_ends_the_reply() -> None:
    start = {"type": "message_start", "message": {"id": "m", "model": "claude-x"}}
    _, error = fail(AnthropicMessagesParser("acme"), sse([start, {"type": "error", "message": "the host is gone"}]))
    assert "the host is gone" in str(error)


def test_deltas_of_a_new_kind_and_the_input_of_a_new_block() -> None:
    odd = {"type": "content_block_delta", "index": 0, "delta": {"type": "mood_delta", "mood": "x"}}
    reply = anthropic(
        odd,
        {"type": "content_block_start", "index": 1, "content_block": {"type": "riddle", "input": {}}},
        *(
            {"type": "content_block_delta", "index": 1, "delta": {"type": "input_json_delta", "partial_json": text}}
            for text in ('{"a":', "1}")
        ),
        {"type": "content_block_stop", "index": 1},
        odd,
    )
    assert [(part.kind, part.raw) for part in reply.parts if isinstance(part, ai.UnknownPart)] == [
        ("riddle", {"type": "riddle", "input": {"a": 1}}),
        ("mood_delta", {"events": [odd, odd]}),
    ]
    assert len(reply.warnings) == 2


@pytest.mark.parametrize("streamed", [True, False])
def test_what_anthropic_says_of_a_block_goes_back_with_it(streamed: bool) -> None:
    caller = {"type": "code_execution_20250825", "tool_id": "srvtoolu_1"}
    blocks: list[dict[str, Any]] = [
        {"type": "thinking", "thinking": "hm", "signature": "S", "mood": "calm"},
        {"type": "text", "text": "a", "citations": [{"url": "https://x.test", "title": "X"}], "mood": "calm"},
        {"type": "tool_use", "id": "toolu_1", "name": "f", "input": {"x": 1}, "caller": caller},
    ]
    if streamed:
        reply = anthropic(
            {"type": "content_block_stop", "index": 0},
            *({"type": "content_block_start", "index": place, "content_block": block}
              for place, block in enumerate(blocks)),
            {"type": "content_block_stop", "index": 2},
        )  # fmt: skip
    else:
        body = {"type": "message", "id": "m", "model": "claude-x", "content": blocks, "stop_reason": "tool_use"}
        reply = read(AnthropicMessagesParser("acme"), json.dumps(body).encode())[1]
    assert [warning.split("'")[1] for warning in reply.warnings] == ["mood"]
    history = [QUESTION, reply.message, ai.Message("tool", (ai.ToolResultPart("toolu_1", "2"),))]
    sent = body_of(AnthropicMessages, history, model="claude-x")["messages"][1]["content"]
    assert [block for block in blocks if block in sent] == blocks
    elsewhere = body_of(AnthropicMessages, history, model="claude-x", provider="another")
    assert "calm" not in json.dumps(elsewhere)
    assert "srvtoolu_1" not in json.dumps(elsewhere)


def test_fields_of_gemini_that_are_new() -> None:
    def row(*parts: Any, **fields: Any) -> dict[str, Any]:
        return {"candidates": [{"content": {"parts": list(parts)}, **fields}], "modelVersion": "gemini-x"}

    rows = [
        row({"text": "a"}, safetyRatings=[{"category": "C", "probability": "LOW"}], avgLogprobs=-0.5),
        row({"text": "b", "mood": "calm"}, {"text": "!", "partMetadata": {"x": 1}}),
        row({"riddle": "x"}, {"text": "c"}, mood="tense", aura=None),
        row({"text": "d"}, finishReason="STOP", finishMessage="done"),
    ]
    _, reply = read(GeminiParser("acme"), sse(rows))
    assert reply.text == "ab!cd"
    kept = {part.kind: part.raw for part in reply.parts if isinstance(part, ai.UnknownPart)}
    assert kept == {"riddle": {"riddle": "x"}, "mood": {"events": [{"mood": "calm"}, {"mood": "tense"}]}}
    assert sorted(warning.split("'")[1] for warning in reply.warnings) == ["mood", "riddle"]
    sent = body_of(Gemini, [QUESTION, reply.message, QUESTION], model="gemini-x")["contents"][1]["parts"]
    assert sent == [{"text": "ab!"}, {"riddle": "x"}, {"text": "cd"}]


def test_the_phase_of_a_message_and_the_namespace_of_a_call_go_back() -> None:
    call = {"type": "function_call", "id": "f", "call_id": "c", "name": "f", "arguments": "{}", "namespace": "crm"}
    first: dict[str, Any] = {"type": "message", "id": "m", "role": "assistant", "phase": "commentary", "content": []}
    text = {
        "type": "output_text",
        "text": "I look.",
        "annotations": [{"type": "url_citation", "url": "https://x.test"}],
    }
    last = {**first, "id": "n", "phase": "final_answer", "content": [{"type": "output_text", "text": "Done."}]}
    streamed = [
        item("added", 0, **first),
        event("output_text.delta", 0, "m", delta="I look."),
        event("output_text.annotation.added", 0, "m", annotation=text["annotations"][0]),
        event("output_text.done", 0, "m", text="I look."),
        item("done", 0, **{**first, "content": [text]}),
        item("done", 1, **last),
        item("done", 2, **call),
    ]
    whole = ended(output=[{**first, "content": [text]}, last, call])
    for events in ([*streamed, whole], [whole]):
        _, reply = reply_to(*events)
        assert reply.warnings == ()
        model = reply.model or ""
        history = [reply.message, ai.Message("tool", (ai.ToolResultPart("c", "1"),))]
        said, done, called, _ = body_of(OpenAIResponses, history, model=model, provider="openai")["input"]
        assert (said["content"], said["phase"]) == ("I look.", "commentary")
        assert (done["content"], done["phase"]) == ("Done.", "final_answer")
        assert called["namespace"] == "crm"
        foreign = body_of(OpenAIResponses, history, model=model, provider="azure")["input"]
        assert "phase" not in json.dumps(foreign)
        assert "crm" not in json.dumps(foreign)


def test_content_of_a_message_that_is_new() -> None:
    riddle = {"type": "riddle", "answer": 42}
    message = {"type": "message", "content": [{"type": "output_text", "text": "a"}, riddle]}
    wrapped = {"type": "message", "role": "assistant", "content": [riddle]}
    for events in ([item("done", 0, **message), ended()], [ended(output=[message])]):
        _, reply = reply_to(*events)
        assert [part.raw for part in reply.parts if isinstance(part, ai.UnknownPart)] == [wrapped]
        assert (reply.text, len(reply.warnings)) == ("a", 1)


def test_news_before_the_reply_starts_comes_after_its_start() -> None:
    news = {"type": "aurora", "x": 1}
    _, reply = read(OpenAIResponsesParser("openai"), sse([news, ended(output=[])]))
    assert isinstance(reply.parts[0], ai.UnknownPart)
    _, reply = read(AnthropicMessagesParser("acme"), sse([news, {"type": "message_stop"}]))
    assert isinstance(reply.parts[0], ai.UnknownPart)
