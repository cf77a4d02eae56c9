"""What has come of a turn so far, as the messages that are to be kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from time import time
from typing import TYPE_CHECKING, Final

from fluent_ai.content.events import Event, StreamStart
from fluent_ai.content.fold import Fold
from fluent_ai.content.parts import Message, Part, ToolCallPart
from fluent_ai.content.reply import Reply
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.chat.messages import ChatStatus
from fluent_ai_toolkit.chat.rows import NewMessage, text_of

if TYPE_CHECKING:
    from fluent_ai_toolkit.tools.events import RunResult

_UNUSED: Final = "the provider did not say what was used"


class Recorder:
    """Sees the events of a run whose history began with `known` messages."""

    def __init__(self, known: int) -> None:
        self.complete: list[NewMessage] = []
        """The messages that do not change any more."""
        self._known = known
        self._replies = 0
        self._fold = Fold()
        self._finished = 0
        self._began = time()

    def see(self, event: object) -> None:
        """Take in an event of the run."""
        if not isinstance(event, Event):
            return
        if isinstance(event, StreamStart) and self._fold.finished:
            self._fold = Fold()
        was_finished = self._fold.finished
        self._fold.add(event)
        self._finished += self._fold.finished and not was_finished

    def messages(self, run: RunResult, status: ChatStatus, error: str | None) -> list[NewMessage]:
        """All messages that came so far; the last may be a reply that is not complete, which has this status."""
        for message in run.history[self._known + len(self.complete) :]:
            self.complete.append(self._made(message, run.replies))
            self._began = time()
        number = self._finished if self._fold.finished else self._finished + 1
        if number <= self._replies or not (parts := _without_calls(self._fold.result().parts)):
            return list(self.complete)
        last = _of_reply(self._fold.result(), self._began)
        last.parts, last.status, last.error = parts, status, error
        if status == "partial":
            last.text = ""  # it is indexed once, at its end
        return [*self.complete, last]

    def _made(self, message: Message, replies: Sequence[Reply]) -> NewMessage:
        parts = message.parts
        if message.role == "assistant":
            if self._replies < len(replies):
                self._replies += 1
                return _of_reply(replies[self._replies - 1], self._began)
            # The calls that had ended when a reply broke off, whose text is kept too.
            parts = (*_without_calls(self._fold.result().parts), *parts)
            self._fold = Fold()
        return NewMessage(role=message.role, parts=parts, text=text_of(parts), created=self._began)


def price(reply: Reply) -> tuple[float | None, bool | None, str | None]:
    """The cost of a reply in US dollars, whether it is an estimate, and why it is unknown."""
    from fluent_ai import models

    if reply.usage is None:
        return None, None, _UNUSED
    try:
        cost = models.cost(reply)
    except ConfigError as error:
        return None, None, error.message
    if cost.total is None:
        return None, None, cost.reason or "its price is not known"
    return cost.total, cost.estimated, None


def _of_reply(reply: Reply, began: float) -> NewMessage:
    cost, estimated, unknown = price(reply)
    return NewMessage(
        role="assistant",
        parts=reply.parts,
        text=text_of(reply.parts),
        created=began,
        provider=reply.provider,
        model=reply.model or reply.requested_model,
        usage=reply.usage,
        cost=cost,
        cost_estimated=estimated,
        cost_unknown=unknown,
        seconds=time() - began,
    )


def _without_calls(parts: Sequence[Part]) -> tuple[Part, ...]:
    """What can be kept of a reply that is not complete: calls that were never answered would be made again."""
    return tuple(part for part in parts if not isinstance(part, ToolCallPart))
