"""What ends a wait of a blocking call from another thread."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar


class Interrupt:
    """Ends the wait that one call is in; `call` may come from any thread, before, during and after it."""

    __slots__ = ("_end", "called")

    def __init__(self) -> None:
        self._end: Callable[[], object] | None = None
        self.called = False

    def wait_with(self, end: Callable[[], object]) -> None:
        """From now on the call waits for something that `end` ends; `end` may be called at once, and repeatedly."""
        # This sets `_end` before it reads `called`, and `call` does the reverse, so one of them sees the other.
        self._end = end
        if self.called:
            end()

    def call(self) -> None:
        self.called = True
        if (end := self._end) is not None:
            end()


current: ContextVar[Interrupt | None] = ContextVar("current", default=None)
"""The interrupt of the call that sends a request now; the blocking transport looks it up."""
