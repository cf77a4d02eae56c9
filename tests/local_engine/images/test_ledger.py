"""Requests at the same time: none counts on memory that another one was promised."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import fluent_ai as ai
import pytest
import torch
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.images import pipeline
from fluent_ai_local.images.memory import ledger
from fluent_ai_local.images.memory.ledger import Ledger
from fluent_ai_local.images.memory.plan import Plan
from fluent_ai_local.images.model import StableDiffusion3
from small_sd3 import loaded, opened

MB = 10**6


def ignore(item: object) -> None:
    pass


class Memory:
    """What is free, in megabytes, as the ledger is told."""

    def __init__(self, free: int) -> None:
        self.free = free


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    found = Memory(1000)
    monkeypatch.setattr(ledger, "free_memory", lambda device: found.free * MB)
    return found


@pytest.fixture
def book() -> Ledger:
    return Ledger(torch.device("cpu"))


@pytest.fixture
def model(sd3: Path) -> StableDiffusion3:
    return opened(sd3)


def plan(size: int, offload: str = "model") -> Callable[[float], Plan]:
    """Needs so many megabytes at its peak, or does not fit."""

    def make(available: float) -> Plan:
        if available < size * MB:
            raise ai.OutOfMemory(f"{available / MB:.0f} MB are free", estimate=size * MB)
        return Plan(offload=offload, together=True, tile=None, text=0, sampling=size * MB, decoding=0)

    return make


def available(book: Ledger, model: StableDiffusion3) -> float:
    """Megabytes that the next request could have."""
    with book.promised(model, plan(0), ignore) as (_, found):
        return found / MB


def test_what_one_request_was_promised_the_next_does_not_have(book: Ledger, memory: Memory, model: StableDiffusion3):
    with book.promised(model, plan(300), ignore):
        assert available(book, model) == 700
        with book.promised(model, plan(500), ignore):
            assert available(book, model) == 200
        assert available(book, model) == 700
    assert available(book, model) == 1000


def test_what_was_taken_of_a_promise_counts_once(book: Ledger, memory: Memory, model: StableDiffusion3):
    with book.promised(model, plan(300), ignore):
        for memory.free in (900, 700, 950):
            assert available(book, model) == 700


def test_memory_of_other_programs_comes_and_goes(book: Ledger, memory: Memory, model: StableDiffusion3):
    with book.promised(model, plan(300), ignore):
        memory.free = 400  # 300 of them at the most are of the promise
        assert available(book, model) == 400
        memory.free = 2000
        assert available(book, model) == 1700


def test_weights_that_stay_are_shared_by_the_requests_of_a_model(
    book: Ledger, memory: Memory, model: StableDiffusion3, copied: Path
):
    kept = sum(part.weight for part in model.resident) / MB
    with book.promised(model, plan(300, "none"), ignore):
        assert available(book, model) == pytest.approx(1000 - (300 - kept))
        assert available(book, opened(copied)) == pytest.approx(700)
        for part in model.resident:
            loaded(part)
        memory.free = 1000 - kept
        assert available(book, model) == pytest.approx(1000 - (300 - kept))


def test_a_request_that_fits_alone_waits_for_others(book: Ledger, memory: Memory, model: StableDiffusion3):
    waits = threading.Event()
    found: list[float] = []

    def second() -> None:
        with book.promised(model, plan(800), lambda item: waits.set()) as (_, size):
            found.append(size / MB)

    with book.promised(model, plan(300), ignore):
        thread = threading.Thread(target=second)
        thread.start()
        assert waits.wait(30)
        assert found == []
    thread.join(30)
    assert found == [1000]


def test_who_waits_may_leave(book: Ledger, memory: Memory, model: StableDiffusion3):
    def leave(item: object) -> None:
        raise ai.Cancelled("the consumer has closed the stream")

    with book.promised(model, plan(300), ignore):
        with pytest.raises(ai.Cancelled), book.promised(model, plan(800), leave):
            pass
        assert available(book, model) == 700


def test_what_does_not_fit_alone_is_refused(book: Ledger, memory: Memory, model: StableDiffusion3):
    with pytest.raises(ai.OutOfMemory, match="1000 MB"), book.promised(model, plan(1200), ignore):
        pass
    assert available(book, model) == 1000


@pytest.fixture
def own_ledger(book: Ledger, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    monkeypatch.setattr(pipeline, "ledger_of", lambda device: book)
    return book


def test_pictures_that_fit_one_at_a_time_are_all_drawn(
    own_ledger: Ledger, model: StableDiffusion3, monkeypatch: pytest.MonkeyPatch
):
    """With memory for one and a half, at most one is drawn at a time."""
    request = ImageRequest(model="m", prompt="a fox", steps=2, seed=1)
    alone: list[object] = []
    pipeline.draw(model, request, alone.append)
    least = pipeline.make_plan(model, pipeline.config.settle(request, model.variant, model.size), 1e12)
    model.release()
    monkeypatch.setattr(ledger, "free_memory", lambda device: 1.5 * least.peak - model.in_memory)
    drawn: list[bytes] = []
    under_way: list[int] = []
    lock = threading.Lock()

    def one() -> None:
        items: list[object] = []

        def emit(item: object) -> None:
            items.append(item)
            if isinstance(item, ai.Progress) and item.phase in ("denoise", "decode"):
                under_way.append(len(own_ledger._promises))

        pipeline.draw(model, request, emit)
        with lock:
            drawn.extend(item.data for item in items if isinstance(item, ai.GeneratedImage))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert drawn == [item.data for item in alone if isinstance(item, ai.GeneratedImage)] * 4
    assert own_ledger._promises == []
    assert set(under_way) == {1}
