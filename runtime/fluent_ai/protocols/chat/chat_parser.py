"""What the parsers of chat share: they write into a reply."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from fluent_ai.content.events import Event
from fluent_ai.content.reply import Reply
from fluent_ai.content.reply_writer import ReplyWriter
from fluent_ai.errors import FluentError
from fluent_ai.framing import Framing
from fluent_ai.protocols.shared.frame_parser import FrameParser, document_or_events

FrameT = TypeVar("FrameT")


class ChatParser(FrameParser[FrameT, Event]):
    """A StreamParser: `read` writes what a frame says of the reply into `writer`."""

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        super().__init__(provider, secrets)
        self.writer = ReplyWriter(provider, self.emit)

    def ask(self, model: str) -> None:
        super().ask(model)
        self.writer.requested_model = model

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
