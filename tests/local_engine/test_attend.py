"""Long work that says nothing by itself."""

from __future__ import annotations

import threading

import fluent_ai as ai
import pytest
from fluent_ai_local.catalog.attend import attended, hold


def test_long_work_is_never_silent() -> None:
    """The work goes on once three Pings were said without it, and would fail after half a minute of silence."""
    said: list[object] = []
    enough = threading.Event()

    def emit(item: object) -> None:
        said.append(item)
        if len(said) == 3:
            enough.set()

    assert attended(lambda told: enough.wait(30), emit, name="test")
    assert said[:3] == [ai.Ping()] * 3


def test_who_leaves_during_long_work_is_let_go_and_the_work_is_told() -> None:
    told_off = threading.Event()

    def work(told) -> None:
        try:
            while True:
                told(ai.Progress("load", 1, 2))
                told_off.wait(0.01)
        except ai.Cancelled:
            told_off.set()
            raise

    def emit(item: object) -> None:
        raise ai.Cancelled("left")

    with pytest.raises(ai.Cancelled):
        attended(work, emit, name="test")
    assert told_off.wait(30)


def test_who_waits_for_a_lock_hears_of_it() -> None:
    lock = threading.Lock()
    lock.acquire()
    said: list[object] = []

    def emit(item: object) -> None:
        said.append(item)
        lock.release()

    with hold(lock, emit):
        assert lock.locked()
    assert said == [ai.Ping()]
    assert not lock.locked()
