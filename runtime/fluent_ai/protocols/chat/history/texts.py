"""Text that the dialect accepts: nothing blank where that is refused, and no turn without content."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fluent_ai.content.parts import Message, Part, ReasoningPart, TextPart, ToolResultPart
from fluent_ai.protocols.chat.history.notes import Notes
from fluent_ai.protocols.chat.history.rules import Rules
from fluent_ai.protocols.chat.history.tool_pairs import is_call

NO_WORDS = "error without a message"
"""What the result of a tool says that failed and did not say why."""
NO_RESULT = "(nothing)"
"""What the result of a tool says that gave nothing back."""


def fit_texts(messages: Sequence[Message], rules: Rules, notes: Notes) -> list[Message]:
    """Leave out blank text, and turns of the assistant that say nothing; give words to errors that have none."""
    found: list[Message] = []
    for message in messages:
        parts: list[Part] = []
        for part in message.parts:
            if isinstance(part, TextPart) and not (part.text if rules.blank_text else part.text.strip()):
                pass
            elif isinstance(part, ToolResultPart) and part.is_error and _is_blank(part) and not rules.blank_error:
                parts.append(msgspec.structs.replace(part, content=NO_WORDS))
            elif isinstance(part, ToolResultPart) and _is_blank(part) and not rules.blank_result:
                parts.append(msgspec.structs.replace(part, content=NO_RESULT))
            else:
                parts.append(part)
        if message.role == "assistant":
            if not rules.text_beside_calls and any(map(is_call, parts)):
                others: list[Part] = [part for part in parts if not isinstance(part, TextPart)]
                notes.leave_out("what the assistant said beside a call", len(parts) - len(others))
                parts = others
            if not rules.trailing_reasoning:
                while parts and isinstance(parts[-1], ReasoningPart):
                    parts.pop()
            if all(isinstance(part, ReasoningPart) for part in parts):
                continue  # a reply that was cut before it said anything
        if not parts and not (message.parts and rules.blank_text):
            continue
        kept = tuple(parts) or message.parts
        found.append(message if kept == message.parts else msgspec.structs.replace(message, parts=kept))
    if found and found[-1].role == "assistant" and not rules.trailing_space:
        found[-1] = _stripped(found[-1])
    return found


def _is_blank(part: ToolResultPart) -> bool:
    return not part.content.strip() and not part.files


def _stripped(message: Message) -> Message:
    last = message.parts[-1] if message.parts else None
    if not isinstance(last, TextPart) or last.text == last.text.rstrip():
        return message
    return msgspec.structs.replace(message, parts=(*message.parts[:-1], TextPart(last.text.rstrip())))
