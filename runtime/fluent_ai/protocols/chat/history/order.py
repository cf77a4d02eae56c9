"""Turns in the order that the dialect accepts, and no more marks for the cache than it takes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fluent_ai.content.parts import Message, Part, TextPart
from fluent_ai.protocols.chat.history.notes import Notes
from fluent_ai.protocols.chat.history.rules import Rules

OPENING = "(The conversation begins with what the assistant said.)"
"""What the user is made to say where the assistant spoke first."""


def order_turns(messages: Sequence[Message], rules: Rules) -> list[Message]:
    """The turns, with those between them that the dialect demands."""
    found: list[Message] = []
    begun = False
    if rules.alternates:  # the system's messages would stand between them
        messages = sorted(messages, key=lambda message: message.role != "system")
    for message in messages:
        if message.role != "system" and not begun:
            begun = True
            if rules.user_first and message.role == "assistant":
                found.append(Message("user", OPENING))
        last = found[-1].role if found else None
        if rules.bridge is not None and (last, message.role) == ("tool", "user"):
            found.append(Message("assistant", rules.bridge))
        if rules.alternates and last == message.role and message.role in ("user", "assistant"):
            found[-1] = _joined(found[-1], message)
        else:
            found.append(message)
    return found


def _joined(one: Message, other: Message) -> Message:
    between: tuple[Part, ...] = (TextPart("\n\n"),) if one.parts and other.parts else ()
    return Message(one.role, (*one.parts, *between, *other.parts), one.cache or other.cache)


def cap_cache_marks(messages: Sequence[Message], most: int | None, notes: Notes) -> list[Message]:
    """The last marks only: a provider looks for what it has back from each of them."""
    marked = [place for place, message in enumerate(messages) if message.cache]
    found = list(messages)
    if most is not None and len(marked) > most:
        notes.leave_out("a mark for the cache", len(marked) - most)
        for place in marked[:-most]:
            found[place] = msgspec.structs.replace(found[place], cache=False)
    return found
