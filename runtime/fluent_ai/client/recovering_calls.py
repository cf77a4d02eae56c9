"""A chat under a client's table of errors: its source, and how its request is made smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

from fluent_ai.content.events import Event
from fluent_ai.content.message_input import Messages, to_messages
from fluent_ai.content.parts import Message
from fluent_ai.content.reply import Reply
from fluent_ai.streams.recovering_source import RecoveringSource

if TYPE_CHECKING:
    from fluent_ai.client.core import Core
    from fluent_ai.streams.stream import Source


class OpensCall(Protocol):
    """Opens the call with these messages, and raises what it raises."""

    def __call__(self, *, subject: Any) -> tuple[Source[Any, Any], tuple[str, ...]]: ...


def open_recovering(core: Core, open_call: OpensCall, subject: Any) -> tuple[Source[Any, Any], tuple[str, ...]]:
    """The source of the reply, and warnings. Raises ConfigError."""
    source, notes = open_call(subject=subject)
    messages = cast("Messages", subject)

    def smaller() -> Source[Event, Reply] | None:
        nonlocal messages
        if (less := with_less(messages)) is None:
            return None
        messages = less
        return open_call(subject=less)[0]

    return RecoveringSource(source, core.terms.policy.table, core.recoveries, smaller), notes


def with_less(messages: Messages) -> list[Message] | None:
    """The conversation without the earlier half of its turns; None where there is only one.

    A turn begins with what the user says, so that tool calls keep their results; system messages stay.
    """
    found = to_messages(messages)
    turns = [number for number, message in enumerate(found) if message.role == "user"]
    if len(turns) < 2:
        return None
    cut = turns[len(turns) // 2]
    return [message for number, message in enumerate(found) if number >= cut or message.role == "system"]
