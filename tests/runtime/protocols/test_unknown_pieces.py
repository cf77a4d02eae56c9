"""What a reply holds that is not known here: kept as it came, told once, and nothing else changes by it."""

from __future__ import annotations

import base64
import json
from typing import Any

import fluent_ai as ai
import pytest
from eventstream import event
from fluent_ai.protocols.chat.anthropic_messages_parser import AnthropicMessagesParser
from fluent_ai.protocols.chat.bedrock_converse import BedrockConverse
from fluent_ai.protocols.chat.bedrock_converse_parser import BedrockConverseParser
from fluent_ai.protocols.chat.cohere_v2_parser import CohereV2Parser
from fluent_ai.protocols.chat.ollama_chat_parser import OllamaChatParser
from fluent_ai.protocols.chat.openai_chat_parser import OpenAIChatParser
from fluent_ai.protocols.chat.openai_responses_parser import OpenAIResponsesParser
from fluent_ai.protocols.chat.reading.unknown_fields import BESIDE
from protocol_checks import body_of, fail, read, sse

MAP = {"thought_map": {"nodes": [1], "note": "a"}}
MORE = {"thought_map": {"nodes": [2], "note": "b"}}
GROWN = {"thought_map": {"nodes": [1, 2], "note": "ab"}}


def kept(reply: ai.Reply) -> list[tuple[str, Any]]:
    return [(part.kind, part.raw) for part in reply.parts if isinstance(part, ai.UnknownPart)]


