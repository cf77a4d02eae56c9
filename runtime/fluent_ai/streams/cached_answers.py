"""Whole answers through a private HTTP cache, which keeps them where its owner likes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from fluent_ai.content.private import PrivateStruct
from fluent_ai.errors import FluentError
from fluent_ai.http.cache import Stored, age, conditions, fresh, selects, stale_on_error, stored, updated
from fluent_ai.streams.whole_answers import WholeAnswer

How = Literal["sent", "not modified", "fresh", "stale"]
Known: TypeAlias = tuple[Stored, bytes]
"""What is kept of an answer, and its body."""


class Fetched(PrivateStruct, frozen=True):
    """A body and how it was come by: `sent` just now, `not modified` or still `fresh` in the cache, or `stale`, where
    the server failed and had allowed that. `entry` is what to keep; None where nothing changes, or nothing may be kept.
    """

    body: bytes
    how: How
    headers: Mapping[str, str]
    entry: Stored | None

    def moment(self, now: datetime) -> datetime:
        """When the server vouched for the body: now, unless it is stale."""
        return now - timedelta(seconds=int(self.headers["age"])) if self.how == "stale" else now


async def cached_answer(
    known: Known | None,
    url: str,
    headers: Mapping[str, str],
    send: Callable[[Mapping[str, str]], Awaitable[WholeAnswer]],
    clock: Callable[[], float],
    *,
    caller: str = "",
    ask: bool = False,
) -> Fetched:
    """The body at `url`. With `ask` the server is asked even where the cache is fresh.

    `known` is what is kept for the URL; `send` sends a request with such headers; `caller` stands for the headers that
    it adds, as those with keys. Raises what `send` raises.
    """
    if known is not None and not selects(known[0], headers, caller):
        known = None
    if known is not None and not ask and fresh(known[0], clock()):
        return _reused(known, "fresh", clock())
    request = {**headers, "cache-control": "no-cache"} if ask else dict(headers)
    while True:
        requested = clock()
        try:
            answer = await send({**request, **(conditions(known[0]) if known else {})})
        except FluentError as error:
            if known is None or not _server_failed(error) or not stale_on_error(known[0], clock()):
                raise
            return _reused(known, "stale", clock())
        received = clock()
        if answer.status == 200:
            entry = stored(url, headers, answer.headers, requested, received, caller)
            return Fetched(answer.body, "sent", answer.headers, entry)
        if known is not None and (entry := updated(known[0], answer.headers, requested, received)):
            return Fetched(known[1], "not modified", entry.headers, entry)
        known = None  # the 304 is about another answer than ours: ask again without conditions


def _reused(known: Known, how: How, now: float) -> Fetched:
    entry, body = known
    return Fetched(body, how, {**entry.headers, "age": str(int(age(entry, now)))}, None)


def _server_failed(error: FluentError) -> bool:
    """The failures that stale-if-error is for: no answer, or one of 500, 502, 503 and 504 (RFC 5861, 4)."""
    return error.status in (500, 502, 503, 504) if error.status else error.fault == "network"
