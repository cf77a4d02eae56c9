"""Token counts: a request has as many tokens as the words of its texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import fluent_ai as ai
from fluent_ai.manifest.schema import Route
from scripted_server import Answer, Sent, reply

VERB = "count_tokens"
ARGUMENTS = ("one two three four",)
OPTIONS: Mapping[str, object] = {"system": "five six"}
NEEDED: Mapping[str, object] = {}


def words(value: object) -> int:
    """The words of all texts in JSON, but for those that name things."""
    if isinstance(value, str):
        return len(value.split())
    if isinstance(value, list):
        return sum(map(words, value))
    if isinstance(value, dict):
        return sum(words(part) for name, part in value.items() if name not in ("model", "role", "type"))
    return 0


def anthropic(sent: Sent) -> Answer:
    body = sent.json()
    return reply(200, {"input_tokens": words(body["messages"]) + words(body.get("system"))})


def openai(sent: Sent) -> Answer:
    body = sent.json()
    tokens = words(body["input"]) + words(body.get("instructions"))
    return reply(200, {"object": "response.input_tokens", "input_tokens": tokens})


def gemini(sent: Sent) -> Answer:
    body = sent.json()["generateContentRequest"]
    return reply(200, {"totalTokens": words(body["contents"]) + words(body.get("systemInstruction"))})


def vertex(sent: Sent) -> Answer:
    body = sent.json()
    tokens = words(body["contents"]) + words(body.get("systemInstruction"))
    return reply(200, {"totalTokens": tokens, "totalBillableCharacters": 4 * tokens})


def bedrock(sent: Sent) -> Answer:
    body = sent.json()["input"]["converse"]
    return reply(200, {"inputTokens": words(body["messages"]) + words(body.get("system"))})


def moonshot(sent: Sent) -> Answer:
    return reply(200, {"code": 0, "data": {"total_tokens": words(sent.json()["messages"])}, "status": True})


def cohere(sent: Sent) -> Answer:
    tokens = list(range(words(sent.json()["text"])))
    return reply(200, {"tokens": tokens, "token_strings": [], "meta": {"api_version": {"version": "1"}}})


def xai(sent: Sent) -> Answer:
    pieces = sent.json()["text"].split()
    rows = [{"token_id": number, "string_token": text, "token_bytes": []} for number, text in enumerate(pieces)]
    return reply(200, {"token_ids": rows})


ANSWERS: Mapping[str, Callable[[Sent], Answer]] = {
    "anthropic_count_tokens": anthropic,
    "bedrock_count_tokens": bedrock,
    "cohere_tokenize": cohere,
    "gemini_count_tokens": gemini,
    "moonshot_token_count": moonshot,
    "openai_input_tokens": openai,
    "vertex_count_tokens": vertex,
    "xai_tokenize_text": xai,
}
OF_TEXTS = ("cohere_tokenize", "xai_tokenize_text")
"""Those that know nothing of conversations."""


def check_result(route: Route, result: Any) -> None:
    assert isinstance(result, ai.TokenCount)
    assert result.usage is None
    if route.protocol in OF_TEXTS:
        assert (result.source, result.exact) == ("tokenizer", False)
        assert result.most > result.tokens >= 4
    else:
        assert (result.source, result.exact) == ("endpoint", True)
        assert result.most == result.tokens in (4, 6)


def check_sent(route: Route, model: str, sent: Sequence[Sent]) -> None:
    (request,) = sent
    body = request.json()
    assert all(body[name] == value for name, value in route.body.items())
    assert not {"stream", "max_tokens", "temperature", "store"} & body.keys()
    assert body.get("model", model) == model
