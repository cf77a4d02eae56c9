"""The threads that fluent-ai starts, and what a forked child has to recreate.

All threads are daemons, so none keeps a process alive. A daemon thread that returns from native code while the
interpreter shuts down aborts the process, so at exit each thread is told to stop and joined with a time limit.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

STOP_SECONDS: Final = 10.0
"""Seconds to wait at exit for threads that were told to stop, which they do at their next step."""
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


def call_later(seconds: float, function: Callable[[], object], *, name: str) -> Callable[[], None]:
    """Call a function after some seconds. Returns a function that cancels the call."""
    called_off = threading.Event()

    def work() -> None:
        if not called_off.wait(seconds):
            function()

    start(work, name=name, stop=called_off.set)
    return called_off.set


def renew_in_child(thing: T, renew: Callable[[T], object]) -> None:
    """Call `renew(thing)` in each forked child for as long as `thing` is alive; `renew` must not refer to it."""
    _renewed[thing] = renew


def new_lock() -> threading.Lock:
    """A lock that is unlocked in a forked child, even if another thread of the parent held it."""
    return _free_in_child(threading.Lock())


def new_rlock() -> threading.RLock:
    """A reentrant lock that is unlocked in a forked child, like that of `new_lock`."""
    return _free_in_child(threading.RLock())


_renewed: WeakKeyDictionary[Any, Callable[[Any], object]] = WeakKeyDictionary()


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


# Not `threading._register_atexit`: it runs before the caller's own threads, which may still be reading, have ended.
atexit.register(_stop_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)
