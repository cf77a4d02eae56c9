"""What the tools of Groq's compound systems did: https://console.groq.com/docs/agentic-tooling."""

from __future__ import annotations

import msgspec

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply_writer import ReplyWriter


class ExecutedTools:
    """Hosted calls and their results. They are written at the end: the reasoning that they stand in is one text."""

    __slots__ = ("_tools", "_writer")

    def __init__(self, writer: ReplyWriter) -> None:
        self._writer = writer
        self._tools: dict[int, JsonObject] = {}

    def add(self, tools: object) -> None:
        """A tool is told when it is called, and again with its output."""
        for number, tool in enumerate(tools if isinstance(tools, list) else ()):
            if isinstance(tool, dict):
                place = tool.get("index")
                place = place if isinstance(place, int) else number
                self._tools[place] = {**self._tools.get(place, {}), **tool}

    def end(self) -> None:
        for tool in self._tools.values():
            name, given, output = tool.get("name") or tool.get("type"), tool.get("arguments"), tool.get("output")
            part = self._writer.start_call("", str(name or ""), hosted=True)
            call_id = self._writer.fold.parts[part].call_id
            if given:
                text = given if isinstance(given, str) else msgspec.json.encode(given).decode()
                self._writer.call_arguments(part, text)
            self._writer.end_call(part)
            if isinstance(output, str) and output:
                self._writer.hosted_result(call_id, output, False, tool)
        self._tools = {}
