"""GETs of lists and sources through a private HTTP cache on disk."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec
from fluent_ai.auth.base import ANONYMOUS, Authenticator
from fluent_ai.errors import FluentError
from fluent_ai.http.cache import Stored, age, conditions, fresh, selects, stale_on_error, stored, updated
from fluent_ai.http.messages import AsyncTransport, HttpRequest, Timeouts
from fluent_ai.resilience.attempts import Delivery
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.resilience.waiting import LoopWaiting
from fluent_ai.streams.whole_answers import WholeAnswer, whole_answer

from fluent_ai_codegen.files.cache import write_atomically

How = Literal["sent", "not modified", "fresh", "stale"]

_HEAD = msgspec.json.Decoder(Stored)


@dataclass(frozen=True)
class Fetched:
    """A body and how it was come by: `sent` just now, `not modified` or still `fresh` in the cache, or `stale`, where
    the server failed and had allowed that. `entry` is what `Web.keep` stores."""

    body: bytes = field(repr=False)
    how: How
    headers: Mapping[str, str] = field(repr=False)
    entry: Stored | None = field(repr=False)

    def moment(self, now: datetime) -> datetime:
        """When the server vouched for the body: now, unless it is stale."""
        return now - timedelta(seconds=int(self.headers["age"])) if self.how == "stale" else now


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
        known, caller = self._read(url), " ".join(authenticator.secrets)
        if known is not None and not selects(known[0], headers, caller):
            known = None
        if known is not None and not ask and fresh(known[0], self.clock()):
            return self._reused(known, "fresh")
        request = {**headers, "cache-control": "no-cache"} if ask else dict(headers)
        while True:
            requested = self.clock()
            asked = {**request, **(conditions(known[0]) if known else {})}
            try:
                answer = await self._send(url, asked, provider, authenticator)
            except FluentError as error:
                if known is None or not _server_failed(error) or not stale_on_error(known[0], self.clock()):
                    raise
                return self._reused(known, "stale")
            received = self.clock()
            if answer.status == 200:
                entry = stored(url, headers, answer.headers, requested, received, caller)
                return Fetched(answer.body, "sent", answer.headers, entry)
            if known is not None and (entry := updated(known[0], answer.headers, requested, received)):
                return Fetched(known[1], "not modified", entry.headers, entry)
            known = None  # the 304 is about another answer than ours: ask again without conditions

    async def _send(
        self, url: str, headers: Mapping[str, str], provider: str, authenticator: Authenticator
    ) -> WholeAnswer:
        request = HttpRequest("GET", url, headers)
        delivery = Delivery(lambda: self.transport, LoopWaiting(), self.timeouts, self.policy)
        return await whole_answer(delivery, request, provider=provider, authenticator=authenticator)

    def _reused(self, known: tuple[Stored, bytes], how: How) -> Fetched:
        entry, body = known
        return Fetched(body, how, {**entry.headers, "age": str(int(age(entry, self.clock())))}, None)

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


def _server_failed(error: FluentError) -> bool:
    """The failures that stale-if-error is for: no answer, or one of 500, 502, 503 and 504 (RFC 5861, 4)."""
    return error.status in (500, 502, 503, 504) if error.status else error.fault == "network"
