"""The queue of those who wait for a place: first come, first served, and anybody may leave it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING

from fluent_ai.errors import ConcurrencyLimited, DeadlineExceeded, FluentError, Overloaded, RateLimited
from fluent_ai.http.rate_headers import quota
from fluent_ai.resilience.limits import Concurrency, Limits, Use, Window
from fluent_ai.threads import new_rlock, renew_in_child

if TYPE_CHECKING:
    from fluent_ai.resilience.waiting import Waiting

_LONGEST = 3600.0
"""Seconds that somebody waits at a time where nothing says when there will be room."""


class Ticket:
    """A place among those who are under way, or in the queue for one. It is given back once, by whoever holds it."""

    def __init__(self, limiter: Limiter, model: str | None, tokens: float) -> None:
        self.model = model
        self.tokens = tokens
        self.granted_at: float | None = None
        self.used: Use | None = None
        """What of the tokens of a minute it takes."""
        self.wake: Callable[[], object] = _nobody
        self.generation = limiter.generation
        self._limiter = limiter
        self._left = False

    @property
    def ready(self) -> bool:
        return self.granted_at is not None

    def leave(self) -> None:
        """Give the place up, in the queue or under way. Safe from any thread, and repeatedly."""
        if not self._left:
            self._left = True
            self._limiter.leave(self)

    def settle(self, tokens: float) -> None:
        """So many tokens were used."""
        self._limiter.settle(self, tokens)

    def answered(self) -> None:
        """Its call has its first value."""
        self._limiter.answered(self)

    def __del__(self) -> None:
        self.leave()


class Limiter:
    """The limits of one provider and key, and who waits for them. Safe from any thread; `clock` gives seconds."""

    def __init__(self, name: str, limits: Limits, clock: Callable[[], float] = perf_counter) -> None:
        self.name = name
        self.concurrency = Concurrency() if limits.at_once == "auto" else None
        self.under_way = 0
        self.queue: deque[Ticket] = deque()
        self.generation = 0
        """How often the process was forked since; tickets of earlier ones are the parent's."""
        self._at_once = limits.at_once if isinstance(limits.at_once, int) else None
        self._requests = None if limits.requests_per_minute is None else Window(limits.requests_per_minute)
        self._tokens = None if limits.tokens_per_minute is None else Window(limits.tokens_per_minute)
        self._clock = clock
        self._lock = new_rlock()
        self._held = 1.0
        """How long a place is held, in seconds: a moving average."""
        self._answers: dict[str | None, float] = {}
        """How many tokens an answer of a model takes: a moving average."""
        self._closed: dict[str | None, float] = {}
        """When a model may be asked again that has nothing left, as the provider says."""
        renew_in_child(self, Limiter._renew)

    @property
    def at_once(self) -> int | None:
        """How many may be under way now; None for any number."""
        return self._at_once if self.concurrency is None else int(self.concurrency.limit)

    async def enter(self, model: str | None, size: int, waiting: Waiting, seconds: float | None) -> Ticket:
        """A place for a request of `size` bytes, once there is one. Raises ConcurrencyLimited if there is none within
        so many seconds.

        If the wait is interrupted there may be no place; whoever interrupts it says why.
        """
        ticket = self.queue_up(size / 4 + self._answer(model), model)
        ends = None if seconds is None else self._clock() + seconds
        try:
            while (wait := self.wait(ticket)) > 0:
                left = _LONGEST if ends is None else ends - self._clock()
                if left <= 0:
                    raise self.refusal()
                if not await waiting.queue(ticket, min(wait, left, _LONGEST)):
                    break
        except BaseException:
            ticket.leave()
            raise
        return ticket

    def queue_up(self, tokens: float, model: str | None = None) -> Ticket:
        """A ticket at the end of the queue, or with a place already."""
        with self._lock:
            ticket = Ticket(self, model, tokens)
            self.queue.append(ticket)
            self._grant()
            return ticket

    def wait(self, ticket: Ticket) -> float:
        """Seconds after which to ask again; 0 if the ticket has a place."""
        with self._lock:
            self._grant()
            if ticket.granted_at is not None:
                return 0.0
            closed = self._time_to_open(ticket.model)
            return closed or (self._time_to_room(ticket) if self._next() is ticket else _LONGEST)

    def leave(self, ticket: Ticket) -> None:
        with self._lock:
            if ticket.generation != self.generation:
                return
            if ticket.granted_at is None:
                if ticket in self.queue:
                    self.queue.remove(ticket)
            else:
                self.under_way -= 1
                self._held += 0.1 * (self._clock() - ticket.granted_at - self._held)
            self._grant()

    def answered(self, ticket: Ticket) -> None:
        if self.concurrency is not None and ticket.granted_at is not None:
            with self._lock:
                self.concurrency.answered(self._clock() - ticket.granted_at, self.under_way)
                self._grant()

    def failed(self, error: FluentError) -> None:
        """A call failed; if the provider had no room for it, less are sent at once."""
        if self.concurrency is not None and isinstance(error, RateLimited | Overloaded | DeadlineExceeded):
            with self._lock:
                self.concurrency.overloaded()

    def heed(self, model: str | None, headers: Mapping[str, str]) -> None:
        """What a response says of how much may still be asked of the model."""
        requests, tokens = quota(headers)
        waits = [left.reset for left in (requests,) if left is not None and left.amount < 1]
        waits += [left.reset for left in (tokens,) if left is not None and left.amount < self._answer(model)]
        if waits:
            with self._lock:
                self._closed[model] = self._clock() + max(waits)

    def settle(self, ticket: Ticket, tokens: float) -> None:
        with self._lock:
            expected = self._answer(ticket.model)
            answer = max(0.0, tokens - (ticket.tokens - expected))
            self._answers[ticket.model] = expected + 0.1 * (answer - expected)
            if self._tokens is not None and ticket.used is not None:
                self._tokens.settle(ticket.used, tokens, self._clock())
                self._grant()

    def _answer(self, model: str | None) -> float:
        return self._answers.get(model, 250.0)

    def refusal(self) -> ConcurrencyLimited:
        """The error of somebody who has waited for too long."""
        limit, queued = self.at_once, len(self.queue)
        expected = self._held * (queued + 1) / max(1, limit or 1)
        return ConcurrencyLimited(
            f"{self.name}: no place within the time limit (pool); {self.under_way} calls are under way"
            + (f", allowed: {limit} at once" if limit is not None else "")
            + f"; {queued} wait, for about {expected:.1f} s",
            current=self.under_way,
            limit=limit,
            queued=queued,
            expected_wait=expected,
        )

    def _renew(self) -> None:
        """In a forked child: who is under way, or waits, is the parent's, and gives no place back here."""
        self.generation += 1
        self.under_way = 0
        self.queue.clear()

    def _grant(self) -> None:
        """Give places to those at the head of the queue, as long as there are any."""
        while (ticket := self._next()) is not None and self._time_to_room(ticket) <= 0:
            self.queue.remove(ticket)
            now = self._clock()
            ticket.granted_at = now
            self.under_way += 1
            if self._requests is not None:
                self._requests.use(1, now)
            if self._tokens is not None:
                ticket.used = self._tokens.use(ticket.tokens, now)
            ticket.wake()
            if (following := self._next()) is not None:
                following.wake()  # it has a time of its own now

    def _next(self) -> Ticket | None:
        """Whose turn it is: the first whose model may be asked."""
        if not self._closed:
            return self.queue[0] if self.queue else None
        return next((each for each in self.queue if self._time_to_open(each.model) <= 0), None)

    def _time_to_open(self, model: str | None) -> float:
        if model not in self._closed:
            return 0.0
        if (left := self._closed[model] - self._clock()) > 0:
            return left
        del self._closed[model]
        return 0.0

    def _time_to_room(self, ticket: Ticket) -> float:
        limit, now = self.at_once, self._clock()
        if limit is not None and self.under_way >= limit:
            return _LONGEST
        requests = 0.0 if self._requests is None else self._requests.wait(1, now)
        tokens = 0.0 if self._tokens is None else self._tokens.wait(ticket.tokens, now)
        return max(requests, tokens)


def _nobody() -> None:
    """Nobody waits."""
