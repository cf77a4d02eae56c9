"""Bytes to frames: each framing is a small sans-IO decoder with a size cap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

FrameT_co = TypeVar("FrameT_co", covariant=True)

MAX_FRAME_BYTES = 256 * 1024 * 1024
"""A single frame may hold media in base64; 64 MiB has been seen, and nothing sane is larger than this."""


class Framing(Protocol[FrameT_co]):
    """Both raise ProtocolError for what is no frame, and for one beyond the cap, after the frames before it."""

    def feed(self, data: bytes) -> Iterable[FrameT_co]:
        """The frames that `data`, cut anywhere, completes; taken one by one, those before an error are not lost."""
        ...

    def finish(self) -> Iterable[FrameT_co]:
        """The input has ended: what the last, open frame gives."""
        ...
