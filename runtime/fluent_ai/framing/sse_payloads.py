"""Server-sent events for protocols that need only the data of an event, because its JSON states its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from fluent_ai.framing import MAX_FRAME_BYTES
from fluent_ai.framing.sse import Comment, Frame, SSEDecoder

_LF = ord("\n")

_HEAD = re.compile(rb"(?:event: [^\n]*\n)?data: (?=[^\n])")
"""The prefix of a non-empty one-line payload, as nearly all servers write it."""
_BETWEEN = re.compile(rb"\n\n" + _HEAD.pattern)


class SSEPayloads:
    """A frame is the data of an event that has data, as a lenient `SSEDecoder` reads it; most input needs one split.

    `on_comment` is called for each comment after the payloads before it have been taken.
    """

    def __init__(self, on_comment: Callable[[], None] | None = None, max_event_bytes: int = MAX_FRAME_BYTES) -> None:
        self._decoder = SSEDecoder(max_event_bytes, lenient=True)
        self._on_comment = on_comment

    def feed(self, data: bytes) -> Iterable[bytes]:
        """The payloads that `data` completes; take them one by one. Raises ProtocolError if one is too large."""
        lines = self._decoder.complete(data)
        if lines[:6] == b"data: " and _LF not in lines and len(lines) > 6:
            return (lines[6:],)
        if head := _HEAD.match(lines):
            payloads = _BETWEEN.split(lines[head.end() :])
            if _LF not in b"".join(payloads):
                return payloads
        return self._payloads(self._decoder.read(lines))

    def finish(self) -> Iterable[bytes]:
        """Called at the end of the input; the last event needs no blank line."""
        return self._payloads(self._decoder.finish())

    def _payloads(self, frames: Iterable[Frame]) -> Iterator[bytes]:
        for frame in frames:
            if isinstance(frame, Comment):
                if self._on_comment is not None:
                    self._on_comment()
            elif frame.data:
                yield frame.data
