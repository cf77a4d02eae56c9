"""Calls and results in pairs: every call is followed by its result, in the order of the calls.

Every vendor demands it: OpenAI (400 An assistant message with 'tool_calls' must be followed by tool messages),
Anthropic and Bedrock (400 `tool_use` ids were found without `tool_result` blocks immediately after), Gemini (400
the number of function response parts is equal to the number of function call parts), Mistral (code 3230).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

import msgspec

from fluent_ai.content.parts import Message, Part, ToolCallPart, ToolResultPart
from fluent_ai.protocols.chat.history.notes import Notes
from fluent_ai.protocols.chat.history.origin import is_seal


class Paired(msgspec.Struct):
    """A conversation in pairs, and how many calls and results found none."""

    messages: list[Message]
    unanswered: int = 0
    orphans: int = 0


class _Turn(msgspec.Struct):
    """A turn of the assistant, with the result of each of its calls once it is known."""

    message: Message
    results: dict[int, ToolResultPart] = {}
    cache: bool = False


def is_call(part: Part) -> TypeGuard[ToolCallPart]:
    """Whether this is a call that the caller answers, and not one that the provider ran itself."""
    return isinstance(part, ToolCallPart) and not part.call.hosted


def pair(messages: Sequence[Message]) -> Paired:
    """Put results right after the turn that called, and leave out calls and results that belong to no pair.

    A result belongs to the last call of its id that has none yet, or to the first of several in one turn.
    """
    order: list[Message | _Turn] = []
    open_calls: dict[str, list[tuple[_Turn, int]]] = {}
    orphans = 0
    for message in messages:
        calls = {number: part.call.id for number, part in enumerate(message.parts) if is_call(part)}
        if calls and message.role == "assistant":
            turn = _Turn(message)
            order.append(turn)
            for number, call_id in calls.items():
                waiting = open_calls.setdefault(call_id, [])
                if waiting and waiting[0][0] is not turn:
                    waiting.clear()  # an earlier turn's, which nobody answered
                waiting.append((turn, number))
            continue
        if message.role != "tool" and not any(
            (is_call(part) or isinstance(part, ToolResultPart)) for part in message.parts
        ):
            order.append(message)
            continue
        others: list[Part] = []
        last: _Turn | None = None
        for part in message.parts:
            if isinstance(part, ToolResultPart):
                if waiting := open_calls.get(part.call_id, []):
                    last, number = waiting.pop(0)
                    last.results[number] = part
                else:
                    orphans += 1
            elif is_call(part):
                orphans += 1
            else:
                others.append(part)
        if others:
            role = "user" if message.role == "tool" else message.role
            order.append(Message(role, others, message.cache))
        elif last is not None and message.cache:
            last.cache = True
    paired = Paired([], orphans=orphans)
    for each in order:
        if isinstance(each, Message):
            paired.messages.append(each)
            continue
        parts: list[Part] = []
        for number, part in enumerate(each.message.parts):
            if number in each.results or not is_call(part):
                parts.append(part)
                continue
            paired.unanswered += 1
            if parts and is_seal(parts[-1]):
                parts.pop()
        paired.messages.append(msgspec.structs.replace(each.message, parts=tuple(parts)))
        if each.results:
            results = tuple(each.results[number] for number in sorted(each.results))
            paired.messages.append(Message("tool", results, each.cache))
    return paired


def without_tools(messages: Sequence[Message], notes: Notes) -> list[Message]:
    """The conversation for a provider that knows no tools: what was said of it."""
    found: list[Message] = []
    for message in messages:
        parts = tuple(part for part in message.parts if not (is_call(part) or isinstance(part, ToolResultPart)))
        if message.role == "tool":
            notes.leave_out("the result of a tool", len(message.parts))
        elif len(parts) == len(message.parts):
            found.append(message)
        else:
            notes.leave_out("a tool call", len(message.parts) - len(parts))
            found.append(msgspec.structs.replace(message, parts=parts))
    return found
