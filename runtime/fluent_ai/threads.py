"""The threads that fluent-ai starts, and what a forked child has to recreate.

All threads are daemons, so none keeps a process alive. A daemon thread that returns from native code while the
interpreter shuts down aborts the process, so at exit each thread is told to stop and joined with a time limit.
"""

from __future__ import annotations

import atexit
import math
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from weakref import WeakKeyDictionary, ref

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

STOP_SECONDS: Final = 10.0
"""Seconds to wait at exit for threads that were told to stop, which they do at their next step."""
SLICE: Final = 0.5
"""The longest wait in one step, in seconds. A signal that comes just before the step does not interrupt it, so Ctrl-C
may be noticed that much later.
"""
LOOK_SECONDS: Final = 1.0
"""How often the clock looks for alarms whose owners were collected, so that it keeps neither them nor its thread."""
IDLE_SECONDS: Final = 1.0
"""Seconds to wait at exit for threads that cannot be stopped, such as one inside a caller's function."""


class ManagedThread(threading.Thread):
    """A thread of this package. `stop`, if given, makes it end soon; call it from any thread, also repeatedly."""

    def __init__(self, work: Callable[[], object], name: str, stop: Callable[[], object] | None) -> None:
        super().__init__(target=copy_context().run, args=(work,), name=f"fluent-ai {name}", daemon=True)
        self.stop = stop


def start(work: Callable[[], object], *, name: str, stop: Callable[[], object] | None) -> None:
    """Run `work`, which must not raise, in a thread that sees the caller's context variables."""
    ManagedThread(work, name, stop).start()


def submit(function: Callable[[], T], *, name: str) -> Future[T]:
    """Call a function, which may block, in a thread of its own."""
    from concurrent.futures import Future

    future: Future[T] = Future()
    future.set_running_or_notify_cancel()

    def work() -> None:
        try:
            result = function()
        except StopIteration as error:
            stopped = stop_iteration_raised(name)
            stopped.__cause__ = error
            future.set_exception(stopped)
        except BaseException as error:  # the future re-raises it
            future.set_exception(error)
        else:
            future.set_result(result)

    start(work, name=name, stop=None)
    return future


def stop_iteration_raised(what: str) -> RuntimeError:
    """What stands for a StopIteration that a function raised, as PEP 479 has it for generators.

    No future of asyncio takes a StopIteration: whoever waits for it would wait for ever.
    """
    return RuntimeError(f"{what} raised StopIteration")


def wait_for(event: threading.Event, seconds: float) -> bool:
    """Whether the event came within some seconds."""
    due = time.monotonic() + seconds
    while not event.wait(max(0.0, min(SLICE, due - time.monotonic()))):
        if time.monotonic() >= due:
            return False
    return True


class Alarm(Generic[T]):
    """Calls `ring(owner)` once its time has come, from a thread that all alarms share; `ring` must not block.

    Setting the alarm again moves it, and costs next to nothing unless that makes it the next of all alarms to ring.
    The owner may be collected meanwhile: then nothing rings.
    """

    __slots__ = ("_due", "_owner", "_ring", "rung")

    def __init__(self, owner: T, ring: Callable[[T], object]) -> None:
        self._owner = ref(owner)
        self._ring = ring
        self._due = math.inf
        self.rung = False
        """True once it has rung."""

    def set(self, seconds: float) -> None:
        self.set_at(time.monotonic() + seconds)

    def set_at(self, due: float) -> None:
        """By `time.monotonic`."""
        self._due = due
        _clock.alarms.add(self)
        if due < _clock.next:
            _clock.look()

    def cancel(self) -> None:
        _clock.alarms.discard(self)

    pause = cancel

    def ring(self) -> None:
        """Called when it is due."""
        self.rung = True
        if (owner := self._owner()) is not None:
            with suppress(Exception):  # whoever waits is left to the limits of its transport
                self._ring(owner)


class _Clock:
    """The thread that rings alarms. It runs while there are any, and sleeps until the next of them."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        self.alarms: set[Alarm[Any]] = set()
        self.next = math.inf
        """When the thread looks at the alarms again; one that is due earlier must wake it."""
        self._condition = threading.Condition()
        self._runs = False
        self._stopped = False

    def look(self) -> None:
        with self._condition:
            if self._runs:
                self._condition.notify()
                return
            self._runs = True
        with suppress(RuntimeError):  # the interpreter is ending: nothing is waited for much longer
            start(self._run, name="alarms", stop=self._stop)

    def _run(self) -> None:
        while (due := self._wait()) is not None:
            for alarm in due:
                self.alarms.discard(alarm)
                alarm.ring()

    def _wait(self) -> list[Alarm[Any]] | None:
        """The alarms that are due; None when there are no more."""
        with self._condition:
            self.next = math.inf  # so that an alarm that is set from here on waits for the lock, to be seen
            now = time.monotonic()
            alarms = tuple(alarm for alarm in tuple(self.alarms) if self._is_owned(alarm))
            if due := [alarm for alarm in alarms if alarm._due <= now]:  # noqa: SLF001
                return due
            if not alarms or self._stopped:
                self._runs = False
                return None
            self.next = min(now + LOOK_SECONDS, *(alarm._due for alarm in alarms))  # noqa: SLF001
            self._condition.wait(self.next - now)
            return []

    def _is_owned(self, alarm: Alarm[Any]) -> bool:
        if alarm._owner() is not None:  # noqa: SLF001
            return True
        self.alarms.discard(alarm)
        return False

    def _stop(self) -> None:
        with self._condition:
            self._stopped = True
            self._condition.notify()


def renew_in_child(thing: T, renew: Callable[[T], object]) -> None:
    """Call `renew(thing)` in each forked child for as long as `thing` is alive; `renew` must not refer to it."""
    _renewed[thing] = renew


def new_lock() -> threading.Lock:
    """A lock that is unlocked in a forked child, even if another thread of the parent held it."""
    return _free_in_child(threading.Lock())


def new_rlock() -> threading.RLock:
    """A reentrant lock that is unlocked in a forked child, like that of `new_lock`."""
    return _free_in_child(threading.RLock())


def keep_unclosed(thing: object) -> None:
    """Keep what a forked child has of its parent's, so that no finaliser closes it: the parent still uses it."""
    _parents.append(thing)


_renewed: WeakKeyDictionary[Any, Callable[[Any], object]] = WeakKeyDictionary()
_parents: list[object] = []


def _free_in_child(lock: T) -> T:
    renew_in_child(lock, _free)
    return lock


def _free(lock: Any) -> None:
    lock._at_fork_reinit()  # noqa: SLF001  # as the standard library does with its own locks in a child


def _renew() -> None:
    for thing, renew in tuple(_renewed.items()):
        renew(thing)


def _stop_all() -> None:
    """Stop all threads. Ctrl-C does not interrupt this, because a thread left running would abort the process."""
    began = time.monotonic()
    while running := [thread for thread in _others() if time.monotonic() < began + _patience(thread)]:
        try:
            for thread in running:
                if thread.stop is not None:
                    thread.stop()
            running[0].join(0.05)
        except KeyboardInterrupt:
            continue


def _others() -> list[ManagedThread]:
    current = threading.current_thread()
    return [thread for thread in threading.enumerate() if isinstance(thread, ManagedThread) and thread is not current]


def _patience(thread: ManagedThread) -> float:
    return IDLE_SECONDS if thread.stop is None else STOP_SECONDS


_clock = _Clock()
renew_in_child(_clock, _Clock.renew)

# Not `threading._register_atexit`: it runs before the caller's own threads, which may still be reading, have ended.
atexit.register(_stop_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)
