"""Scripted replies that call tools, and tools to call."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fluent_ai as ai
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.schema import Auth, Route

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


class Talking:
    """A model that ends its turn only when `go_on` is set, after it has made its call."""

    def __init__(self, go_on: threading.Event) -> None:
        self.go_on = go_on
        self.turns = 0

    def chat_model(self, model: str) -> Talking:
        return self

    def run(self, request: ai.ChatRequest, emit: Emit[ai.Event]) -> None:
        self.turns += 1
        writer = ReplyWriter("talking", emit)
        writer.start("talking", "x")
        if self.turns == 1:
            part = writer.start_call("1", "tell")
            writer.call_arguments(part, "{}")
            writer.end_call(part)
            writer.text("meanwhile")
            assert self.go_on.wait(WAIT), "the tool did not start while the reply was written"
        else:
            writer.text("done")
        writer.finish("tool_calls" if self.turns == 1 else "stop", None)


@contextmanager
def talking(go_on: threading.Event) -> Iterator[Talking]:
    """The provider `talking`, whose first reply calls the tool `tell` and ends once `go_on` is set."""
    model = Talking(go_on)
    auth, route = Auth(scheme="none", required=False), Route(protocol="worker")
    ai.register_provider(ai.Manifest(id="talking", name="T", docs="", auth=auth, chat=(route,)), lambda: model)
    try:
        yield model
    finally:
        ai.unregister_provider("talking")
