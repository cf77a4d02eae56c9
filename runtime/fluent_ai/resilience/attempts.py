"""The attempts of one request: the only loop that sends, judges a response by its head, and retries.

Streams, model lists and codegen's fetches all use it, so they follow the same rules. Its hooks are the only place that
sees provider, model, attempt, stage and seconds.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from time import perf_counter, time
from typing import NamedTuple, TypeAlias

from fluent_ai.auth.base import ANONYMOUS, Authenticator
from fluent_ai.errors import (
    Cancelled,
    ConnectionFailed,
    DeadlineExceeded,
    FluentError,
    ProtocolError,
    RateLimited,
    untraced,
)
from fluent_ai.http import phases
from fluent_ai.http.messages import HTML_PAGE, AsyncResponse, AsyncTransport, HttpRequest, Timeouts
from fluent_ai.observe.hooks import AttemptEvent, Hook, Stage
from fluent_ai.resilience.breaker import Outcome, Permit
from fluent_ai.resilience.budget import Budget
from fluent_ai.resilience.calls import Calls
from fluent_ai.resilience.gate import Entry, Gate, outcome_of
from fluent_ai.resilience.limiter import Limiter, Ticket
from fluent_ai.resilience.recovery import Recoveries
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.resilience.waiting import Deadline, Waiting

MAX_ERROR_BODY = 1024 * 1024
"""The number of bytes that are read of an error's body; the rest is dropped."""
ERROR_BODY_SECONDS = 10.0
"""Seconds to wait for the body of an error. The status is known already, so whatever arrives in time suffices."""

DecodeError: TypeAlias = Callable[[int, Mapping[str, str], bytes], FluentError]


class Delivery(NamedTuple):
    """How requests are sent: the client's settings, the same for all attempts of a call."""

    connect: Callable[[], AsyncTransport]
    waiting: Waiting
    timeouts: Timeouts
    policy: RetryPolicy
    hooks: Sequence[Hook] = ()
    measure: Callable[[AsyncIterator[bytes]], AsyncIterator[bytes]] | None = None
    """Wraps the body of an answer, if somebody wants to know what of it was waited for."""
    calls: Callable[[], Calls] = Calls
    """The calls that end with the client."""
    budget: Budget | None = None
    """The retries that the client may still make at the provider; None for any number."""
    gate: Gate | None = None
    """What lets attempts through."""
    recoveries: Recoveries | None = None
    """Counts what retries were good for."""


