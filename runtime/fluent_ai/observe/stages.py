"""Where the time of a call goes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from time import perf_counter
from typing import Final, Literal

import msgspec

Stage = Literal["pool", "connect", "first event", "read", "parse", "consumer"]
STAGES: Final[tuple[Stage, ...]] = ("pool", "connect", "first event", "read", "parse", "consumer")


class Stages(msgspec.Struct):
    """Seconds of one call by what it waited for; they do not overlap. All attempts count together."""

    pool: float = 0.0
    """For its turn under `Limits`, and for a free connection."""
    connect: float = 0.0
    """For the name, the connection and TLS."""
    first_event: float = 0.0
    """For the first event, from when the request could be sent."""
    read: float = 0.0
    """For further bytes of the answer, or further items of a model in this process."""
    parse: float = 0.0
    """For our own reading of those bytes."""
    consumer: float = 0.0
    """For whoever reads the stream, between two items."""
    received: int = 0
    """Bytes of answers that were read, unpacked."""

    def seconds(self) -> tuple[float, ...]:
        """The seconds in the order of `STAGES`."""
        return self.pool, self.connect, self.first_event, self.read, self.parse, self.consumer


class MeasuredChunks:
    """The chunks of a body; counts their bytes and how long they were waited for."""

    __slots__ = ("_chunks", "_stages")

    def __init__(self, chunks: AsyncIterator[bytes], stages: Stages) -> None:
        self._chunks = chunks
        self._stages = stages

    def __aiter__(self) -> MeasuredChunks:
        return self

    async def __anext__(self) -> bytes:
        stages, begun = self._stages, perf_counter()
        try:
            chunk = await self._chunks.__anext__()
        finally:
            stages.read += perf_counter() - begun
        stages.received += len(chunk)
        return chunk
