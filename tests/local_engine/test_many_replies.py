"""Many readers of one local model, of whom some leave at any moment: no deadlock, no wrong reply, memory that stays."""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai_local.memory import _provider, in_memory, unload

QUESTIONS = [letter * length for letter, length in zip("abcdefgh", (5, 400, 12, 1, 60, 300, 9, 33), strict=True)]


@pytest.fixture
def model(write_gguf: Callable[..., Path]) -> Iterator[str]:
    """A model whose template runs in this process: 200 processes at once are another matter."""
    path = write_gguf(seed=3)
    _provider().models().get(str(path), lambda event: None).template._trusted = True
    yield f"local:{path}"
    unload(str(path))


def ask(client: ai.Client, model: str, number: int, leave_after: int | None) -> tuple[int, str] | None:
    """The reply, or None where this reader left after so many events."""
    which = number % len(QUESTIONS)
    with client.stream(model, QUESTIONS[which], max_tokens=30, temperature=1.0, seed=which) as stream:
        for count, _ in enumerate(stream):
            if count == leave_after:
                return None
        return which, stream.collect().text


def crowd(client: ai.Client, model: str, size: int, seed: int) -> list[tuple[int, str]]:
    """So many readers at once; half of them leave somewhere."""
    chance = random.Random(seed)
    leaving = [chance.choice([None, chance.randrange(40)]) for _ in range(size)]
    with ThreadPoolExecutor(size) as pool:
        replies = pool.map(lambda number: ask(client, model, number, leaving[number]), range(size))
        return [reply for reply in replies if reply is not None]


def resident() -> int:
    """Kilobytes of memory."""
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0])


def check(client: ai.Client, model: str, size: int, seed: int) -> None:
    replies = crowd(client, model, size, seed)
    assert len(replies) > size // 3
    expected = {ask(client, model, number, None) for number in range(len(QUESTIONS))}
    assert set(replies) <= expected


def test_readers_that_come_and_leave_get_what_each_gets_alone(model: str) -> None:
    with ai.Client() as client:
        check(client, model, 40, seed=1)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_two_hundred_readers_leave_no_memory_and_no_threads_behind(model: str) -> None:
    threads = threading.active_count()
    with ai.Client() as client:
        for seed in range(2):
            check(client, model, 200, seed)  # what the allocator keeps for so many threads
        before, prefixes = resident(), in_memory()[-1].size
        for seed in range(2, 6):
            check(client, model, 200, seed)
        assert resident() - before < 20_000 + (in_memory()[-1].size - prefixes) // 1000
    for thread in threading.enumerate():
        if thread.name.startswith("fluent-ai"):
            thread.join(30)
    assert threading.active_count() <= threads + 1
