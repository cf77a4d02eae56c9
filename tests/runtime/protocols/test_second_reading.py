"""Side fields of another type end no reply, and halves of a character find each other; content of another type does."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from eventstream import event
from fluent_ai import laws
from fluent_ai.protocols import stream_parser
from hypothesis import given
from hypothesis import strategies as st

FACE = "\N{GRINNING FACE}"
HIGH, LOW = "\ud83d", "\ude00"


def sse(rows: list[Any]) -> bytes:
    return b"".join(b"data: %s\n\n" % json.dumps(row).encode() for row in rows)


def chat(*deltas: dict[str, Any], **fields: Any) -> list[Any]:
    choices = [{"index": 0, "delta": delta} for delta in deltas]
    return [{"id": "i", "model": "m", "choices": [choice], **fields} for choice in choices] + [
        {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    ]


def body(protocol: str, texts: list[str]) -> bytes:
    """A reply with these deltas of text."""
    match protocol:
        case "openai_chat":
            return sse(chat(*({"content": text} for text in texts)))
        case "openai_responses":
            deltas = [{"type": "response.output_text.delta", "output_index": 0, "delta": text} for text in texts]
            return sse([*deltas, {"type": "response.completed", "response": {"status": "completed"}}])
        case "anthropic_messages":
            deltas = [{"type": "content_block_delta", "delta": {"type": "text_delta", "text": text}} for text in texts]
            ends = [{"type": "message_delta", "delta": {"stop_reason": "end_turn"}}, {"type": "message_stop"}]
            return sse([*deltas, *ends])
        case "gemini":
            return sse(
                [{"candidates": [{"content": {"parts": [{"text": text}]}, "finishReason": "STOP"}]} for text in texts]
            )
        case "cohere_v2":
            deltas = [{"type": "content-delta", "delta": {"message": {"content": {"text": text}}}} for text in texts]
            return sse([*deltas, {"type": "message-end", "delta": {"finish_reason": "COMPLETE"}}])
        case "ollama_chat":
            rows: list[Any] = [{"model": "m", "message": {"content": text}} for text in texts]
            return b"".join(json.dumps(row).encode() + b"\n" for row in [*rows, {"done": True, "done_reason": "stop"}])
        case _:
            frames = [event("contentBlockDelta", json.dumps({"delta": {"text": text}}).encode()) for text in texts]
            return b"".join([*frames, event("messageStop", b'{"stopReason": "end_turn"}')])


PROVIDERS = {
    "openai_chat": "openai", "openai_responses": "openai", "anthropic_messages": "anthropic", "gemini": "gemini",
    "cohere_v2": "cohere", "ollama_chat": "ollama", "bedrock_converse": "bedrock",
}  # fmt: skip


def reply(protocol: str, data: bytes) -> ai.Reply:
    parser = stream_parser(PROVIDERS[protocol], protocol=protocol)
    events = parser.feed(data) + parser.finish()
    laws.validate(events)
    return ai.fold(events)


@pytest.mark.parametrize("protocol", PROVIDERS)
@pytest.mark.parametrize(
    ("texts", "text"),
    [
        ((f"a{HIGH}", f"{LOW}b"), f"a{FACE}b"),
        ((f"a{HIGH}{LOW}{HIGH}", f"{LOW}", "b"), f"a{FACE}{FACE}b"),
        ((f"a{LOW}b",), "a\N{REPLACEMENT CHARACTER}b"),
        ((f"{HIGH}b",), "\N{REPLACEMENT CHARACTER}b"),
        (("a", "b"), "ab"),
    ],
)
def test_halves_of_a_character_are_joined(protocol: str, texts: tuple[str, ...], text: str) -> None:
    assert reply(protocol, body(protocol, list(texts))).text == text


@given(st.lists(st.text(st.sampled_from([*"ab", HIGH, LOW, FACE]), max_size=4), max_size=6))
def test_any_halves_give_whole_characters(texts: list[str]) -> None:
    found = reply("openai_chat", body("openai_chat", texts)).text
    found.encode()
    assert found.replace("\N{REPLACEMENT CHARACTER}", "").replace(FACE, "") == "".join(
        text for text in "".join(texts) if text in "ab"
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("logprobs", -0.17), ("finish_reason", 3), ("index", "0"), ("index", 0.0), ("logprobs", {"content": 1})],
)
def test_side_fields_of_a_choice(field: str, value: object) -> None:
    rows = chat({"content": "Hi"})
    rows[0]["choices"][0][field] = value
    assert reply("openai_chat", sse(rows)).text == "Hi"


@pytest.mark.parametrize(("field", "value"), [("id", 7), ("model", 1.5), ("model", ["m"]), ("id", {"a": 1})])
def test_side_fields_of_a_chunk(field: str, value: object) -> None:
    found = reply("openai_chat", sse(chat({"content": "Hi"}, **{field: value})))
    assert found.text == "Hi"
    assert getattr(found, field) == (json.dumps(value) if isinstance(value, int | float) else None)


def test_numbers_for_the_ids_of_calls() -> None:
    call = {"index": "0", "id": 0, "function": {"name": "now", "arguments": "{}"}}
    (made,) = reply("openai_chat", sse(chat({"tool_calls": [call]}))).tool_calls
    assert (made.id, made.name) == ("0", "now")


def test_a_probability_that_is_no_number() -> None:
    row = (
        b'{"choices": [{"delta": {"content": "Hi"}, "logprobs": {"content": [{"token": "Hi", "logprob": -Infinity}]}}]}'
    )
    found = reply("openai_chat", b"data: %s\n\n" % row + sse(chat()))
    assert (found.text, found.logprobs) == ("Hi", (ai.TokenLogprob("Hi", float("-inf")),))


@pytest.mark.parametrize(
    "row",
    [
        {"choices": 3},
        {"choices": [{"delta": "Hi"}]},
        {"choices": [{"delta": {"reasoning_content": 3}}]},
        {"choices": [{"delta": {"tool_calls": "f"}}]},
    ],
)
def test_what_the_reply_is_made_of_must_be_right(row: object) -> None:
    with pytest.raises(ai.ProtocolError, match=r"chat completion: .*\$.choices"):
        reply("openai_chat", sse([*chat({"content": "a"})[:1], row]))


@pytest.mark.parametrize("row", [{"candidates": [None]}, {"candidates": [{"content": {"parts": [None]}}]}])
def test_null_is_no_member_of_a_list_of_objects(row: dict[str, Any]) -> None:
    parser = stream_parser("gemini")
    with pytest.raises(ai.ProtocolError):
        parser.feed(sse([row | {"responseId": 5}]))
        parser.finish()
