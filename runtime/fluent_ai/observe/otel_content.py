"""Prompts and answers in the JSON form of the GenAI semantic conventions; files only by their kind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from fluent_ai.content.parts import ReasoningPart, TextPart, ToolCallPart, ToolResultPart
from fluent_ai.content.reply import Reply
from fluent_ai.content.requests import ChatRequest


def input_messages(request: ChatRequest) -> str:
    """`gen_ai.input.messages`."""
    return _json({"role": each.role, "parts": _parts(each.parts)} for each in request.messages)


def system_instructions(request: ChatRequest) -> str | None:
    """`gen_ai.system_instructions`."""
    return None if request.system is None else _json([{"type": "text", "content": request.system}])


def output_messages(reply: Reply) -> str:
    """`gen_ai.output.messages`."""
    reason = {"tool_calls": "tool_call"}.get(reply.finish_reason or "", reply.finish_reason)
    return _json([{"role": "assistant", "parts": _parts(reply.parts), "finish_reason": reason or "error"}])


def _parts(parts: Iterable[object]) -> list[dict[str, Any]]:
    return [_part(part) for part in parts]


def _part(part: object) -> dict[str, Any]:
    if isinstance(part, TextPart):
        return {"type": "text", "content": part.text}
    if isinstance(part, ReasoningPart):
        return {"type": "reasoning", "content": part.text}
    if isinstance(part, ToolCallPart):
        call = part.call
        return {"type": "tool_call", "id": call.id, "name": call.name, "arguments": call.arguments}
    if isinstance(part, ToolResultPart):
        return {"type": "tool_call_response", "id": part.call_id, "response": str(part.content)}
    return {"type": type(part).__name__.removesuffix("Part").lower()}


def _json(messages: Iterable[object]) -> str:
    return json.dumps(list(messages), ensure_ascii=False, default=str)
