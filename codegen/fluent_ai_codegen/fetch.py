"""The one impure step: ask each provider which models it has, and keep the facts in cache/.

A provider that fails keeps its last good cache; the others go on.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from fluent_ai.addresses import list_template, own_url, public_list_url
from fluent_ai.errors import ConfigError, DeadlineExceeded, FluentError, ProtocolError
from fluent_ai.interfaces import AsyncTransport, HttpRequest, Timeouts
from fluent_ai.lists.reader import ModelListReader
from fluent_ai.manifest import Manifest
from fluent_ai.protocols.api_errors import api_error
from fluent_ai.providers import Credentials
from fluent_ai.retry import RetryPolicy

from .cache import Cache, Page, write_cache

MAX_BODY = 32 * 1024 * 1024
"""Bytes of one answer; the largest list known has 0.7 MB."""

Status = Literal["updated", "not modified", "fresh", "held", "no list", "failed"]


@dataclass(frozen=True)
class FetchOptions:
    """`base_url` asks BASE/<provider>/<path of the real API> instead of the providers.

    `observed` is the day of such a stand-in's answers where it is not today; `limit` is seconds per provider.
    """

    base_url: str | None = None
    observed: date | None = None
    hold: frozenset[str] = frozenset()
    force: bool = False
    limit: float = 120.0
    timeouts: Timeouts = Timeouts(connect=10.0, first_byte=30.0, read=30.0)  # noqa: RUF009  # frozen
    policy: RetryPolicy = RetryPolicy(retries=3)  # noqa: RUF009  # frozen


@dataclass(frozen=True)
class Report:
    """What became of one provider; `url` is the address that was asked."""

    provider: str
    status: Status
    url: str = ""
    seconds: float = 0.0
    bytes: int = 0
    pages: int = 0
    models: int = 0
    error: FluentError | None = None


@dataclass
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


async def fetch_lists(
    manifests: Iterable[Manifest],
    caches: Mapping[str, Cache],
    folder: Path,
    transport: AsyncTransport,
    options: FetchOptions,
    now: datetime | None = None,
) -> list[Report]:
    """Fetch all providers at once and write what changed to `folder`. Never raises for what a provider does."""
    if options.observed and not options.base_url:
        raise ConfigError(
            "--observed is for recorded answers: give it with --base-url; a provider's own answer is of today"
        )
    moment = now or datetime.now(UTC)
    jobs = [_fetch_one(row, caches.get(row.id), folder, transport, options, moment) for row in manifests]
    return list(await asyncio.gather(*jobs))


async def _fetch_one(
    manifest: Manifest,
    cached: Cache | None,
    folder: Path,
    transport: AsyncTransport,
    options: FetchOptions,
    now: datetime,
) -> Report:
    models = len(cached.models) if cached else 0
    if manifest.model_list is None:
        return Report(manifest.id, "no list")
    if manifest.id in options.hold:
        return Report(manifest.id, "held", models=models)
    if cached and cached.fresh(now) and not options.force:
        return Report(manifest.id, "fresh", models=models)
    start = time.monotonic()
    source = _Source(manifest, options, transport)
    try:
        async with asyncio.timeout(options.limit):
            cache, report = await _read_list(source, cached, now)
        write_cache(folder, cache)
    except FluentError as error:
        report = Report(manifest.id, "failed", source.asked, error=error)
    except TimeoutError:
        late = DeadlineExceeded(f"no whole list within {options.limit:g} s", stage="total", provider=manifest.id)
        report = Report(manifest.id, "failed", source.asked, error=late)
    except OSError as error:
        unwritten = ConfigError(f"cannot write {folder}: {error.strerror}")
        report = Report(manifest.id, "failed", source.asked, error=unwritten)
    return replace(report, seconds=time.monotonic() - start)


async def _read_list(source: _Source, cached: Cache | None, now: datetime) -> tuple[Cache, Report]:
    manifest = source.manifest
    reader = ModelListReader(manifest, source.public)
    known = _validated(cached, reader.url)
    observed = source.options.observed or now.date()
    pages: list[Page] = []
    while reader.url is not None:
        url = reader.url
        answer = await source.get(url, known)
        if answer.status == 304 and known is not None and cached is not None:
            cache = _again(cached, now, observed, source.stand_in)
            return cache, Report(manifest.id, "not modified", source.asked, pages=1, models=len(cached.models))
        reader.feed(answer.body)
        pages.append(
            Page(
                url=url,
                sha256=hashlib.sha256(answer.body).hexdigest(),
                bytes=len(answer.body),
                etag=answer.headers.get("etag"),
                last_modified=answer.headers.get("last-modified"),
            )
        )
    if not reader.models:
        raise ProtocolError(f"{manifest.id}: expected at least one model, got an empty list", provider=manifest.id)
    cache = Cache(
        provider=manifest.id,
        url=pages[0].url,
        fetched=now.replace(microsecond=0),
        observed=observed,
        stand_in=source.stand_in,
        pages=tuple(pages),
        models=tuple(sorted(reader.models, key=lambda model: model.id)),
    )
    size = sum(page.bytes for page in pages)
    return cache, Report(manifest.id, "updated", source.asked, bytes=size, pages=len(pages), models=len(reader.models))


def _validated(cached: Cache | None, url: str | None) -> Page | None:
    """The cached page to ask about, if the provider can say that it is unchanged.

    Only a list of one page: a later page cannot be known to be unchanged without the body of the one before.
    """
    if cached is None or len(cached.pages) != 1 or cached.pages[0].url != url:
        return None
    page = cached.pages[0]
    return page if page.etag or page.last_modified else None


def _again(cached: Cache, now: datetime, observed: date, stand_in: bool) -> Cache:
    """The same facts, vouched for once more."""
    return msgspec.structs.replace(cached, fetched=now.replace(microsecond=0), observed=observed, stand_in=stand_in)


class _Source:
    """One provider's list, at its own address or at a stand-in's."""

    def __init__(self, manifest: Manifest, options: FetchOptions, transport: AsyncTransport) -> None:
        self.manifest = manifest
        self.options = options
        self.public = public_list_url(manifest)
        self.asked = self.public
        self._transport = transport
        self._credentials = Credentials()

    @property
    def stand_in(self) -> bool:
        return self._base() != self._own()

    def _own(self) -> str:
        return own_url(self.manifest, {}, list_template(self.manifest))

    def _base(self) -> str:
        if self.options.base_url:
            return f"{self.options.base_url.rstrip('/')}/{self.manifest.id}{urlsplit(self._own()).path}"
        return self._credentials.list_url(self.manifest)

    async def get(self, url: str, known: Page | None) -> _Answer:
        """The answer for the real `url`, after retries. Raises FluentError."""
        self.asked = self._base() + url.removeprefix(self.public)
        headers = {"accept": "application/json", **self._credentials.list_endpoint(self.manifest).headers}
        if known and known.etag:
            headers["if-none-match"] = known.etag
        elif known and known.last_modified:
            headers["if-modified-since"] = known.last_modified
        attempt = 0
        while True:
            try:
                return await self._send(HttpRequest("GET", self.asked, headers), conditional=known is not None)
            except FluentError as error:
                pause = self.options.policy.delay(error, attempt)
                if pause is None:
                    raise
                await asyncio.sleep(pause)
                attempt += 1

    async def _send(self, request: HttpRequest, *, conditional: bool) -> _Answer:
        response = await self._transport.send(request, self.options.timeouts)
        try:
            body = bytearray()
            async for chunk in response.chunks():
                body += chunk
                if len(body) > MAX_BODY:
                    raise ProtocolError(f"{self.manifest.id}: the answer is larger than {MAX_BODY} bytes")
        finally:
            await response.close()
        answer = _Answer(response.status, response.headers, bytes(body))
        if response.status == 200 or (response.status == 304 and conditional):
            return answer
        secrets = [value for name, value in request.headers.items() if name == self.manifest.auth.header]
        if response.status >= 400:
            raise api_error(self.manifest.id, response.status, response.headers, answer.body, secrets)
        raise ProtocolError(f"{self.manifest.id}: expected a model list, got status {response.status}")
