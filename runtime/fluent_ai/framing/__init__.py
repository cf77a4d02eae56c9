"""Bytes to frames: each framing is a small sans-IO decoder with a size cap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

FrameT_co = TypeVar("FrameT_co", covariant=True)

MAX_FRAME_BYTES = 64 * 1024 * 1024
"""A single frame may hold a base64 image; nothing sane is larger."""


class Framing(Protocol[FrameT_co]):
    """Both raise ProtocolError for what is no frame, and for one beyond the cap."""

    def feed(self, data: bytes) -> Sequence[FrameT_co]:
        """The frames that `data`, cut anywhere, completes."""
        ...

    def finish(self) -> Sequence[FrameT_co]:
        """The input has ended: what the last, open frame gives."""
        ...
