"""Documents that a run collects for its first turn and keeps: all turns see, and cite, the same ones."""

from __future__ import annotations

from collections.abc import Callable

from fluent_ai.interfaces import Collected, CollectsDocuments


class CollectedOnce:
    """What `collects` finds first, whoever asks later; the room of later turns is smaller, and does not count."""

    def __init__(self, collects: CollectsDocuments) -> None:
        self._collects = collects
        self._found: Collected | None = None

    def collect(
        self, question: str = "", *, room: int | None = None, left: Callable[[], bool] | None = None
    ) -> Collected:
        """The documents of the first turn."""
        if self._found is None:
            self._found = self._collects.collect(question, room=room, left=left)
        return self._found

    async def acollect(self, question: str = "", *, room: int | None = None) -> Collected:
        """The documents of the first turn."""
        if self._found is None:
            self._found = await self._collects.acollect(question, room=room)
        return self._found
