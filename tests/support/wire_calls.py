"""One reply that calls the tool `add`, as each chat protocol streams it."""

from __future__ import annotations

import json
from typing import Any

from eventstream import event
from scripted_server import Answer, reply, sse, stream

_ARGUMENTS = {"a": 1, "b": 2}
_TEXT = json.dumps(_ARGUMENTS)


def _typed(*events: dict[str, Any]) -> Answer:
    return stream([f"event: {each['type']}\ndata: {json.dumps(each)}\n\n".encode() for each in events])


def _chat() -> Answer:
    call = {"index": 0, "id": "call12345", "type": "function", "function": {"name": "add", "arguments": _TEXT}}
    chunk = {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": None}]}
    end = {"id": "c", "model": "m", "choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]}
    return stream([*sse(chunk, end)])


def _responses() -> Answer:
    item = {"type": "function_call", "id": "f1", "call_id": "c1", "name": "add", "arguments": ""}
    whole = {**item, "arguments": _TEXT, "status": "completed"}
    done = {"status": "completed", "output": [whole]}
    return _typed(
        {"type": "response.created", "response": {"id": "r1", "model": "m", "status": "in_progress"}},
        {"type": "response.output_item.added", "output_index": 0, "item": item},
        {"type": "response.function_call_arguments.delta", "output_index": 0, "item_id": "f1", "delta": _TEXT},
        {"type": "response.function_call_arguments.done", "output_index": 0, "item_id": "f1", "arguments": _TEXT},
        {"type": "response.output_item.done", "output_index": 0, "item": whole},
        {"type": "response.completed", "response": done},
    )


def _mistral() -> Answer:
    call = {"type": "function.call.delta", "id": "f1", "tool_call_id": "call12345", "name": "add", "output_index": 0}
    return _typed(
        {"type": "conversation.response.started", "conversation_id": "conv_1"},
        {**call, "arguments": _TEXT[:5]},
        {**call, "arguments": _TEXT[5:]},
        {"type": "conversation.response.done", "usage": {"prompt_tokens": 1, "completion_tokens": 1}},
    )


def _anthropic() -> Answer:
    block = {"type": "tool_use", "id": "toolu_1", "name": "add", "input": {}}
    delta = {"type": "input_json_delta", "partial_json": _TEXT}
    return _typed(
        {"type": "message_start", "message": {"id": "m1", "model": "m", "usage": {"input_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": block},
        {"type": "content_block_delta", "index": 0, "delta": delta},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 1}},
        {"type": "message_stop"},
    )


def _cohere() -> Answer:
    call = {"id": "c1", "type": "function", "function": {"name": "add", "arguments": ""}}
    more = {"message": {"tool_calls": {"function": {"arguments": _TEXT}}}}
    return _typed(
        {"type": "message-start", "id": "m1", "delta": {"message": {"role": "assistant", "content": []}}},
        {"type": "tool-call-start", "index": 0, "delta": {"message": {"tool_calls": call}}},
        {"type": "tool-call-delta", "index": 0, "delta": more},
        {"type": "tool-call-end", "index": 0},
        {"type": "message-end", "delta": {"finish_reason": "TOOL_CALL"}},
    )


def _gemini() -> Answer:
    content = {"role": "model", "parts": [{"functionCall": {"name": "add", "args": _ARGUMENTS}}]}
    candidate = {"content": content, "finishReason": "STOP", "index": 0}
    return stream([*sse({"candidates": [candidate], "modelVersion": "m", "responseId": "g1"}, done=False)])


def _ollama() -> Answer:
    call = {"function": {"name": "add", "arguments": _ARGUMENTS}}
    rows = [
        {"model": "m", "message": {"role": "assistant", "content": "", "tool_calls": [call]}, "done": False},
        {"model": "m", "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"},
    ]
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    return reply(200, lines, headers={"content-type": "application/x-ndjson"})


def _bedrock() -> Answer:
    rows: list[tuple[str, dict[str, Any]]] = [
        ("messageStart", {"role": "assistant"}),
        ("contentBlockStart", {"contentBlockIndex": 0, "start": {"toolUse": {"toolUseId": "t1", "name": "add"}}}),
        ("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"toolUse": {"input": _TEXT}}}),
        ("contentBlockStop", {"contentBlockIndex": 0}),
        ("messageStop", {"stopReason": "tool_use"}),
    ]
    body = b"".join(event(kind, json.dumps(row).encode()) for kind, row in rows)
    return reply(200, body, headers={"content-type": "application/vnd.amazon.eventstream"})


CALLING: dict[str, Answer] = {
    "openai_chat": _chat(),
    "mistral_conversations": _mistral(),
    "openai_responses": _responses(),
    "perplexity_agent": _responses(),
    "anthropic_messages": _anthropic(),
    "cohere_v2": _cohere(),
    "gemini": _gemini(),
    "ollama_chat": _ollama(),
    "bedrock_converse": _bedrock(),
}
"""Protocol -> its answer that calls `add` with 1 and 2."""
