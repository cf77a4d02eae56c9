"""Server-sent events by the rules of the WHATWG HTML standard, section 9.2 (https://html.spec.whatwg.org/#parsing-an-event-stream)."""

from __future__ import annotations

import re
from typing import TypeAlias

import msgspec

from fluent_ai.errors import ProtocolError
from fluent_ai.framing import MAX_FRAME_BYTES


class ServerSentEvent(msgspec.Struct, frozen=True, gc=False):
    """A dispatched event. `data` stays undecoded, because JSON decoders take bytes."""

    data: bytes
    event: str = "message"
    id: str = ""


class Comment(msgspec.Struct, frozen=True, gc=False):
    """A comment line; servers send comments to keep the connection alive."""

    text: bytes


Frame: TypeAlias = ServerSentEvent | Comment

_CR = ord("\r")
"""A number, because CPython searches for a byte value ten times as fast as for a bytes object."""

_LONE_CR = re.compile(rb"\r(?!\n)")


class SSEDecoder:
    """Feed bytes as they arrive, cut anywhere. A frame is returned as soon as the blank line after it has arrived.

    Line ends are converted to LF on entry, so an event ends at LF LF. Bytes are joined only when an event is complete,
    so time is linear however the input is cut.

    The standard drops an event without a final blank line, and lines that are not fields. `lenient` keeps that event
    and treats a JSON document between events, or in a field `error`, as an event, because failing servers write such
    responses.
    """

    def __init__(self, max_event_bytes: int = MAX_FRAME_BYTES, *, lenient: bool = False) -> None:
        self.retry_ms: int | None = None
        self.last_event_id = ""
        self._max = max_event_bytes
        self._lenient = lenient
        self._pending: list[bytes] = []
        self._pending_size = 0
        self._at_start = True
        self._after_cr = False

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that `data` completes. Raises ProtocolError if an event exceeds the size limit."""
        return self.read(self.complete(data))

    def finish(self) -> list[Frame]:
        """Called at the end of the input: the frames that it completes."""
        data = b"".join(self._pending)
        self._pending.clear()
        self._pending_size = 0
        if self._at_start:
            data = data.removeprefix(b"\xef\xbb\xbf")
        frames: list[Frame] = []
        if data:
            self._block(data, frames, dispatch=self._lenient)
        return frames

    def complete(self, data: bytes) -> bytes:
        """The lines of all events that `data` completes, up to the last blank line; `feed` is this and then `read`."""
        pending = self._pending
        if not (pending or self._at_start or self._after_cr):
            # The most common input: only whole events, or one event of a server that ends lines with CR LF.
            if data[-2:] == b"\n\n" and _CR not in data:
                return data[:-2]
            if data[-4:] == b"\r\n\r\n" and data.find(_CR) == len(data) - 4:
                return data[:-4]
        if self._after_cr or _CR in data:
            data = self._normalise(data)
        end = data.rfind(b"\n\n")
        if pending or end < 0:
            if end < 0 and not (pending and data[:1] == b"\n" and pending[-1].endswith(b"\n")):
                self._wait(data)
                return b""
            data = b"".join((*pending, data))
            pending.clear()
            end = data.rfind(b"\n\n")
        if self._at_start:
            self._at_start = False
            if data.startswith(b"\xef\xbb\xbf"):
                data, end = data[3:], end - 3
        self._pending_size = len(data) - end - 2
        if self._pending_size:
            pending.append(data[end + 2 :])
        return data[:end]

    def read(self, lines: bytes) -> list[Frame]:
        """The frames of complete events."""
        frames: list[Frame] = []
        if lines:
            for block in lines.split(b"\n\n"):
                self._block(block, frames, dispatch=True)
        return frames

    def _wait(self, data: bytes) -> None:
        if data:
            self._pending.append(data)
            self._pending_size += len(data)
            if self._pending_size > self._max:
                raise ProtocolError(f"server-sent event: more than {self._max} bytes without a blank line")

    def _normalise(self, data: bytes) -> bytes:
        if self._after_cr:
            if not data:
                return data
            data = data.removeprefix(b"\n")
        self._after_cr = data[-1:] == b"\r"
        if _LONE_CR.search(data) is None:
            # Three times as fast as searching for pairs.
            return data.replace(b"\r", b"")
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _block(self, block: bytes, frames: list[Frame], *, dispatch: bool) -> None:
        # With three line ends in a row, the cut of the input decides to which event the middle one belongs.
        block = block.strip(b"\n")
        if self._lenient and block[:1] == b"{":
            frames.append(ServerSentEvent(block))
            return
        data: list[bytes] = []
        event = b""
        for line in block.split(b"\n"):
            field, _, rest = line.partition(b":")
            value = rest.removeprefix(b" ")
            match field:
                case b"data":
                    data.append(value)
                case b"event":
                    event = value
                case b"id" if b"\0" not in value:
                    self.last_event_id = value.decode("utf-8", "replace")
                case b"error" if self._lenient and value:
                    # llama-server (https://github.com/ggml-org/llama.cpp/issues/16104).
                    data.append(_error_document(value))
                case b"retry" if value.isdigit():
                    self.retry_ms = int(value)
                case b"" if line:
                    frames.append(Comment(rest))
                case _:
                    pass
        if dispatch and data:
            name = event.decode("utf-8", "replace") or "message"
            frames.append(ServerSentEvent(b"\n".join(data), name, self.last_event_id))


def _error_document(value: bytes) -> bytes:
    """What a field `error` says as a document of its own: most servers write JSON, some plain text."""
    try:
        msgspec.json.decode(value)
    except (msgspec.DecodeError, RecursionError):
        value = msgspec.json.encode(value.decode("utf-8", "replace"))
    return b'{"error": %s}' % value
