"""Server-sent events by the rules of the WHATWG HTML standard, section 9.2 (https://html.spec.whatwg.org/#parsing-an-event-stream)."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from fluent_ai.errors import ProtocolError
from fluent_ai.framing import MAX_FRAME_BYTES


class ServerSentEvent(msgspec.Struct, frozen=True, gc=False):
    """One dispatched event; `data` is left undecoded because JSON decoders take bytes."""

    data: bytes
    event: str = "message"
    id: str = ""


class Comment(msgspec.Struct, frozen=True, gc=False):
    """A line that began with a colon; servers send them to keep the connection alive."""

    text: bytes


Frame: TypeAlias = ServerSentEvent | Comment

_LF, _CR = b"\n\r"
"""As numbers, because CPython looks for those ten times as fast."""


class SSEDecoder:
    """`feed` bytes as they come, cut anywhere; frames come out as soon as the blank line after them is there.

    Line ends are made LF on entry, so an event ends at LF LF, and many events of one `data:` line each, the most common
    input, are told by one count and parted by one split. Bytes are joined only when an event is complete: time is
    linear however the input is cut.

    The standard drops an event whose blank line never came, and what is no field. `lenient` keeps that event, and takes
    a JSON document between events for one: so write servers that fail.
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
        """The frames that `data` completes. Raises ProtocolError when an event exceeds the cap."""
        if self._after_cr or _CR in data:
            data = self._normalise(data)
        if not self._pending and data.find(b"\n") == len(data) - 2 and data[-1:] == b"\n" and data[:6] == b"data: ":
            # One whole event of one line, the most common chunk of all.
            self._at_start = False
            if not self.last_event_id:
                return [ServerSentEvent(data[6:-2])]
            return [ServerSentEvent(data[6:-2], "message", self.last_event_id)]
        return self._feed_blocks(data) if data else []

    def _feed_blocks(self, data: bytes) -> list[Frame]:
        pending = self._pending
        if data.find(b"\n\n") < 0 and not (data[0] == _LF and pending and pending[-1].endswith(b"\n")):
            pending.append(data)
            self._pending_size += len(data)
            if self._pending_size > self._max:
                raise ProtocolError(f"server-sent event: more than {self._max} bytes without a blank line")
            return []
        if pending:
            pending.append(data)
            data = b"".join(pending)
            pending.clear()
        if self._at_start:
            self._at_start = False
            data = data.removeprefix(b"\xef\xbb\xbf")
        end = data.rfind(b"\n\n")
        self._pending_size = len(data) - end - 2
        if self._pending_size:
            pending.append(data[end + 2 :])
        if data[:6] == b"data: " and not self.last_event_id:
            lines = data[6:end].split(b"\n\ndata: ")
            if data.count(b"\n", 0, end) == 2 * len(lines) - 2:
                # Nothing but events of one line: no need to look at each.
                return [ServerSentEvent(line) for line in lines]
        frames: list[Frame] = []
        for block in data[:end].split(b"\n\n"):
            if self.last_event_id:
                self._block(block, frames, dispatch=True)
            elif block[:7] == b"event: " and block.count(b"\n") == 1 and (cut := block.find(b"\ndata: ")) > 7:
                frames.append(ServerSentEvent(block[cut + 7 :], block[7:cut].decode("utf-8", "replace")))
            elif block[:6] == b"data: " and _LF not in block:
                frames.append(ServerSentEvent(block[6:]))
            else:
                self._block(block, frames, dispatch=True)
        return frames

    def finish(self) -> list[Frame]:
        """The input has ended."""
        data = b"".join(self._pending)
        self._pending.clear()
        self._pending_size = 0
        if self._at_start:
            data = data.removeprefix(b"\xef\xbb\xbf")
        frames: list[Frame] = []
        if data:
            self._block(data, frames, dispatch=self._lenient)
        return frames

    def _normalise(self, data: bytes) -> bytes:
        if self._after_cr and data:
            data = data.removeprefix(b"\n")
            self._after_cr = False
        if data:
            self._after_cr = data.endswith(b"\r")
        return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")

    def _block(self, block: bytes, frames: list[Frame], *, dispatch: bool) -> None:
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
                case b"retry" if value.isdigit():
                    self.retry_ms = int(value)
                case b"" if line:
                    frames.append(Comment(rest))
                case _:
                    pass
        if dispatch and data:
            name = event.decode("utf-8", "replace") or "message"
            frames.append(ServerSentEvent(b"\n".join(data), name, self.last_event_id))
