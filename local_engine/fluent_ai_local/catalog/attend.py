"""Long work that says nothing by itself, attended: whoever waits for it is told so, and may leave."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import Final, TypeVar

from fluent_ai.content.events import Event, Ping, Progress
from fluent_ai.errors import Cancelled
from fluent_ai.interfaces import Emit
from fluent_ai.threads import start

T = TypeVar("T")
HEARTBEAT: Final = 0.1
"""Seconds. What holds up all threads, such as the search for cycles among all that torch has imported, comes on top."""


def until_open(emit: Emit[Ping | Progress]) -> Emit[Event]:
    """Passes on what loading says of itself, and nothing that belongs to a chat."""

    def show(event: Event) -> None:
        if isinstance(event, Progress | Ping):
            emit(event)

    return show


def attended(work: Callable[[Callable[[Progress], None]], T], emit: Emit[Ping | Progress], *, name: str) -> T:
    """The result of `work`, done in a thread of its own, while this one says Ping, so that a consumer can leave.

    `work` is given a function for its progress. It raises Cancelled once the consumer has left; work that is not
    interrupted by that ends in the background. Raises what `work` raises, and what `emit` raises.
    """
    said: SimpleQueue[Progress | None] = SimpleQueue()
    left = threading.Event()
    results: list[T] = []
    failures: list[BaseException] = []

    def tell(progress: Progress) -> None:
        if left.is_set():
            raise Cancelled("the consumer has closed the stream")
        said.put(progress)

    def run() -> None:
        try:
            results.append(work(tell))
        except BaseException as error:  # raised again where the result is awaited
            failures.append(error)
        finally:
            said.put(None)

    start(run, name=name, stop=left.set)
    try:
        while True:
            try:
                progress = said.get(timeout=HEARTBEAT)
            except Empty:
                emit(Ping())
                continue
            if progress is None:
                break
            emit(progress)
    finally:
        left.set()
    if failures:
        raise failures[0]
    return results[0]


@contextmanager
def hold(lock: threading.Lock, emit: Emit[Ping]) -> Iterator[None]:
    """Holds `lock`; while another thread has it, says Ping, so that a consumer can leave."""
    while not lock.acquire(timeout=HEARTBEAT):
        emit(Ping())
    try:
        yield
    finally:
        lock.release()
