"""Ids of calls that are unique in the conversation, and of the form that the dialect accepts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from fluent_ai.content.parts import Message, Part, ReasoningPart, ToolCallPart, ToolResultPart
from fluent_ai.protocols.chat.history.rules import CallIds
from fluent_ai.protocols.chat.history.tool_pairs import is_call

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def fit_call_ids(messages: Sequence[Message], ids: CallIds) -> list[Message]:
    """Rename the calls of a paired conversation, and their results with them.

    A name depends on the calls before it alone, so a conversation that grows keeps its beginning, and with it the
    provider's cache.
    """
    accepted = re.compile(f"[{ids.characters}]{{{ids.least},{ids.most}}}")
    used: set[str] = set()
    found: list[Message] = []
    names: list[str] = []
    for message in messages:
        calls = [part.call for part in message.parts if is_call(part)]
        if calls:
            names = [_name(call.id, accepted, ids, used) for call in calls]
            if names != [call.id for call in calls]:
                message = _renamed_calls(message, names)
        elif message.role == "tool":
            results = [part for part in message.parts if isinstance(part, ToolResultPart)]
            if names != [result.call_id for result in results]:
                parts = (msgspec.structs.replace(part, call_id=name) for part, name in zip(results, names, strict=True))
                message = msgspec.structs.replace(message, parts=tuple(parts))
        found.append(message)
    return found


def _name(call_id: str, accepted: re.Pattern[str], ids: CallIds, used: set[str]) -> str:
    """The id itself, or the same without what is not accepted, or one that is made of it."""
    name = call_id
    if not accepted.fullmatch(name):
        name = re.sub(f"[^{ids.characters}]", "_", call_id)
        name = name if accepted.fullmatch(name) else _made(call_id, 0, ids)
    number = 0
    while name in used:
        number += 1
        name = _made(call_id, number, ids)
    used.add(name)
    return name


def _made(call_id: str, number: int, ids: CallIds) -> str:
    rest = int.from_bytes(sha256(f"{number} {call_id}".encode(errors="surrogatepass")).digest())
    letters = []
    for _ in range(min(24, ids.most)):
        rest, letter = divmod(rest, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)


def _renamed_calls(message: Message, names: Sequence[str]) -> Message:
    """What is sealed may name the call that it belongs to."""
    rest = iter(names)
    renamed: dict[object, str] = {}
    parts: list[Part] = []
    for part in message.parts:
        if is_call(part):
            name = next(rest)
            renamed[part.call.id] = name
            part = ToolCallPart(msgspec.structs.replace(part.call, id=name))
        parts.append(part)
    for place, part in enumerate(parts):
        if isinstance(part, ReasoningPart) and part.raw is not None and part.raw.get("id") in renamed:
            parts[place] = msgspec.structs.replace(part, raw={**part.raw, "id": renamed[part.raw["id"]]})
    return msgspec.structs.replace(message, parts=tuple(parts))