def chat(*deltas: dict[str, Any], finish: str = "stop") -> ai.Reply:
    rows = [{"id": "i", "model": "m", "choices": [{"index": 0, "delta": delta}]} for delta in deltas]
    end = {"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]}
    return read(OpenAIChatParser("acme"), sse([*rows, end]))[1]


@pytest.mark.parametrize(
    "before",
    [
        pytest.param([], id="in the first chunk"),
        pytest.param([{"content": "x"}], id="after text alone"),
        pytest.param([{"content": "x"}, {"reasoning_content": "hm"}], id="after reasoning"),
    ],
)
@pytest.mark.parametrize("text", ["", "Hello"], ids=["alone", "beside text"])
def test_a_field_of_deltas_grows_into_one_piece(before: list[dict[str, Any]], text: str) -> None:
    reply = chat(*before, {"content": text, **MAP}, {"content": "!", **MORE})
    assert kept(reply) == [("thought_map", GROWN)]
    assert [warning.split("'")[1] for warning in reply.warnings] == ["thought_map"]
    assert reply.text == "x" * bool(before) + text + "!"


def test_a_server_whose_deltas_hold_more_is_watched_where_they_say_nothing() -> None:
    reply = chat(
        {"content": "a"}, {"content": "b", "token_id": 7}, {"content": "", **MAP}, {"content": "c", "name": "x"}
    )
    assert (reply.text, kept(reply)) == ("abc", [("thought_map", MAP)])


@pytest.mark.parametrize("field", sorted(BESIDE))
def test_what_recorded_servers_send_beside_is_no_news(field: str) -> None:
    reply = chat({"content": "a", field: "told"}, {"content": "b", field: {"told": 1}}, {"content": "", field: 3})
    assert (reply.text, kept(reply), reply.warnings) == ("ab", [], ())


def test_a_field_beside_others_of_another_type() -> None:
    rows = [{"choices": [{"delta": {"content": "a"}}]}] * 2
    odd = {"choices": [{"delta": {"content": "b", **MAP}, "logprobs": 3}]}
    end = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    _, reply = read(OpenAIChatParser("acme"), sse([*rows, odd, end]))
    assert (reply.text, kept(reply)) == ("aab", [("thought_map", MAP)])


def test_empty_values_are_no_news() -> None:
    reply = chat({"content": "a", "riddle": None}, {"content": "b", "riddle": [], "enigma": ""})
    assert (reply.text, kept(reply), reply.warnings) == ("ab", [], ())


def test_a_field_of_a_whole_message() -> None:
    message = {"role": "assistant", "content": "Hello", **MAP}
    body = {"id": "i", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
    reply = read(OpenAIChatParser("acme"), json.dumps(body).encode())[1]
    assert (reply.text, kept(reply), len(reply.warnings)) == ("Hello", [("thought_map", MAP)], 1)


def test_a_choice_that_is_not_read_is_not_told() -> None:
    rows = [{"choices": [{"index": 0, "delta": {"content": "a"}}, {"index": 1, "delta": {"content": "b", **MAP}}]}]
    end = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    reply = read(OpenAIChatParser("acme"), sse([*rows, *rows, end]))[1]
    assert (reply.text, kept(reply)) == ("aa", [])


def test_an_error_beside_text_ends_the_reply() -> None:
    rows = [{"choices": [{"delta": {"content": "a"}}]}] * 2
    error = {"error": {"message": "the host is gone"}, "choices": [{"delta": {"content": "b"}}]}
    _, raised = fail(OpenAIChatParser("acme"), sse([*rows, error]))
    assert "the host is gone" in str(raised)
    assert isinstance(raised.partial, ai.Reply)
    assert raised.partial.text == "aab"


def lines(*rows: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_a_field_of_ollama() -> None:
    start = {"model": "m", "message": {"role": "assistant", "content": "a"}, "done": False}
    rows = [{"message": {"role": "assistant", "content": "", **piece}, "done": False} for piece in (MAP, MORE)]
    _, reply = read(OllamaChatParser("acme"), lines(start, *rows, {"done": True, "done_reason": "stop"}))
    assert (reply.text, kept(reply), len(reply.warnings)) == ("a", [("thought_map", GROWN)], 1)


def test_an_image_of_ollama() -> None:
    png = b"\x89PNG\r\n\x1a\n"
    row = {"message": {"role": "assistant", "content": "", "images": [base64.b64encode(png).decode()]}, "done": True}
    _, reply = read(OllamaChatParser("acme"), lines(row))
    assert reply.media == (ai.Media("image/png", png),)
    row["message"] = {"images": ["?"]}
    assert "image of an Ollama answer: not base64" in str(fail(OllamaChatParser("acme"), lines(row))[1])


def cohere(kind: str, **message: Any) -> dict[str, Any]:
    return {"type": kind, "index": 0, "delta": {"message": message}}


def test_fields_and_events_of_cohere() -> None:
    odd = {"type": "map-delta", "delta": {"map": "x"}}
    _, reply = read(
        CohereV2Parser("acme"),
        sse([
            {"type": "message-start", "id": "m"},
            cohere("content-delta", content={"text": "a"}),
            odd,
            cohere("content-delta", content={"text": "b", **MAP}),
            odd,
            cohere("content-delta", content={"text": "c"}, **MORE),
            {"type": "debug", "prompt": "x"},
            {"type": "message-end", "delta": {"finish_reason": "COMPLETE"}},
        ]),
    )  # fmt: skip
    assert reply.text == "abc"
    assert kept(reply) == [("thought_map", GROWN), ("map-delta", {"events": [odd, odd]})]
    assert len(reply.warnings) == 2
    picture = {"type": "picture", "data": "x"}
    message = {"content": [picture, {"type": "text", "text": "a"}], **MAP}
    whole = json.dumps({"id": "m", "message": message, "finish_reason": "COMPLETE"}).encode()
    _, reply = read(CohereV2Parser("acme"), whole)
    assert (reply.text, kept(reply)) == ("a", [("picture", picture), ("thought_map", MAP)])


def test_blocks_of_bedrock_go_back_as_they_came() -> None:
    def frame(kind: str, **payload: Any) -> bytes:
        return event(kind, json.dumps(payload).encode())

    body = b"".join([
        frame("messageStart", role="assistant"),
        frame("contentBlockStart", contentBlockIndex=0, start={"thought_map": {"id": 1}}),
        frame("contentBlockDelta", contentBlockIndex=0, delta=MAP),
        frame("contentBlockDelta", contentBlockIndex=0, delta=MORE),
        frame("contentBlockStop", contentBlockIndex=0),
        frame("contentBlockDelta", contentBlockIndex=1, delta={"text": "a"}),
        frame("contentBlockStop", contentBlockIndex=1),
        frame("messageStop", stopReason="end_turn"),
        frame("metadata", usage={}),
    ])  # fmt: skip
    _, reply = read(BedrockConverseParser("acme", (), "m"), body)
    block = {"thought_map": {"id": 1, "nodes": [1, 2], "note": "ab"}}
    assert (reply.text, kept(reply)) == ("a", [("thought_map", block)])
    assert [warning.split("'")[1] for warning in reply.warnings] == ["thought_map"]
    answer = {"output": {"message": {"content": [{"text": "a"}, block]}}, "stopReason": "end_turn"}
    _, whole = read(BedrockConverseParser("acme", (), "m"), json.dumps(answer).encode())
    assert (whole.text, kept(whole)) == ("a", [("thought_map", block)])
    history = [ai.Message("user", "q"), reply.message, ai.Message("user", "and?")]
    assert body_of(BedrockConverse, history)["messages"][1]["content"] == [block, {"text": "a"}]


def test_pieces_that_only_go_back_are_no_news() -> None:
    block = {"type": "compaction", "content": "what was said"}
    body = {"type": "message", "id": "m", "content": [block], "stop_reason": "end_turn"}
    _, reply = read(AnthropicMessagesParser("acme"), json.dumps(body).encode())
    assert (kept(reply), reply.warnings) == ([("compaction", block)], ())
    item = {"type": "compaction", "id": "c", "encrypted_content": "E"}
    response = {"id": "r", "status": "completed", "output": [item]}
    _, reply = read(OpenAIResponsesParser("acme"), json.dumps(response).encode())
    assert (kept(reply), reply.warnings) == ([("compaction", item)], ())


def test_tools_that_were_searched_are_the_result_of_the_search() -> None:
    found = {"type": "tool_search_output", "id": "o", "call_id": None, "status": "completed", "tools": [{"name": "f"}]}
    search = {
        "type": "tool_search_call",
        "id": "s",
        "call_id": None,
        "status": "completed",
        "arguments": {"paths": ["f"]},
    }
    response = {"id": "r", "status": "completed", "output": [search, found]}
    _, reply = read(OpenAIResponsesParser("acme"), json.dumps(response).encode())
    assert [(call.id, call.name) for call in reply.hosted_calls] == [("s", "tool_search")]
    assert [(result.call_id, result.raw) for result in reply.hosted_results] == [("s", found)]
    assert reply.warnings == ()
