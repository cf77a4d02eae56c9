"""Threads that help with a kernel: they come when they can, and nobody waits for one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final

from fluent_ai.threads import new_lock, renew_in_child, start

_IDLE: Final = 2.0
"""Seconds without work after which a helper ends."""
_LONGEST: Final = 64
"""Pieces of work that may wait for helpers; they are done by who asked, so what is beyond that is dropped."""

Work = Callable[[], object]


class Team:
    """Does a piece of work in the caller's thread and in helpers at once.

    The work must share itself out, as `decode.step` does with its tickets: done by whoever comes, complete when the
    caller's own call returns, and harmless when a helper calls it later.
    """

    def __init__(self) -> None:
        self._lock = new_lock()
        self._anew()
        renew_in_child(self, Team._anew)

    def _anew(self) -> None:
        self._work: SimpleQueue[Work | None] = SimpleQueue()
        self._helpers = 0

    def run(self, work: Work, threads: int) -> None:
        """Call `work` here, and offer it to `threads` - 1 helpers."""
        if threads > 1:
            self._offer(work, threads - 1)
        work()

    def _offer(self, work: Work, helpers: int) -> None:
        with self._lock:
            missing = helpers - self._helpers
            self._helpers = max(self._helpers, helpers)
        for _ in range(missing):
            start(self._help, name="kernels", stop=self._stop)
        if self._work.qsize() < _LONGEST:
            for _ in range(helpers):
                self._work.put(work)

    def _stop(self) -> None:
        self._work.put(None)

    def _help(self) -> None:
        queue = self._work
        while True:
            try:
                work = queue.get(timeout=_IDLE)
            except Empty:
                with self._lock:
                    if not queue.empty():
                        continue
                    self._helpers -= 1
                return
            if work is None:
                return
            with suppress(Exception):  # the caller's own call fails in the same way
                work()
            del work  # it holds the weights of a model, which may be unloaded while this thread waits


TEAM: Final = Team()
