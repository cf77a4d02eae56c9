"""One reply, "Hello", as each chat protocol streams it; and a list of two models, as any provider lists them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from eventstream import event
from fluent_ai.manifest.schema import ModelList
from scripted_server import Answer, Sent, reply, sse, stream, text_chunks

_EVENT_STREAM = {"content-type": "application/vnd.amazon.eventstream"}
_NDJSON = {"content-type": "application/x-ndjson"}


def _typed(*events: dict[str, Any]) -> list[bytes | float | None]:
    """Server-sent events that are named by their type."""
    return [f"event: {each['type']}\ndata: {json.dumps(each)}\n\n".encode() for each in events]


def _responses(said: str) -> Answer:
    at = {"output_index": 0, "item_id": "m"}
    return stream(
        _typed(
            {"type": "response.created", "response": {"id": "r1", "model": "real-model", "status": "in_progress"}},
            {"type": "response.output_item.added", "output_index": 0, "item": {"type": "message", "id": "m"}},
            {"type": "response.output_text.delta", **at, "delta": said},
            {"type": "response.output_text.done", **at, "text": said},
            {"type": "response.completed", "response": {"status": "completed"}},
        )
    )


def _mistral(said: str) -> Answer:
    return stream(
        _typed(
            {"type": "conversation.response.started", "conversation_id": "conv_1"},
            {"type": "message.output.delta", "id": "m1", "model": "real-model", "output_index": 0, "content": said},
            {"type": "conversation.response.done", "usage": {"prompt_tokens": 1, "completion_tokens": 1}},
        )
    )


def _anthropic(said: str) -> Answer:
    return stream(
        _typed(
            {"type": "message_start", "message": {"id": "m1", "model": "real-model", "usage": {"input_tokens": 1}}},
            {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": said}},
            {"type": "content_block_stop", "index": 0},
            {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 1}},
            {"type": "message_stop"},
        )
    )


def _cohere(said: str) -> Answer:
    return stream(
        _typed(
            {"type": "message-start", "id": "m1", "delta": {"message": {"role": "assistant", "content": []}}},
            {"type": "content-start", "index": 0, "delta": {"message": {"content": {"type": "text", "text": ""}}}},
            {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": said}}}},
            {"type": "content-end", "index": 0},
            {"type": "message-end", "delta": {"finish_reason": "COMPLETE"}},
        )
    )


def _gemini(said: str) -> Answer:
    content = {"role": "model", "parts": [{"text": said}]}
    candidate = {"content": content, "finishReason": "STOP", "index": 0}
    return stream([*sse({"candidates": [candidate], "modelVersion": "real-model", "responseId": "g1"}, done=False)])


def _ollama(said: str) -> Answer:
    rows = [
        {"model": "real-model", "message": {"role": "assistant", "content": said}, "done": False},
        {"model": "real-model", "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"},
    ]
    return reply(200, b"".join(json.dumps(row).encode() + b"\n" for row in rows), headers=_NDJSON)


def _bedrock(said: str) -> Answer:
    rows: list[tuple[str, dict[str, Any]]] = [
        ("messageStart", {"role": "assistant"}),
        ("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": said}}),
        ("contentBlockStop", {"contentBlockIndex": 0}),
        ("messageStop", {"stopReason": "end_turn"}),
    ]
    return reply(200, b"".join(event(kind, json.dumps(row).encode()) for kind, row in rows), headers=_EVENT_STREAM)


def _chat(said: str) -> Answer:
    return stream([*sse(*text_chunks(said))])


SAYING: dict[str, Callable[[str], Answer]] = {
    "openai_chat": _chat,
    "mistral_conversations": _mistral,
    "openai_responses": _responses,
    "perplexity_agent": _responses,
    "anthropic_messages": _anthropic,
    "cohere_v2": _cohere,
    "gemini": _gemini,
    "ollama_chat": _ollama,
    "bedrock_converse": _bedrock,
}
"""Protocol -> its answer that says a text."""
HELLO: dict[str, Answer] = {protocol: say("Hello") for protocol, say in SAYING.items()}
"""Protocol -> its answer to a chat request."""

BARE_ARRAYS = ("github", "together")
_ENVELOPES = {
    "data": "id",
    "models": "name",
    "result": "name",
    "modelSummaries": "modelId",
    "inferenceProfileSummaries": "inferenceProfileId",
    "publisherModels": "name",
}


def model_list(spec: ModelList, names: Sequence[str] = ("one", "two")) -> Callable[[Sent], Answer]:
    """These models under every envelope and name that lists have; further pages and further lists are empty."""
    bare = [{"id": name} for name in names]

    def answer(sent: Sent) -> Answer:
        first = sent.path.partition("?")[0].endswith(spec.path) and "page=2" not in sent.path
        known = names if first else ()
        rows = {key: [{field: name} for name in known] for key, field in _ENVELOPES.items()}
        return reply(200, bare if spec.shape in BARE_ARRAYS else rows)

    return answer
