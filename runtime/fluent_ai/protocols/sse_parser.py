"""What the parsers of all protocols over server-sent events share: framing in, errors and the end."""

from __future__ import annotations

from abc import ABC, abstractmethod

from fluent_ai.errors import FluentError, ProtocolError, StreamTruncated
from fluent_ai.events import Event
from fluent_ai.framing.sse import Comment, SSEDecoder
from fluent_ai.framing.whole import WholeBody
from fluent_ai.protocols.api_errors import api_error
from fluent_ai.protocols.lifecycle import Lifecycle
from fluent_ai.vocabulary import Reply


class SSEParser(ABC):
    """A StreamParser over server-sent events, or over one JSON document where the server did not stream.

    A protocol says what one event means (`_event`) and whether the body may end here (`_end`). `_event` sets `done`
    after the terminal event and calls `_fail` when the wire says that the reply failed; it may raise ProtocolError.
    """

    def __init__(self, provider: str, secrets: tuple[str, ...] = ()) -> None:
        self.error: FluentError | None = None
        self.done = False
        self._provider = provider
        self._secrets = secrets
        self._life = Lifecycle(provider)
        self._framing: SSEDecoder | WholeBody = SSEDecoder()
        self._sniffed = False

    @property
    def partial(self) -> Reply:
        return self._life.fold.reply()

    def feed(self, data: bytes) -> list[Event]:
        if self.done or self.error is not None:
            return []
        if not self._sniffed and not self._sniff(data):
            return []
        life = self._life
        try:
            for frame in self._framing.feed(data):
                if isinstance(frame, Comment):
                    life.ping()
                elif frame.data:
                    self._event(frame.event, frame.data)
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
            # Where it was first raised, and from what, holds bytes that must not reach a traceback.
            error = self.error.with_traceback(None)
            error.__context__ = None
            error.provider, error.partial = self._provider, self.partial
            raise error
        return self._life.take()

    def _fail(self, body: bytes, status: int | None = None) -> None:
        """The wire says that the reply failed, and `body` why."""
        self.error = api_error(self._provider, status, {}, body, self._secrets)

    @abstractmethod
    def _event(self, name: str, data: bytes) -> None:
        """One event, or the whole document."""

    @abstractmethod
    def _end(self) -> bool:
        """The body has ended without a terminal event: emit what is missing, or return False if the reply was cut."""

    def _sniff(self, data: bytes) -> bool:
        """Whether there is something to read yet. A body that begins with a brace or bracket is one JSON document."""
        if not (start := data.lstrip()):
            return False
        self._sniffed = True
        if start[0] in b"{[":
            self._framing = WholeBody()
        return True

    def _close_input(self) -> None:
        try:
            for frame in self._framing.finish(dispatch_open=True):
                if not isinstance(frame, Comment) and frame.data:
                    self._event(frame.event, frame.data)
        except ProtocolError as error:
            # A last event that was cut short says nothing: what counts is whether the reply was complete before it.
            if isinstance(self._framing, WholeBody):
                self.error = error
        if not self.done and self.error is None and not self._end():
            self.error = StreamTruncated("the stream ended before the reply was complete")
