"""Tools, calls and results in the form that a chat template takes, or as texts where it takes none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, takewhile
from typing import Any

import msgspec

from fluent_ai_local.text.chat_template import ChatTemplate
from fluent_ai_local.text.template_messages import TemplateMessage
from fluent_ai_local.text.tool_formats import FORMATS, ToolFormat


def adapt(
    messages: Sequence[TemplateMessage],
    tools: Sequence[TemplateMessage],
    template: ChatTemplate,
    row: ToolFormat | None,
) -> list[TemplateMessage]:
    """The messages for `template`. Where that has no place for `tools`, they are described in the first message."""
    found = [*messages]
    if any("tool_calls" in message or message["role"] == "tool" for message in found):
        row = row or FORMATS["hermes"]
        found = _numbered(found, row)
        if not template.takes_calls:
            found = _as_texts(found, row)
        elif not template.takes_several_calls:
            found = _one_by_one(found)
        # Where a turn is either text or calls, and no two of the assistant's follow each other, the text is lost.
        if template.takes_calls and not template.takes_text_with_calls and template.takes_text_before_calls:
            found = [part for message in found for part in _split(message)]
    if tools and row is not None and not template.takes_tools:
        found = _described(found, tools, row, template)
    return found


def _numbered(messages: list[TemplateMessage], row: ToolFormat) -> list[TemplateMessage]:
    """Calls with the ids that the model would give them."""
    if not row.call_id:
        return messages
    ids: dict[str, str] = {}
    numbers = count()
    found = []
    for message in messages:
        calls = []
        for call in message.get("tool_calls", ()):
            ids[call["id"]] = row.call_id.format(n=next(numbers), name=call["function"]["name"])
            calls.append({**call, "id": ids[call["id"]]})
        message = {**message, "tool_calls": calls} if calls else message
        if message.get("tool_call_id") in ids:
            message = {**message, "tool_call_id": ids[message["tool_call_id"]]}
        found.append(message)
    return found


def _as_texts(messages: list[TemplateMessage], row: ToolFormat) -> list[TemplateMessage]:
    found: list[TemplateMessage] = []
    for message in messages:
        if calls := message.get("tool_calls"):
            written = row.write([(call["function"]["name"], _json(call["function"]["arguments"])) for call in calls])
            text = f"{message['content']}\n{written}" if message["content"] else written
            found.append({"role": "assistant", "content": text})
        elif message["role"] == "tool":
            text = f"<tool_response>\n{message['content']}\n</tool_response>"
            if found and found[-1].get("results"):
                found[-1]["content"] += f"\n{text}"
            else:
                found.append({"role": "user", "content": text, "results": True})
        else:
            found.append(message)
    return found


def _one_by_one(messages: list[TemplateMessage]) -> list[TemplateMessage]:
    """Each call in a message of its own, followed by its result."""
    found: list[TemplateMessage] = []
    at = 0
    while at < len(messages):
        message = messages[at]
        at += 1
        calls = message.get("tool_calls", ())
        if len(calls) < 2:
            found.append(message)
            continue
        results = list(takewhile(lambda each: each["role"] == "tool", messages[at:]))
        at += len(results)
        for number, call in enumerate(calls):
            found.append({**message, "tool_calls": [call], "content": None if number else message["content"]})
            found += [each for each in results if each["tool_call_id"] == call["id"]]
        ids = {call["id"] for call in calls}
        found += [each for each in results if each["tool_call_id"] not in ids]
    return found


def _split(message: TemplateMessage) -> list[TemplateMessage]:
    if not message.get("tool_calls") or not message["content"]:
        return [message]
    return [{"role": "assistant", "content": message["content"]}, {**message, "content": None}]


def _described(
    messages: list[TemplateMessage], tools: Sequence[TemplateMessage], row: ToolFormat, template: ChatTemplate
) -> list[TemplateMessage]:
    listed = "\n".join(_json(tool) for tool in tools)
    text = (
        "# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with "
        f"function signatures within <tools></tools> XML tags:\n<tools>\n{listed}\n</tools>\n\n{row.asks}"
    )
    first = messages[0]
    if first["role"] == "system":
        return [{**first, "content": f"{first['content']}\n\n{text}"}, *messages[1:]]
    if template.takes_system or first["role"] != "user":
        return [{"role": "system", "content": text}, *messages]
    return [{**first, "content": f"{text}\n\n{first['content']}"}, *messages[1:]]


def _json(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
