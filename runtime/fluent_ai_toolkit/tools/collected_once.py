"""Documents that a run collects for its first turn and keeps: all turns see, and cite, the same ones."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing

from fluent_ai.content.events import Progress
from fluent_ai.interfaces import Collected, CollectsDocuments, CollectsInSteps


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

    def steps(
        self, question: str = "", *, room: int | None = None, left: Callable[[], bool] | None = None
    ) -> Generator[Progress, None, Collected]:
        """How far it is in the first turn, and the documents."""
        if self._found is None and isinstance(self._collects, CollectsInSteps):
            self._found = yield from self._collects.steps(question, room=room, left=left)
        return self.collect(question, room=room, left=left)

    async def asteps(
        self, question: str = "", *, room: int | None = None
    ) -> AsyncGenerator[Progress | Collected, None]:
        """How far it is in the first turn, and the documents at the end."""
        if self._found is None and isinstance(self._collects, CollectsInSteps):
            async with aclosing(self._collects.asteps(question, room=room)) as steps:
                async for step in steps:
                    if isinstance(step, Progress):
                        yield step
                    else:
                        self._found = step
        yield await self.acollect(question, room=room)
