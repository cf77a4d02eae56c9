"""GETs of lists and sources through a private HTTP cache on disk."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from fluent_ai.auth.base import ANONYMOUS, Authenticator
from fluent_ai.http.cache import Stored
from fluent_ai.http.messages import AsyncTransport, HttpRequest, Timeouts
from fluent_ai.resilience.attempts import Delivery
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.resilience.waiting import LoopWaiting
from fluent_ai.streams.cached_answers import Fetched, cached_answer
from fluent_ai.streams.whole_answers import WholeAnswer, whole_answer

from fluent_ai_codegen.files.cache import write_atomically

_HEAD = msgspec.json.Decoder(Stored)


@dataclass
class Web:
    """`folder` holds the cached answers, one file each: the head as one line of JSON, then the body."""

    transport: AsyncTransport
    folder: Path
    timeouts: Timeouts
    policy: RetryPolicy
    clock: Callable[[], float] = time.time

    async def get(
        self,
        url: str,
        headers: Mapping[str, str],
        *,
        provider: str,
        authenticator: Authenticator = ANONYMOUS,
        ask: bool = False,
    ) -> Fetched:
        """The body at `url`. With `ask` the server is asked even where the cache is fresh. Raises FluentError."""

        async def send(asked: Mapping[str, str]) -> WholeAnswer:
            return await self._send(url, asked, provider, authenticator)

        caller = " ".join(authenticator.secrets)
        return await cached_answer(self._read(url), url, headers, send, self.clock, caller=caller, ask=ask)

    async def _send(
        self, url: str, headers: Mapping[str, str], provider: str, authenticator: Authenticator
    ) -> WholeAnswer:
        request = HttpRequest("GET", url, headers)
        delivery = Delivery(lambda: self.transport, LoopWaiting(), self.timeouts, self.policy)
        return await whole_answer(delivery, request, provider=provider, authenticator=authenticator)

    def keep(self, url: str, fetched: Fetched) -> None:
        """Cache what `get` brought, once it is known to be a good answer: a broken one must not be vouched for by its
        own ETag. OSError when it cannot be written."""
        if fetched.entry is not None:
            write_atomically(self._path(url), msgspec.json.encode(fetched.entry) + b"\n" + fetched.body)
        elif fetched.how == "sent":
            self._path(url).unlink(missing_ok=True)

    def _read(self, url: str) -> tuple[Stored, bytes] | None:
        """What is cached for the URL. A damaged file counts as none: it is a copy of what the server has."""
        try:
            head, _, body = self._path(url).read_bytes().partition(b"\n")
            return _HEAD.decode(head), body
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def _path(self, url: str) -> Path:
        return self.folder / hashlib.sha256(url.encode()).hexdigest()
