"""Framings turn bytes into frames; each is a small sans-IO decoder with a size limit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

FrameT_co = TypeVar("FrameT_co", covariant=True)

MAX_FRAME_BYTES = 256 * 1024 * 1024
"""The default size limit of a frame in bytes. A frame may hold media in base64; 64 MiB has been observed."""


class Framing(Protocol[FrameT_co]):
    """A decoder. For a malformed or oversized frame it raises ProtocolError, after yielding the frames before it."""

    def feed(self, data: bytes) -> Iterable[FrameT_co]:
        """The frames that `data`, cut anywhere, completes. Take them one by one to get those before an error."""
        ...

    def finish(self) -> Iterable[FrameT_co]:
        """Called at the end of the input: the frames that it completes."""
        ...
