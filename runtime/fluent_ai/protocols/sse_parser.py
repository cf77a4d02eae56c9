"""What the parsers of all protocols over server-sent events share."""

from __future__ import annotations

from abc import abstractmethod

from fluent_ai.framing import Framing
from fluent_ai.framing.sse import Comment, Frame, ServerSentEvent, SSEDecoder
from fluent_ai.framing.whole import WholeBody
from fluent_ai.protocols.framed_parser import FramedParser


class SSEParser(FramedParser[Frame | bytes]):
    """A StreamParser over server-sent events, or over one JSON document where the server did not stream.

    A protocol says what one event means (`_event`), as `_frame` would.
    """

    @abstractmethod
    def _event(self, name: str, data: bytes) -> None:
        """One event, or the whole document."""

    def _open(self, start: int) -> Framing[Frame | bytes]:
        return WholeBody() if start in b"{[" else SSEDecoder(lenient=True)

    def _frame(self, frame: Frame | bytes) -> None:
        if isinstance(frame, ServerSentEvent):
            if frame.data:
                self._event(frame.event, frame.data)
        elif isinstance(frame, Comment):
            self._life.ping()
        else:
            self._event("", frame)
