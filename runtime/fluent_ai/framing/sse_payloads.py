"""Server-sent events for protocols that look only at what an event holds, because its JSON says itself what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from fluent_ai.framing import MAX_FRAME_BYTES
from fluent_ai.framing.sse import Comment, Frame, SSEDecoder

_LF = ord("\n")

_HEAD = re.compile(rb"(?:event: [^\n]*\n)?data: (?=[^\n])")
"""What stands before a payload of one line that is not empty, as nearly all servers write it."""
_BETWEEN = re.compile(rb"\n\n" + _HEAD.pattern)


class SSEPayloads:
    """A frame is the data of one event, if it has any. Read as by a lenient `SSEDecoder`; most input in one split.

    `on_comment` is called for each comment once the payloads before it were taken.
    """

    def __init__(self, on_comment: Callable[[], None] | None = None, max_event_bytes: int = MAX_FRAME_BYTES) -> None:
        self._decoder = SSEDecoder(max_event_bytes, lenient=True)
        self._on_comment = on_comment

    def feed(self, data: bytes) -> Iterable[bytes]:
        """The payloads that `data` completes, to be taken one by one. Raises ProtocolError when one exceeds the cap."""
        lines = self._decoder.complete(data)
        if lines[:6] == b"data: " and _LF not in lines and len(lines) > 6:
            return (lines[6:],)
        if head := _HEAD.match(lines):
            payloads = _BETWEEN.split(lines[head.end() :])
            if _LF not in b"".join(payloads):
                return payloads
        return self._payloads(self._decoder.read(lines))

    def finish(self) -> Iterable[bytes]:
        """The input has ended; the last event needs no blank line."""
        return self._payloads(self._decoder.finish())

    def _payloads(self, frames: Iterable[Frame]) -> Iterator[bytes]:
        for frame in frames:
            if isinstance(frame, Comment):
                if self._on_comment is not None:
                    self._on_comment()
            elif frame.data:
                yield frame.data
