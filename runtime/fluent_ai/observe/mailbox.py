"""A thread that runs what is posted to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from queue import SimpleQueue
from typing import TypeAlias
from weakref import ref

from fluent_ai.threads import new_lock, renew_in_child, start, wait_for

Step: TypeAlias = Callable[[], object]

_starting = new_lock()


class Mailbox:
    """Runs steps in a thread of its own, one after another. `post` may be called wherever a finaliser runs."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._steps: SimpleQueue[Step | None] = SimpleQueue()
        self._runs = False
        self._stopped = False
        renew_in_child(self, Mailbox._renew)

    def open(self) -> None:
        """Start the thread, unless it runs."""
        if self._runs or self._stopped:
            return
        with _starting:
            if not self._runs:
                self._runs = True
                # The thread does not refer to the mailbox, so that it ends with it.
                start(partial(_run, self._steps), name=self._name, stop=partial(_stop, ref(self), self._steps))

    def post(self, step: Step) -> None:
        """Run the step soon; at once if the interpreter is ending."""
        if self._stopped:
            step()
        else:
            self._steps.put(step)

    @property
    def waiting(self) -> int:
        """How many steps wait."""
        return self._steps.qsize()

    def flush(self, seconds: float) -> bool:
        """Wait until what was posted before has run; False if that took too long."""
        if not self._runs or self._stopped:
            return True
        done = threading.Event()
        self._steps.put(done.set)
        return wait_for(done, seconds)

    def stop(self) -> None:
        """From now on steps run where they are posted."""
        self._stopped = True

    def _renew(self) -> None:
        """In a forked child: what waits is the parent's, and so is the thread."""
        self._steps = SimpleQueue()
        self._runs = False

    def __del__(self) -> None:
        self._steps.put(None)


def _run(steps: SimpleQueue[Step | None]) -> None:
    while (step := steps.get()) is not None:
        step()
        del step  # so that nothing is kept while the next one is waited for


def _stop(mailbox: ref[Mailbox], steps: SimpleQueue[Step | None]) -> None:
    if (found := mailbox()) is not None:
        found.stop()
    steps.put(None)
