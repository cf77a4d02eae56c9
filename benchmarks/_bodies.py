"""A text answer of each protocol as its provider streams it, made here: one server-sent event per text delta."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from _loopback import payloads

Row = Mapping[str, object]


def openai_chat(chunks: int) -> list[bytes]:
    return payloads(chunks)


def anthropic_messages(chunks: int) -> list[bytes]:
    usage = {"input_tokens": 10, "output_tokens": 1}
    message = {"id": "msg_01", "type": "message", "role": "assistant", "model": "claude", "content": [], "usage": usage}
    return _json(
        {"type": "message_start", "message": message},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        *(
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": f" token{number}"}}
            for number in range(chunks)
        ),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": chunks}},
        {"type": "message_stop"},
    )


def gemini(chunks: int) -> list[bytes]:
    def row(text: str, finish: Row) -> Row:
        content = {"parts": [{"text": text}], "role": "model"}
        usage = {"promptTokenCount": 10, "candidatesTokenCount": 1, "totalTokenCount": 11}
        head = {"usageMetadata": usage, "modelVersion": "gemini-2.5-flash", "responseId": "A1b2C3d4E5f6"}
        return {"candidates": [{"content": content, "index": 0, **finish}], **head}

    return _json(*(row(f" token{number}", {}) for number in range(chunks)), row("", {"finishReason": "STOP"}))


def cohere_v2(chunks: int) -> list[bytes]:
    usage = {"billed_units": {"input_tokens": 10, "output_tokens": 9}, "tokens": {"input_tokens": 10}}
    return _json(
        {"type": "message-start", "id": "c-1", "delta": {"message": {"role": "assistant", "content": []}}},
        {"type": "content-start", "index": 0, "delta": {"message": {"content": {"type": "text", "text": ""}}}},
        *(
            {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": f" token{number}"}}}}
            for number in range(chunks)
        ),
        {"type": "content-end", "index": 0},
        {"type": "message-end", "delta": {"finish_reason": "COMPLETE", "usage": usage}},
    )


PROTOCOLS = {
    "openai_chat": openai_chat,
    "anthropic_messages": anthropic_messages,
    "gemini": gemini,
    "cohere_v2": cohere_v2,
}


def framed(protocol: str, rows: Sequence[bytes]) -> list[bytes]:
    """The payloads as server-sent events, named where the protocol names them."""
    if protocol == "openai_chat":
        return [b"data: " + row + b"\n\n" for row in [*rows, b"[DONE]"]]
    if protocol == "gemini":
        return [b"data: " + row + b"\r\n\r\n" for row in rows]
    return [b"event: " + json.loads(row)["type"].encode() + b"\ndata: " + row + b"\n\n" for row in rows]


def _json(*rows: Row) -> list[bytes]:
    return [json.dumps(row, separators=(",", ":")).encode() for row in rows]
