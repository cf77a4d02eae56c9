"""The attempts of one request: the only loop that sends, judges a response by its head, and retries.

Streams, model lists and codegen's fetches all use it, so they follow the same rules. Its hooks are the only place that
sees provider, model, attempt, stage and seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import NamedTuple, TypeAlias

from fluent_ai.auth.base import ANONYMOUS, Authenticator
from fluent_ai.errors import Cancelled, FluentError, ProtocolError, untraced
from fluent_ai.http.messages import HTML_PAGE, AsyncResponse, AsyncTransport, HttpRequest, Timeouts
from fluent_ai.observe.hooks import AttemptEvent, Hook, Stage
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.resilience.waiting import Waiting

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


class Attempts:
    """The attempts of one request. `accepts` judges a response by its status; `decode_error` reads one from 400."""

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
        self.waiting = delivery.waiting
        self.response: AsyncResponse | None = None
        self._delivery = delivery
        self._request = request
        self._decode_error = decode_error
        self._provider = provider
        self._model = model
        self._authenticator = authenticator
        self._accepts = accepts
        self._attempt = 0
        self._retries = 0
        self._began = 0.0
        self._aborted = False

    async def open(self) -> AsyncResponse:
        """The first accepted response, once its head has arrived. Raises the error of the last attempt."""
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
        await self.close()
        delay: float | None = 0.0
        if not self._authenticator.rejected(error, headers):
            delay = None if self._aborted else self._delivery.policy.delay(error, self._retries)
            self._retries += 1
        self._tell("failed", error, delay)
        if delay:
            await self.waiting.sleep(delay)
        if delay is None or self._aborted:
            raise self.located(error)

    def located(self, error: FluentError) -> FluentError:
        """The error with provider and model set, and without its traceback."""
        error.provider = error.provider or self._provider
        error.model = error.model or self._model
        return untraced(error)

    async def close(self) -> None:
        """Release the connection of the response, if there is one."""
        response, self.response = self.response, None
        if response is not None:
            await response.close()

    def abort(self) -> None:
        """Interrupt the current attempt and prevent further ones; safe from any thread."""
        self._aborted = True
        self.waiting.wake()
        if (response := self.response) is not None:
            response.abort()

    async def _send(self) -> AsyncResponse:
        self._attempt += 1
        self._began = perf_counter()
        if self.started_at is None:
            self.started_at = self._began
        self._tell("started")
        request = await self._authenticator.authorize(self._request, self.waiting)
        self._check_open()
        timeouts = self._delivery.timeouts
        response = await self.waiting.interruptible(self._delivery.connect().send(request, timeouts))
        self.response = response
        self._check_open()
        if not self._accepts(response.status):
            raise await self._refused(response, timeouts)
        media_type = response.headers.get("content-type", "").lower()
        if media_type.startswith("text/html") and "text/html" not in request.headers.get("accept", ""):
            raise ProtocolError(f"{self._provider}: {HTML_PAGE}")
        self._tell("answered")
        return response

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
        if self._aborted:
            raise Cancelled("the stream was closed before the response arrived")

    def _tell(self, stage: Stage, error: FluentError | None = None, retry_in: float | None = None) -> None:
        for hook in self._delivery.hooks:
            seconds = perf_counter() - self._began
            hook(AttemptEvent(stage, self._provider, self._model, self._attempt, seconds, error, retry_in))
