"""Many replies at once against the naive twin: each of them alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import numpy as np
import pytest
import torch
from fluent_ai.errors import Cancelled, OutOfMemory
from fluent_ai_local import scheduler as module
from fluent_ai_local.generate import Generation, Token, generate
from fluent_ai_local.layers.prefix_cache import PrefixCache
from fluent_ai_local.samplers import Sampling
from fluent_ai_local.scheduler import Prefilled, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

CHANCE = Sampling(temperature=1.5, top_k=50, top_p=0.95)


class Asked:
    """What one reader asks for."""

    def __init__(self, length: int, count: int, seed: int | None = None, leave_after: int | None = None) -> None:
        self.prompt = [3 + (number * number + 7 * length) % 200 for number in range(length)]
        self.count = count
        self.sampling = Sampling() if seed is None else CHANCE
        self.seed = seed
        self.leave_after = leave_after

    @property
    def generator(self) -> np.random.Generator | None:
        return None if self.seed is None else np.random.default_rng(self.seed)

    def generation(self, network) -> Generation:
        cache = network.new_cache(len(self.prompt) + self.count)
        return Generation(self.prompt, cache, max_tokens=self.count, sampling=self.sampling, generator=self.generator)

    def alone(self, network) -> list[int]:
        tokens = list(
            generate(network, self.prompt, max_tokens=self.count, sampling=self.sampling, generator=self.generator)
        )
        return tokens[: self.leave_after]

    def read(self, scheduler: Scheduler, network) -> list[int]:
        tokens: list[int] = []
        with closing(scheduler.run(self.generation(network))) as steps:
            for step in steps:
                if isinstance(step, Token):
                    tokens.append(step.id)
                if len(tokens) == self.leave_after:
                    break
        return tokens


class Watched:
    """A network that notes what it computes, and may wait before it does: [rows, tokens] of each pass."""

    def __init__(self, network) -> None:
        self._network = network
        self.passes: list[tuple[int, ...]] = []
        self.before: Callable[[], object] = lambda: None

    def __getattr__(self, name: str) -> object:
        return getattr(self._network, name)

    def forward(self, tokens: torch.Tensor, cache, **options: bool) -> torch.Tensor:
        self.before()
        self.passes.append(tuple(tokens.shape))
        return self._network.forward(tokens, cache, **options)


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(64) as pool:
        yield pool


def ended(scheduler: Scheduler) -> None:
    """Waits until the scheduler's thread has."""
    for thread in threading.enumerate():
        if thread.name == "fluent-ai scheduler":
            thread.join(60)
    assert not scheduler._runs
    assert scheduler._jobs == [] or all(job.over for job in scheduler._jobs)


ASKED = st.builds(
    Asked,
    length=st.integers(1, 40) | st.integers(250, 560),
    count=st.integers(1, 30),
    seed=st.none() | st.integers(0, 3),
    leave_after=st.none() | st.integers(1, 30),
)


@settings(max_examples=20)
@given(asked=st.lists(ASKED, min_size=1, max_size=8))
def test_replies_that_are_computed_together_are_those_computed_alone(tiny, asked: list[Asked]) -> None:
    """Whenever each joins and leaves, token for token."""
    scheduler = Scheduler(tiny, PrefixCache())
    with ThreadPoolExecutor(len(asked)) as pool:
        replies = list(pool.map(lambda each: each.read(scheduler, tiny), asked))
    assert replies == [each.alone(tiny) for each in asked]


def test_replies_share_the_passes(tiny, pool: ThreadPoolExecutor) -> None:
    watched, gathered = Watched(tiny), threading.Event()
    watched.before = lambda: gathered.wait(60)
    scheduler = Scheduler(watched, PrefixCache())
    replies = [pool.submit(Asked(5, 20).read, scheduler, tiny) for _ in range(16)]
    while len(scheduler._jobs) < 16:
        gathered.wait(0.01)
    gathered.set()
    assert len({tuple(reply.result(60)) for reply in replies}) == 1
    # A prompt a turn and a token for all whose prompt is done: 16 turns until all are there.
    assert max(rows for rows, _ in watched.passes) == 16
    assert len(watched.passes) <= 16 + 16 + 20


def test_a_long_prompt_stops_the_others_for_one_chunk_at_a_time(tiny, pool: ThreadPoolExecutor) -> None:
    watched = Watched(tiny)
    scheduler = Scheduler(watched, PrefixCache())
    talking = scheduler.run(Asked(4, 500).generation(tiny))
    assert isinstance(next(talking), Prefilled)
    read = pool.submit(list, talking)
    assert len(Asked(590, 3).read(scheduler, tiny)) == 3
    chunks = [number for number, (_, tokens) in enumerate(watched.passes) if tokens > 1][1:]
    assert [watched.passes[number] for number in chunks] == [(1, 256), (1, 256), (1, 78)]
    assert all(watched.passes[number + 1] == (1, 1) for number in chunks[:-1])
    assert sum(isinstance(step, Token) for step in read.result(60)) == 500


