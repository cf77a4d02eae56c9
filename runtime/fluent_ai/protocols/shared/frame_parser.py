"""The machine below all parsers: bytes through a framing, frame by frame to items, and one way to end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection
from typing import Any, ClassVar, Generic, TypeVar

import msgspec

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import ApiError, FluentError, ProtocolError, StreamTruncated, untraced
from fluent_ai.framing import Framing
from fluent_ai.framing.sse_payloads import SSEPayloads
from fluent_ai.framing.whole import WholeBody
from fluent_ai.protocols.shared.api_errors import api_error, never_began
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, undecodable
from fluent_ai.protocols.shared.second_reading import Halves, Misfit, plain, read_again

FrameT = TypeVar("FrameT")
ItemT = TypeVar("ItemT")
T = TypeVar("T")


_decode_plain = msgspec.json.Decoder(dict[str, Any]).decode

_HEAD_BYTES = 1 << 16
"""How much of a body is kept until an answer begins; more is not needed to say why none did."""


class FrameParser(ABC, Generic[FrameT, ItemT]):
    """A Parser over any framing.

    A protocol says how a body is framed (`framing`), what one frame means (`read`), and whether the body may end where
    no frame said so (`complete`). All three hand their items to `emit`; `read` sets `done` with the last frame.
    """

    binary: ClassVar[bool] = False
    """White space at the start belongs to the body; elsewhere it is skipped, and tells nothing of the framing."""

    def __init__(self, provider: str, secrets: Collection[str] = ()) -> None:
        self.error: FluentError | None = None
        self.done = False
        self.provider = provider
        self.requested_model: str | None = None
        self.cut = False
        """The body ended within a frame, which therefore said nothing."""
        self._secrets = secrets
        self._ready: list[ItemT] = []
        self.emit: Callable[[ItemT], None] = self._ready.append
        self._framing: Framing[FrameT] | None = None
        self._halves = Halves()
        self._unbegun: bytearray | None = bytearray()
        """What has come so far; None once the answer has begun."""

    @abstractmethod
    def framing(self, start: int) -> Framing[FrameT]:
        """The framing of a body whose first byte is `start`."""

    @abstractmethod
    def read(self, frame: FrameT) -> None:
        """One frame. Raises ProtocolError for one that makes no sense, and `refused` where it tells of a failure."""

    def ask(self, model: str) -> None:
        """Called before the first byte with the model that was asked for."""
        self.requested_model = model

    def begun(self) -> bool:
        """Something of the answer has come, so that an end means a cut."""
        return bool(self._ready)

    def complete(self) -> bool:
        """The body has ended without a last frame: emit what is missing, or return False if the answer was cut."""
        return False

    def read_again(self, kind: type[T], data: bytes, what: str, error: Exception) -> T:
        """A frame on whose first decoding a decoder raised `error`, read with patience. Raises ProtocolError."""
        try:
            return read_again(data, kind, self._halves)
        except Misfit:
            raise undecodable(what, error) from None

    def plain(self, data: bytes, what: str) -> JsonObject:
        """All that a frame says, for what is kept as it came. Raises ProtocolError."""
        try:
            return _decode_plain(data)
        except DECODE_ERRORS:
            pass
        try:
            return plain(data, Halves())
        except Misfit as error:
            raise ProtocolError(f"{what}: {error}") from None

    def refused(self, body: bytes, status: int | None = None) -> ApiError:
        """The error that `body` tells, in an answer whose status told none."""
        return api_error(self.provider, status, {}, body, self._secrets)

    def feed(self, data: bytes) -> list[ItemT]:
        if (head := self._unbegun) is not None:
            head += data[: _HEAD_BYTES - len(head)]
        if self.done or self.error is not None:
            return []
        framing = self._framing
        if framing is None:
            if not (data := data if self.binary else data.lstrip()):
                return []
            framing = self._framing = self.framing(data[0])
        read, ready = self.read, self._ready
        try:
            for frame in framing.feed(data):
                read(frame)
                if self.done:
                    break
        except FluentError as error:
            self.error = untraced(error)
        if head is not None and self.begun():
            self._unbegun = None
        if not ready:
            return []
        items = ready.copy()
        ready.clear()
        return items

    def finish(self) -> list[ItemT]:
        if self.error is None and not self.done:
            try:
                self._end()
            except FluentError as error:
                self.error = error
        if self.error is not None:
            if self._unbegun is not None and isinstance(self.error, ProtocolError | StreamTruncated):
                # No answer began: what came is read as an error of any shape.
                self.error = never_began(self.provider, bytes(self._unbegun), self._secrets) or self.error
                self._unbegun = None
            self.describe(self.error)
            raise untraced(self.error)
        items, self._ready = self._ready, []
        return items

    def describe(self, error: FluentError) -> None:
        """Adds to an error what only the parser knows."""
        error.provider = self.provider

    def _end(self) -> None:
        framing = self._framing
        try:
            for frame in () if framing is None else framing.finish():
                self.read(frame)
                if self.done:
                    return
        except ProtocolError:
            # A last frame that was cut short says nothing: what counts is whether the answer was complete before it.
            if self.done or isinstance(framing, WholeBody):
                raise
            self.cut = True
        if not self.complete():
            how = "is empty" if framing is None else "ended before it was complete"
            raise StreamTruncated(f"the answer {how}")


def document_or_events(start: int, on_comment: Callable[[], None] | None = None) -> Framing[bytes]:
    """One JSON document, from servers that do not stream, or server-sent events; a frame is what an event holds."""
    return WholeBody() if start in b"{[" else SSEPayloads(on_comment)