class Attempts:
    """The attempts of one request. `accepts` judges a response by its status; `decode_error` reads one from 400."""

    _retried: type[FluentError] | None = None
    """The error after which the request was sent again."""

    def __init__(
        self,
        delivery: Delivery,
        request: HttpRequest,
        decode_error: DecodeError,
        *,
        provider: str,
        model: str | None = None,
        authenticator: Authenticator = ANONYMOUS,
        accepts: Callable[[int], bool] = lambda status: 200 <= status < 300,
    ) -> None:
        self.started_at: float | None = None
        """When the first attempt began, by `perf_counter`."""
        self.answer_headers: Mapping[str, str] = {}
        """Those of the last accepted answer."""
        self.waiting = delivery.waiting
        self.timeouts = delivery.timeouts
        self.response: AsyncResponse | None = None
        self.measure = delivery.measure
        self._delivery = delivery
        self._budget = delivery.budget
        self._request = request
        self._decode_error = decode_error
        self._provider = provider
        self._model = model
        self._authenticator = authenticator
        self._accepts = accepts
        self._attempt = 0
        self._retries = 0
        self._began = 0.0
        self._queued = 0.0
        """How long the next request has waited for its turn, in seconds."""
        self._phases: phases.Phases | None = None
        """What the attempt has waited for and was not told of yet."""
        self._calls: Calls | None = None
        self._total: Deadline | None = None
        self._first: Deadline | None = None
        self._ends_at: float | None = None
        self._stopped: Callable[[], FluentError] | None = None
        self._gate = delivery.gate
        self._entry: Entry | None = None
        self._limiter = None if delivery.gate is None else delivery.gate.limiter
        self._ticket: Ticket | None = None

    async def open(self) -> AsyncResponse:
        """The first accepted response, once its head has arrived. Raises the error of the last attempt."""
        self._begin()
        while True:
            try:
                return await self._send()
            except FluentError as error:
                await self.retry(error)

    async def retry(self, error: FluentError) -> None:
        """Drop the response and wait until the next attempt is due; raises `error` if there is none left.

        An attempt with another key or a new token starts at once and does not count as a retry.
        """
        headers = {} if self.response is None else self.response.headers
        if not self._stopped:
            self.failed(error)
        await self._release()
        delay: float | None = 0.0
        counted = not self._authenticator.rejected(error, headers)
        if counted:
            delay = None if self._stopped else self._delivery.policy.delay(error, self._retries)
            self._retries += 1
            if self._gate is not None and isinstance(error, RateLimited) and len(self._authenticator.secrets) < 2:
                self._gate.limited(error)  # of several keys, each has its own pause
        if delay and self._ends_at is not None and perf_counter() + delay >= self._ends_at:
            delay = None  # there would be no time left
        if counted and self._let_in and delay is not None and self._budget is not None and not self._budget.spend():
            delay = None
        self._tell("failed", error, delay)
        if delay:
            await self.waiting.sleep(delay)
        if delay is None or self._stopped:
            self._count_retry(worked=False)
            raise self.located(self.outcome(error))
        if counted:
            self._retried = self._retried or type(error)

    def succeeded(self) -> None:
        """The caller gets the answer, or the first of it, so the call will not be tried again."""
        if self._retried is not None:
            self._count_retry(worked=True)
        if self._budget is not None:
            self._budget.earn()
        self._leave("success")
        if self._ticket is not None:
            self._ticket.answered()

    def _count_retry(self, *, worked: bool) -> None:
        kind, self._retried = self._retried, None
        if kind is not None and self._delivery.recoveries is not None:
            self._delivery.recoveries.count(kind, "retry", worked=worked)

    def failed(self, error: FluentError) -> None:
        """The attempt failed, perhaps after it had begun well."""
        self._leave(outcome_of(error))
        if self._limiter is not None and self._let_in:
            self._limiter.failed(error)

    @property
    def _let_in(self) -> bool:
        """False if the gate refused the attempt, which therefore cost the provider nothing."""
        return self._gate is None or self._entry is not None

    def _leave(self, outcome: Outcome) -> None:
        if self._first is not None:
            self._first.cancel()
        if self._gate is not None and self._entry is not None and (turn := self._gate.leave(self._entry, outcome)):
            self._tell(turn)

    @property
    def limited(self) -> bool:
        """True if tokens are counted, so that somebody wants to know how many were used."""
        return self._ticket is not None

    def used(self, tokens: int) -> None:
        """So many tokens were used for the answer and its prompt."""
        if self._ticket is not None:
            self._ticket.settle(tokens)

    def outcome(self, error: FluentError) -> FluentError:
        """The error to raise: what has ended the call, if it was not this one."""
        return error if self._stopped is None else self._stopped()

    @property
    def stopped(self) -> bool:
        """True if the call was ended from outside, so that an end of its body means nothing."""
        return self._stopped is not None

    def located(self, error: FluentError) -> FluentError:
        """The error with provider and model set, and without its traceback."""
        error.provider = error.provider or self._provider
        error.model = error.model or self._model
        return untraced(error)

    async def close(self) -> None:
        """End the call: release the connection of the response, if there is one."""
        if self._calls is not None:
            self._calls.remove(self)
        for deadline in (self._total, self._first):
            if deadline is not None:
                deadline.cancel()
        if isinstance(self._entry, Permit):
            self._entry.settle("none")  # nothing came of it, or it is settled already
        await self._release()

    def abort(self) -> None:
        """End the current wait and prevent further attempts; safe from any thread."""
        self._stop(lambda: Cancelled("the stream or its client was closed before the end of the answer"))

    def cut(self) -> None:
        """Drop the connection of the response, which ends a read; safe from any thread."""
        if (response := self.response) is not None:
            response.abort()

    def _begin(self) -> None:
        if self._calls is None:
            self._calls = self._delivery.calls()
            if (total := self.timeouts.total) is not None:
                self._total = self.waiting.deadline(self, Attempts._run_out)
                self._total.set(total)
                self._ends_at = perf_counter() + total
        self._calls.add(self)

    def _run_out(self) -> None:
        said = f"{self._provider}: no answer in time (total)"
        self._stop(lambda: DeadlineExceeded(said, stage="total", retryable=False))

    def _no_first_event(self) -> None:
        error = DeadlineExceeded(f"{self._provider}: no answer in time (first_event)", stage="first_event")
        if self._stopped is None:
            self.failed(error)  # nobody else says so, because the call ends from outside
        self._stop(lambda: error)

    def _stop(self, error: Callable[[], FluentError]) -> None:
        if self._stopped is None:
            self._stopped = error
        self.waiting.wake()
        self.cut()

    async def _release(self) -> None:
        response, self.response = self.response, None
        ticket, self._ticket = self._ticket, None
        try:
            if response is not None:
                await response.close()
        finally:
            if ticket is not None:
                ticket.leave()

    async def _send(self) -> AsyncResponse:
        self._attempt += 1
        self._began = perf_counter()
        if self.started_at is None:
            self.started_at = self._began
        transport = self._delivery.connect()
        self._tell("started")
        if self._gate is not None:
            self._entry = None
            if self._limiter is not None:
                await self._take_turn(self._limiter)
            self._entry = entry = self._gate.enter()
            if isinstance(entry, Permit) and entry.probes:
                self._tell("probing")
        if (limit := self.timeouts.first_event) is not None:
            self._first = self._first or self.waiting.deadline(self, Attempts._no_first_event)
            self._first.set(limit)
        request = await self._authenticator.authorize(self._request, self.waiting)
        self._check_open()
        response = None
        while response is None:
            try:
                sent = self.waiting.interruptible(transport.send(request, self.timeouts))
                response = await (self._timed(sent) if self._delivery.hooks else sent)
            except ConnectionFailed as error:
                if not error.unanswered:
                    raise
                # The server has closed a kept connection: nothing has failed, so nothing is waited for. There may be
                # more of them, which are gone one by one; one that is new is never unanswered.
                self._check_open()
                self._tell("failed", error, 0.0)
                self._tell("started")
        self.response = response
        if self._limiter is not None:
            self._limiter.heed(self._model, response.headers)
        self._check_open()
        if not self._accepts(response.status):
            raise await self._refused(response, self.timeouts)
        media_type = response.headers.get("content-type", "").lower()
        if media_type.startswith("text/html") and "text/html" not in request.headers.get("accept", ""):
            raise ProtocolError(f"{self._provider}: {HTML_PAGE}")
        self.answer_headers = response.headers
        self._tell("answered")
        return response

    async def _take_turn(self, limiter: Limiter) -> None:
        """Wait until the limits let the attempt through."""
        begun = perf_counter()
        try:
            size, seconds = len(self._request.body), self.timeouts.pool
            self._ticket = await limiter.enter(self._model, size, self.waiting, seconds)
        finally:
            self._queued = perf_counter() - begun
            self._phases = phases.Phases(pool=self._queued)
        self._check_open()

    async def _timed(self, sent: Awaitable[AsyncResponse]) -> AsyncResponse:
        """The response; what was waited for until its head came, or until it failed, is noted for the hooks."""
        clock = phases.PhaseClock(self._queued)
        self._queued = 0.0
        outer = phases.current.set(clock)
        stage: str | None = None
        try:
            return await sent
        except (ConnectionFailed, DeadlineExceeded) as error:
            stage = error.stage
            raise
        finally:
            phases.current.reset(outer)
            self._phases = clock.phases(stage)

    async def _refused(self, response: AsyncResponse, timeouts: Timeouts) -> FluentError:
        """The error of a response. Its status decides the kind; a body that breaks or stalls only costs details."""
        status = response.status
        if status >= 400:
            seconds = min(ERROR_BODY_SECONDS, timeouts.read or ERROR_BODY_SECONDS)
            body = await self.waiting.read_within(response, response.chunks(), seconds, MAX_ERROR_BODY)
            return self._decode_error(status, response.headers, body[:MAX_ERROR_BODY])
        if status >= 300 and status != 304:
            return ProtocolError(f"{self._provider}: redirects are not followed ({status}): the base URL is wrong")
        return ProtocolError(f"{self._provider}: expected status 200, got {status}")

    def _check_open(self) -> None:
        if self._stopped is not None:
            raise self._stopped()

    def _tell(self, stage: Stage, error: FluentError | None = None, retry_in: float | None = None) -> None:
        for hook in self._delivery.hooks:
            seconds = perf_counter() - self._began
            key = None if stage == "started" else self._authenticator.key_name
            spent = self._phases if stage in ("answered", "failed") else None
            hook(
                AttemptEvent(
                    stage, self._provider, self._model, self._attempt, seconds, error, retry_in, spent, time(), key
                )
            )
        if stage in ("answered", "failed"):
            self._phases = None  # an answer that breaks off later has waited for its head only once
