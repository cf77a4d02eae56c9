"""Many replies of a path at once, of which some are left: nothing stays behind."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai_local.catalog.freed_memory import give_back
from fluent_ai_local.memory import in_memory, unload

AT_ONCE = 200
STATUS = Path("/proc/self/status")


def resident() -> int:
    """Bytes that the process has in memory."""
    give_back()
    return int(STATUS.read_text().split("VmRSS:")[1].split()[0]) * 1024


def ask(client: ai.Client, model: str, number: int) -> tuple[bool, str]:
    """Whether the reply was left, and its text. Each number asks for something else, and always does the same."""
    chance = random.Random(number)
    leave_after = chance.randrange(40) if chance.random() < 0.5 else None
    prompt = "".join(chance.choice("abcdef ") for _ in range(chance.randrange(1, 300)))
    texts: list[str] = []
    with client.stream(model, prompt, max_tokens=chance.randrange(1, 40), precision="exact") as stream:
        for event in stream:
            if isinstance(event, ai.TextDelta):
                texts.append(event.text)
            if len(texts) == leave_after:
                return True, ""
    return False, "".join(texts)


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="only Linux says how much memory a process has")
def test_memory_is_flat_over_many_rounds_of_replies_and_cancellations(tiny_path: Path) -> None:
    """200 at once, of which half are left at a random point; the others say what each says alone."""
    unload()
    model = f"local:{tiny_path}"
    with ai.Client() as client, ThreadPoolExecutor(AT_ONCE) as pool:

        def all_of_them() -> list[tuple[bool, str]]:
            return list(pool.map(lambda number: ask(client, model, number), range(AT_ONCE)))

        first = all_of_them()
        all_of_them()  # the pools of threads, connections and allocators have their sizes
        before = resident()
        for _ in range(4):
            assert all_of_them() == first
        grown = resident() - before
        assert 30 < sum(left for left, _ in first) < 150
        for number in range(0, AT_ONCE, 20):
            assert ask(client, model, number) == first[number]
    assert grown < 2**24
    deadline = time.monotonic() + 60
    while any("scheduler" in thread.name for thread in threading.enumerate()) and time.monotonic() < deadline:
        time.sleep(0.05)  # it ends after the last reply
    assert not any("scheduler" in thread.name for thread in threading.enumerate())
    (held,) = in_memory()
    assert held.kv.allocated >= 6 * AT_ONCE
    assert unload() == 1
