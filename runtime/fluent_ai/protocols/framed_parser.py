"""What the parsers of all protocols share: framing in, errors and the end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from fluent_ai.errors import FluentError, ProtocolError, StreamTruncated, untraced
from fluent_ai.events import Event
from fluent_ai.framing import Framing
from fluent_ai.framing.whole import WholeBody
from fluent_ai.protocols.api_errors import api_error
from fluent_ai.protocols.lifecycle import Lifecycle
from fluent_ai.vocabulary import Reply

FrameT = TypeVar("FrameT")


class FramedParser(ABC, Generic[FrameT]):
    """A StreamParser over any framing.

    A protocol says how a body is framed (`_open`), what one frame means (`_frame`) and whether the body may end here
    (`_end`). `_frame` sets `done` after the terminal event and calls `_fail` when the wire says that the reply failed;
    it may raise ProtocolError.
    """

    def __init__(self, provider: str, secrets: tuple[str, ...] = ()) -> None:
        self.error: FluentError | None = None
        self.done = False
        self._provider = provider
        self._secrets = secrets
        self._life = Lifecycle(provider)
        self._framing: Framing[FrameT] | None = None

    @property
    def partial(self) -> Reply:
        return self._life.fold.result()

    def feed(self, data: bytes) -> list[Event]:
        if self.done or self.error is not None:
            return []
        framing = self._framing
        if framing is None:
            if not (start := data.lstrip()):
                return []
            framing, data = self._open(start[0]), start
            self._framing = framing
        life, read = self._life, self._frame
        try:
            for frame in framing.feed(data):
                read(frame)
                if self.done or self.error is not None:
                    break
        except ProtocolError as error:
            self.error = error
        if not (events := life.out):
            return []
        life.out = []
        return events

    def finish(self) -> list[Event]:
        if self.error is None and not self.done:
            self._close_input()
        if self.error is not None:
            self.error.provider, self.error.partial = self._provider, self.partial
            raise untraced(self.error)
        return self._life.take()

    def _fail(self, body: bytes, status: int | None = None) -> None:
        """The wire says that the reply failed, and `body` why."""
        self.error = api_error(self._provider, status, {}, body, self._secrets)

    @abstractmethod
    def _open(self, start: int) -> Framing[FrameT]:
        """The framing of a body whose first byte that is no white space is `start`."""

    @abstractmethod
    def _frame(self, frame: FrameT) -> None:
        """One frame."""

    @abstractmethod
    def _end(self) -> bool:
        """The body has ended without a terminal event: emit what is missing, or return False if the reply was cut."""

    def _close_input(self) -> None:
        try:
            for frame in () if self._framing is None else self._framing.finish():
                self._frame(frame)
                if self.done or self.error is not None:
                    break
        except ProtocolError as error:
            # A last event that was cut short says nothing: what counts is whether the reply was complete before it.
            if isinstance(self._framing, WholeBody):
                self.error = error
        if not self.done and self.error is None and not self._end():
            self.error = StreamTruncated("the stream ended before the reply was complete")
