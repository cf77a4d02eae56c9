"""Scripted replies that call tools, and tools to call."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import fluent_ai as ai
from fluent_ai.content.reply_writer import ReplyWriter

WAIT = 30.0
OF_TOOLS = (ai.tools.ToolStarted, ai.tools.ToolFinished, ai.tools.ToolProgress)


def turn(*calls: ai.ToolCall, text: str = "", reason: str = "tool_calls") -> list[ai.Event]:
    """The events of a reply that makes these calls."""
    events: list[ai.Event] = []
    writer = ReplyWriter("fake", events.append)
    writer.start("fake", "x")
    if text:
        writer.text(text)
    for call in calls:
        arguments = call.arguments if isinstance(call.arguments, str) else json.dumps(call.arguments)
        writer.call_arguments(writer.start_call(call.id, call.name), arguments)
    writer.usage(ai.Usage(input_tokens=10, output_tokens=5))
    writer.finish(reason, reason)  # type: ignore[arg-type]
    return events


def call(number: int, name: str = "add", /, **arguments: Any) -> ai.ToolCall:
    return ai.ToolCall(str(number), name, arguments)


def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


async def aadd(a: int, b: int) -> int:
    """Add two numbers."""
    await asyncio.sleep(0)
    return a + b


def tools_of(events: list[Any]) -> list[Any]:
    """The events of the tools among those of a run."""
    return [each for each in events if isinstance(each, OF_TOOLS)]
