"""The threads that fluent-ai starts, and what a forked child needs made anew.

All threads are daemons, so none keeps a process alive. A daemon thread that comes back from native code while the
interpreter is being taken down aborts the process, so at exit each is told to stop and waited for, within a bound.
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
"""How long the end of the process waits for threads that were told to stop: they do so at their next step."""
IDLE_SECONDS: Final = 1.0
"""The same for threads that nothing can stop, such as one that is in a function of the caller's."""


class ManagedThread(threading.Thread):
    """A thread of ours. `stop`, where there is one, makes it end soon; safe from any thread, more than once."""

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
        except BaseException as error:  # raised to whoever asks for the result
            future.set_exception(error)
        else:
            future.set_result(result)

    start(work, name=name, stop=None)
    return future


def call_later(seconds: float, function: Callable[[], object], *, name: str) -> Callable[[], None]:
    """Call a function after some seconds. Returns a function that calls it off."""
    called_off = threading.Event()

    def work() -> None:
        if not called_off.wait(seconds):
            function()

    start(work, name=name, stop=called_off.set)
    return called_off.set


def renew_in_child(thing: T, renew: Callable[[T], object]) -> None:
    """Have `renew(thing)` called in each forked child, as long as the thing lives. `renew` must not refer to it."""
    _renewed[thing] = renew


def new_lock() -> threading.Lock:
    """A lock that is free in a forked child, also when another thread of the parent held it."""
    return _free_in_child(threading.Lock())


def new_rlock() -> threading.RLock:
    """The same as `new_lock`, for a lock that its holder may take again."""
    return _free_in_child(threading.RLock())


_renewed: WeakKeyDictionary[Any, Callable[[Any], object]] = WeakKeyDictionary()


def _free_in_child(lock: T) -> T:
    renew_in_child(lock, _free)
    return lock


def _free(lock: Any) -> None:
    lock._at_fork_reinit()  # noqa: SLF001  # what the standard library's own locks do in a child


def _renew() -> None:
    for thing, renew in tuple(_renewed.items()):
        renew(thing)


def _stop_all() -> None:
    """Stop all threads. Ctrl-C does not cut this short: that would bring the abort back."""
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


# Not `threading._register_atexit`: that runs before the caller's own threads have ended, which may still be reading.
atexit.register(_stop_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)
