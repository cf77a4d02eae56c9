"""What the parsers of chat share: they write into a reply."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from fluent_ai.content.events import Event
from fluent_ai.content.reply import Reply
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.errors import FluentError, ProtocolError
from fluent_ai.framing import Framing
from fluent_ai.protocols.chat.reading.unknown_fields import UnknownEvents
from fluent_ai.protocols.shared.frame_parser import FrameParser, document_or_events

FrameT = TypeVar("FrameT")
T = TypeVar("T")


class ChatParser(FrameParser[FrameT, Event]):
    """A StreamParser: `read` writes what a frame says of the reply into `writer`."""

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self.writer = ReplyWriter(provider, self.emit)
        self.events = UnknownEvents(self.writer, self.is_known)

    @staticmethod
    def is_known(kind: str) -> bool:
        """Whether events of this kind are read, or hold nothing of the reply."""
        return False

    def ask(self, model: str) -> None:
        super().ask(model)
        self.writer.requested_model = model

    def read_event(self, as_: type[T], data: bytes, what: str, error: Exception, kind: object = None) -> T | None:
        """Like `read_again`; None for an event of a new kind that does not fit, which is kept: its fields may be
        anything. The kind is the `type` of the event unless it is given."""
        try:
            return self.read_again(as_, data, what, error)
        except ProtocolError as misfit:
            try:
                event = self.plain(data, what)
            except ProtocolError:
                raise misfit from None
            if not self.events.take(kind or event.get("type"), event):
                raise
            return None

    def begun(self) -> bool:
        return self.writer.started

    @property
    def partial(self) -> Reply:
        return self.writer.fold.result()

    def describe(self, error: FluentError) -> None:
        super().describe(error)
        error.partial = self.partial


class SSEChatParser(ChatParser[bytes]):
    """Over server-sent events, whose comments are pings, or over one document where the server did not stream."""

    def framing(self, start: int) -> Framing[bytes]:
        return document_or_events(start, self.writer.ping)
