"""The events of OpenAI Responses as its server streams them, written by hand."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
from fluent_ai.protocols.chat.openai_responses_parser import OpenAIResponsesParser
from protocol_checks import read, sse

CREATED = {"type": "response.created", "response": {"id": "resp_1", "model": "gpt-5.1-2025-11-13", "status": "queued"}}


def ended(status: str = "completed", **fields: Any) -> dict[str, Any]:
    return {"type": f"response.{status}", "response": {"status": status, **fields}}


def event(kind: str, index: int | None = 0, item_id: str | None = "i", **fields: Any) -> dict[str, Any]:
    return {"type": f"response.{kind}", "output_index": index, "item_id": item_id, **fields}


def item(kind: str, index: int | None = 0, **fields: Any) -> dict[str, Any]:
    return {"type": f"response.output_item.{kind}", "output_index": index, "item": fields}


def reply_to(*events: Any) -> tuple[list[ai.Event], ai.Reply]:
    return read(OpenAIResponsesParser("openai"), sse([CREATED, *events]))
