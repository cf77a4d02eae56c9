"""A text answer of each protocol as its provider streams it, made here: one event or line per text delta."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from _loopback import payloads

Row = Mapping[str, object]


def openai_chat(chunks: int) -> list[bytes]:
    return payloads(chunks)


def openai_responses(chunks: int) -> list[bytes]:
    place = {"item_id": "msg_68a0c1b2d3e4f5", "output_index": 0, "content_index": 0, "logprobs": []}
    ended = {"id": "resp_1", "model": "gpt-5.1", "status": "completed", "usage": {"output_tokens": chunks}}
    return _json(
        {"type": "response.created", "response": {"id": "resp_1", "model": "gpt-5.1"}},
        *(
            {"type": "response.output_text.delta", "sequence_number": number, "delta": f" token{number}", **place}
            for number in range(chunks)
        ),
        {"type": "response.completed", "response": ended},
    )


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
    def row(text: str, written: int, finish: Row) -> Row:
        content = {"parts": [{"text": text}], "role": "model"}
        usage = {"promptTokenCount": 10, "candidatesTokenCount": written, "totalTokenCount": 10 + written}
        head = {"usageMetadata": usage, "modelVersion": "gemini-2.5-flash", "responseId": "A1b2C3d4E5f6"}
        return {"candidates": [{"content": content, "index": 0, **finish}], **head}

    rows = (row(f" token{number}", number, {}) for number in range(chunks))
    return _json(*rows, row("", chunks, {"finishReason": "STOP"}))


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


def ollama_chat(chunks: int) -> list[bytes]:
    def row(text: str, **ended: object) -> Row:
        message = {"role": "assistant", "content": text}
        head = {"model": "llama3.2", "created_at": "2026-01-01T00:00:00.123456Z", "message": message}
        return {**head, "done": bool(ended), **ended}

    rows = (row(f" token{number}") for number in range(chunks))
    return _json(*rows, row("", done_reason="stop", prompt_eval_count=10, eval_count=chunks))


PROTOCOLS = {
    "openai_chat": openai_chat,
    "openai_responses": openai_responses,
    "anthropic_messages": anthropic_messages,
    "gemini": gemini,
    "cohere_v2": cohere_v2,
    "ollama_chat": ollama_chat,
}


def framed(protocol: str, rows: Sequence[bytes]) -> list[bytes]:
    """The payloads as the protocol frames them: lines, or server-sent events, named where it names them."""
    if protocol == "ollama_chat":
        return [row + b"\n" for row in rows]
    if protocol == "openai_chat":
        return [b"data: " + row + b"\n\n" for row in [*rows, b"[DONE]"]]
    if protocol == "gemini":
        return [b"data: " + row + b"\r\n\r\n" for row in rows]
    return [b"event: " + json.loads(row)["type"].encode() + b"\ndata: " + row + b"\n\n" for row in rows]


def _json(*rows: Row) -> list[bytes]:
    return [json.dumps(row, separators=(",", ":")).encode() for row in rows]
