"""Reasoning over OpenAI Responses: its pieces, its items, and what goes back of them."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols.chat.openai_responses import OpenAIResponses
from fluent_ai.protocols.chat.openai_responses_parser import OpenAIResponsesParser
from protocol_checks import body_of, read
from response_rows import ended, event, item, reply_to

PIECES = [{"type": "summary_text", "text": "**One**\n\na b"}, {"type": "summary_text", "text": "**Two**\n\nc"}]


@pytest.mark.parametrize("told_by", ["summary_index", "the end of a piece"])
def test_pieces_of_a_summary_are_paragraphs_and_go_back_as_they_came(told_by: str) -> None:
    pieces: list[Any] = []
    for number, texts in enumerate((["**One**\n\n", "a b"], ["**Two**\n\nc"])):
        place = {"summary_index": number} if told_by == "summary_index" else {}
        pieces += [event("reasoning_summary_text.delta", delta=text, **place) for text in texts]
        if told_by != "summary_index":
            pieces.append(event("reasoning_summary_text.done", text="".join(texts)))
    sealed = {"type": "reasoning", "id": "rs", "summary": PIECES, "encrypted_content": "E"}
    _, reply = reply_to(
        item("added", type="reasoning", id="rs"), *pieces, item("done", **sealed),
        event("output_text.delta", 1, "m", delta="yes"), ended(),
    )  # fmt: skip
    assert reply.reasoning == "**One**\n\na b\n\n**Two**\n\nc"
    assert [type(part).__name__ for part in reply.parts] == ["ReasoningPart", "TextPart"]
    back = {"type": "reasoning", "summary": PIECES, "encrypted_content": "E"}
    history = [ai.Message("user", "q"), reply.message, ai.Message("user", "and?")]
    model, provider = "gpt-5.1", "openai"
    assert body_of(OpenAIResponses, history, model=model, provider=provider)["input"][1] == back
    whole = {"id": "r", "model": "gpt-5.1", "status": "completed", "output": [sealed, {"type": "message", "content": [
        {"text": "yes"}
    ]}]}  # fmt: skip
    _, again = read(OpenAIResponsesParser("openai"), json.dumps(whole).encode())
    assert (again.reasoning, again.text) == (reply.reasoning, "yes")
    assert (
        body_of(OpenAIResponses, [history[0], again.message, history[2]], model=model, provider=provider)["input"][1]
        == back
    )


def test_each_item_of_reasoning_is_a_part_of_its_own() -> None:
    items = [
        {
            "type": "reasoning",
            "id": name,
            "summary": [{"type": "summary_text", "text": name}],
            "encrypted_content": name,
        }
        for name in "ab"
    ]
    streamed = [
        row
        for number, found in enumerate(items)
        for row in (event("reasoning_summary_text.delta", number, delta=found["id"]), item("done", number, **found))
    ]
    _, reply = reply_to(*streamed, ended(output=items))
    assert reply.reasoning == "a\n\nb"
    assert [(part.redacted, part.raw) for part in reply.parts if isinstance(part, ai.ReasoningPart)] == [
        ("a", None), ("b", None),
    ]  # fmt: skip


def test_reasoning_that_is_no_summary_goes_back_as_content() -> None:
    content = [{"type": "reasoning_text", "text": "hm"}]
    sealed = {"type": "reasoning", "id": "rs", "summary": [], "content": content, "encrypted_content": "E"}
    _, reply = reply_to(event("reasoning_text.delta", delta="hm"), item("done", **sealed), *[
        event("output_text.delta", 1, delta="yes"), ended()
    ])  # fmt: skip
    history = [ai.Message("user", "q"), reply.message, ai.Message("user", "and?")]
    sent = body_of(OpenAIResponses, history, model="gpt-oss", provider="openai")["input"][1]
    assert sent == {"type": "reasoning", "summary": [], "content": content, "encrypted_content": "E"}


def test_fields_of_another_type_end_no_reply() -> None:
    odd = {"type": "reasoning", "id": "rs", "summary": "none", "encrypted_content": "E"}
    _, reply = reply_to(item("done", **odd), event("output_text.delta", 1, delta="yes"), ended())
    assert [(part.redacted, part.raw) for part in reply.parts if isinstance(part, ai.ReasoningPart)] == [("E", None)]
    assert reply.text == "yes"
