"""One thread computes all replies of a model together: continuous batching (Yu et al. 2022, "Orca").

In each turn the thread computes a chunk of one prompt, and the next token of every reply that is past its prompt. So a
reply joins and leaves at any token, and a long prompt holds up the others by one chunk at a time. Reading is left to
the thread that asked: what it has not read yet is bounded, and a reply whose reader stops is parked.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from queue import Empty, SimpleQueue
from typing import Final, NamedTuple, TypeAlias

from fluent_ai.errors import Cancelled
from fluent_ai.threads import new_lock, renew_in_child, start

from fluent_ai_local.layers.kv_cache import CacheBatch
from fluent_ai_local.layers.prefix_cache import PrefixCache

from .architectures.base import Network
from .generate import Generation, Token, forward
from .samplers import Logits

_AHEAD: Final = 32
"""Steps that may wait for a reader; its reply is parked then."""
_TOGETHER: Final = 64
"""Replies whose next tokens are computed at once; more than these take turns."""
_HEARTBEAT: Final = 0.25
"""Seconds after which a reader that waits may look whether it is still wanted."""


class Prefilled(NamedTuple):
    """So many tokens of the prompt are in the cache."""

    done: int
    total: int


Step: TypeAlias = Prefilled | Token
"""What a reply gets on by: a part of its prompt, or a token."""


class _Ended(NamedTuple):
    error: Exception | None


class _Job:
    """A reply between the scheduler's thread and its reader's."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.steps: SimpleQueue[Step | _Ended] = SimpleQueue()
        self.served = 0
        """When it was last computed, or came, among all replies."""
        self.over = False

    @property
    def parked(self) -> bool:
        return self.steps.qsize() >= _AHEAD

    def end(self, error: Exception | None = None) -> None:
        self.over = True
        self.steps.put(_Ended(error))

    @contextmanager
    def taking_errors(self) -> Iterator[None]:
        """What is raised in the block ends this reply, and is raised where it is read."""
        try:
            yield
        except Exception as error:  # whatever it is
            self.end(error)

    def leave(self) -> None:
        self.over = self.generation.cache.unwanted = True


class Scheduler:
    """Computes the replies of one model. Its thread runs while there are any, and is shared by all readers."""

    def __init__(self, network: Network, prefixes: PrefixCache) -> None:
        self._network = network
        self._prefixes = prefixes
        self._lock = new_lock()
        self._renew()
        renew_in_child(self, Scheduler._renew)

    def _renew(self) -> None:
        self._jobs: list[_Job] = []
        self._runs = False
        self._stopped = False
        self._changed = threading.Event()
        self._order = count()

    def run(self, generation: Generation) -> Generator[Step | None, None, None]:
        """Yields the steps of a reply as they come, and None where a quarter of a second passes without one.

        To close it is to leave: the reply is dropped before the next token, or the next layer of its prompt. Raises
        what computing this reply raises; other replies never see it.
        """
        job = _Job(generation)
        self._join(job)
        try:
            while True:
                try:
                    step = job.steps.get(timeout=_HEARTBEAT)
                except Empty:
                    yield None
                    continue
                self._changed.set()  # it may have been parked
                if isinstance(step, _Ended):
                    if step.error is not None:
                        raise step.error
                    return
                yield step
        finally:
            job.leave()
            self._changed.set()

    def _join(self, job: _Job) -> None:
        with self._lock:
            job.served = next(self._order)
            self._jobs.append(job)
            if not self._runs:
                start(self._run, name="scheduler", stop=self._stop)
                self._runs = True
        self._changed.set()

    def _stop(self) -> None:
        self._stopped = True
        self._changed.set()

    def _run(self) -> None:
        while (jobs := self._wanted()) is not None:
            prompts = [job for job in jobs if not job.generation.prefilled]
            if prompts:
                self._prefill(prompts[0])
            self._decode([job for job in jobs if job.generation.prefilled and not job.over][:_TOGETHER])

    def _wanted(self) -> list[_Job] | None:
        """The replies to compute, those first that have waited for longest; None when there are no more.

        Waits while all are parked.
        """
        while True:
            self._changed.clear()
            with self._lock:
                self._jobs = [job for job in self._jobs if not job.over]
                if self._stopped or not self._jobs:
                    self._runs = False
                    for job in self._jobs:
                        job.end(Cancelled("the process is about to end"))
                    return None
                ready = [job for job in self._jobs if not job.parked]
            if ready:
                return sorted(ready, key=lambda job: job.served)
            self._changed.wait()

    def _prefill(self, job: _Job) -> None:
        """The next chunk of a prompt, or its beginning from the prefix cache."""
        generation = job.generation
        with job.taking_errors():
            cache, prompt = generation.cache, generation.prompt
            before = cache.length
            self._prefixes.fill(cache, prompt)
            logits = self._prefixes.finish(cache, prompt)
            generation.reused += cache.length - before
            if logits is None:
                (logits,) = forward(self._network, [generation.next_tokens()], cache)
                self._prefixes.keep(cache, prompt)
                if generation.prefilled:
                    self._prefixes.keep_end(cache, prompt, logits)
            job.served = next(self._order)  # behind those that have come meanwhile
            job.steps.put(Prefilled(generation.cache.length, len(generation.prompt)))
            if generation.prefilled:
                self._accept(job, logits)

    def _decode(self, jobs: Sequence[_Job]) -> None:
        """The next token of each."""
        rows = [job for job in jobs if self._has_room(job)]
        if not rows:
            return
        caches = CacheBatch([job.generation.cache for job in rows])
        try:
            logits = forward(self._network, [job.generation.next_tokens() for job in rows], caches)
        except Exception as error:  # raised where the reply is read
            if len(rows) == 1:
                rows[0].end(error)
            else:
                for job in rows:  # whose fault it is will show, and the others go on
                    self._decode([job])
            return
        for job, row in zip(rows, logits, strict=True):
            job.served = next(self._order)
            self._accept(job, row)

    def _has_room(self, job: _Job) -> bool:
        with job.taking_errors():
            job.generation.cache.reserve(1)
        return not job.over

    def _accept(self, job: _Job, logits: Logits) -> None:
        with job.taking_errors():
            token = job.generation.accept(logits)
            if token is not None:
                job.steps.put(token)
            if job.generation.ended:
                job.end()