def test_prompts_take_turns(tiny, pool: ThreadPoolExecutor) -> None:
    """A short one behind a long one waits for one chunk, not for all of it."""
    watched, gathered = Watched(tiny), threading.Event()
    watched.before = lambda: gathered.wait(60)
    scheduler = Scheduler(watched, PrefixCache())
    long = pool.submit(Asked(590, 1).read, scheduler, tiny)
    while len(scheduler._jobs) < 1:
        gathered.wait(0.01)
    short = pool.submit(Asked(7, 1).read, scheduler, tiny)
    while len(scheduler._jobs) < 2:
        gathered.wait(0.01)
    gathered.set()
    assert len(long.result(60)) == len(short.result(60)) == 1
    assert watched.passes == [(1, 256), (1, 7), (1, 256), (1, 78)]


def test_a_prompt_that_many_send_at_once_is_computed_once(tiny, pool: ThreadPoolExecutor) -> None:
    watched = Watched(tiny)
    scheduler = Scheduler(watched, PrefixCache())
    replies = [pool.submit(Asked(560, 2).read, scheduler, tiny) for _ in range(6)]
    assert len({tuple(reply.result(60)) for reply in replies}) == 1
    assert watched.passes.count((1, 256)) <= 2 + 1  # whoever has begun a block ends it


def test_more_replies_than_fit_into_a_pass_take_turns(tiny, pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TOGETHER", 3)
    watched, gathered = Watched(tiny), threading.Event()
    watched.before = lambda: gathered.wait(60)
    scheduler = Scheduler(watched, PrefixCache())
    counts: list[list[int]] = []
    replies = [pool.submit(Asked(5, 30).read, scheduler, tiny) for _ in range(7)]
    while len(scheduler._jobs) < 7:
        gathered.wait(0.01)

    def count() -> None:
        lengths = [job.generation.cache.length for job in scheduler._jobs if job.generation.prefilled]
        if len(lengths) == 7:
            counts.append(lengths)

    watched.before = count
    gathered.set()
    assert len({tuple(reply.result(60)) for reply in replies}) == 1
    assert max(rows for rows, _ in watched.passes) == 3
    spread = [max(lengths) - min(lengths) for lengths in counts]
    assert len(spread) > 20
    assert max(spread) <= spread[0] + 1  # what those had that came first, and a turn


def test_a_reader_that_stops_is_parked_and_the_others_go_on(tiny) -> None:
    scheduler = Scheduler(tiny, PrefixCache())
    generation = Asked(5, 500).generation(tiny)
    stopped = scheduler.run(generation)
    assert next(stopped) == Prefilled(5, 5)
    other = Asked(6, 200)
    assert other.read(scheduler, tiny) == other.alone(tiny)
    assert generation.cache.length <= 5 + module._AHEAD + 2
    tokens = [step.id for step in stopped if isinstance(step, Token)]
    assert tokens == Asked(5, 500).alone(tiny)


def test_who_leaves_is_computed_no_further(tiny) -> None:
    watched, left = Watched(tiny), threading.Event()
    watched.before = lambda: left.wait(60) if watched.passes else None
    scheduler = Scheduler(watched, PrefixCache())
    generation = Asked(590, 5).generation(tiny)
    steps = scheduler.run(generation)
    assert next(steps) == Prefilled(256, 590)
    steps.close()
    left.set()
    ended(scheduler)
    assert generation.cache.length == 256  # the chunk that was being computed has ended at its next layer
    assert len(watched.passes) <= 2


def test_an_error_is_that_of_its_reply_alone(tiny, pool: ThreadPoolExecutor) -> None:
    def fail(*arguments: object) -> None:
        raise OutOfMemory("full", estimate=1)

    scheduler = Scheduler(tiny, PrefixCache())
    good = [Asked(length, 40, seed) for length, seed in ((3, None), (300, 2), (9, 1))]
    replies = [pool.submit(each.read, scheduler, tiny) for each in good]
    for name in ("reserve", "attend_on"):  # before a pass, and in the middle of one that others share
        bad = Asked(5, 40).generation(tiny)
        steps = scheduler.run(bad)
        assert next(steps) == Prefilled(5, 5)
        setattr(bad.cache, name, fail)
        with pytest.raises(OutOfMemory, match="full"):
            list(steps)
    samplers = Asked(5, 40).generation(tiny)
    samplers._chain.choose = fail
    with pytest.raises(OutOfMemory, match="full"):
        list(scheduler.run(samplers))
    unknown = Asked(5, 40)
    unknown.prompt[2] = 10**6  # no such token
    with pytest.raises((IndexError, RuntimeError)):
        unknown.read(scheduler, tiny)
    assert [reply.result(60) for reply in replies] == [each.alone(tiny) for each in good]


def test_the_thread_ends_with_the_last_reply_and_comes_again(tiny) -> None:
    scheduler = Scheduler(tiny, PrefixCache())
    for _ in range(3):
        assert len(Asked(5, 4).read(scheduler, tiny)) == 4
        ended(scheduler)


def test_a_scheduler_that_is_stopped_ends_its_replies(tiny) -> None:
    scheduler = Scheduler(tiny, PrefixCache())
    steps = scheduler.run(Asked(5, 500).generation(tiny))
    next(steps)
    scheduler._stop()
    with pytest.raises(Cancelled, match="about to end"):
        list(steps)
