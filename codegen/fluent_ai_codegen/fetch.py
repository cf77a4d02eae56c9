"""The one impure step: ask each provider which models it has, and keep the facts in cache/.

A provider that fails keeps its last good cache; the others go on.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from fluent_ai.addresses import list_template, own_url, public_list_url
from fluent_ai.errors import CircuitOpen, ConfigError, DeadlineExceeded, FluentError, ProtocolError
from fluent_ai.fetching import read_list
from fluent_ai.interfaces import AsyncTransport, Timeouts
from fluent_ai.lists.reader import ModelListReader
from fluent_ai.manifest import Manifest
from fluent_ai.providers import Credentials
from fluent_ai.retry import RetryPolicy

from .breaker import Breaker
from .cache import Cache, Page, write_cache
from .guard import require_models_kept
from .paths import Layout
from .report import Report, Status
from .web import Fetched, Web


@dataclass(frozen=True)
class FetchOptions:
    """`base_url` asks BASE/<provider>/<path of the real API> instead of the providers.

    `observed` is the day of such a stand-in's answers where it is not today; `named` are asked even while the circuit
    breaker would leave them alone; `accept_shrink` may lose any number of models; `limit` is seconds per provider.
    """

    base_url: str | None = None
    observed: date | None = None
    hold: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    accept_shrink: frozenset[str] = frozenset()
    force: bool = False
    limit: float = 120.0
    timeouts: Timeouts = Timeouts(connect=10.0, first_byte=30.0, read=30.0)  # noqa: RUF009  # frozen
    policy: RetryPolicy = RetryPolicy(retries=3)  # noqa: RUF009  # frozen


class Job(Protocol):
    """One thing to fetch. `models` is how many the last good cache holds, `asked` the address that is being asked."""

    name: str
    models: int
    asked: str

    def idle(self, options: FetchOptions, now: datetime) -> Status | None:
        """Why there is nothing to ask for, if so."""
        ...

    async def run(self, web: Web, options: FetchOptions, now: datetime) -> Report:
        """Ask, and keep what came. Raises FluentError, or OSError where it cannot be written."""
        ...


async def fetch_lists(
    manifests: Iterable[Manifest],
    caches: Mapping[str, Cache],
    layout: Layout,
    transport: AsyncTransport,
    options: FetchOptions,
    now: datetime | None = None,
) -> list[Report]:
    """Fetch all providers at once and write what changed to cache/. Never raises for what a provider does."""
    if options.observed and not options.base_url:
        raise ConfigError(
            "--observed is for recorded answers: give it with --base-url; a provider's own answer is of today"
        )
    jobs = [ListJob(manifest, caches.get(manifest.id), layout, options) for manifest in manifests]
    return await run_jobs(jobs, layout, transport, options, now or datetime.now(UTC))


async def run_jobs(
    jobs: Iterable[Job], layout: Layout, transport: AsyncTransport, options: FetchOptions, now: datetime
) -> list[Report]:
    """Run all at once; one report each, in their order."""
    breaker = Breaker(layout.circuits)
    web = Web(transport, layout.answers, options.timeouts, options.policy)
    reports = await asyncio.gather(*(_attempt(job, web, breaker, options, now) for job in jobs))
    breaker.save()
    return list(reports)


async def _attempt(job: Job, web: Web, breaker: Breaker, options: FetchOptions, now: datetime) -> Report:
    if idle := job.idle(options, now):
        return Report(job.name, idle, models=job.models)
    if job.name not in options.named:
        try:
            breaker.check(job.name, now)
        except CircuitOpen as error:
            return Report(job.name, "left alone", models=job.models, error=error)
    start = time.monotonic()
    try:
        async with asyncio.timeout(options.limit):
            report = await job.run(web, options, now)
        breaker.succeeded(job.name)
    except FluentError as error:
        report = Report(job.name, "failed", job.asked, error=error)
    except TimeoutError:
        late = DeadlineExceeded(f"no whole answer within {options.limit:g} s", stage="total", provider=job.name)
        report = Report(job.name, "failed", job.asked, error=late)
    except OSError as error:
        unwritten = ConfigError(f"cannot write {error.filename}: {error.strerror}")
        report = Report(job.name, "failed", job.asked, error=unwritten)
    if report.error:
        breaker.failed(job.name, report.error, now)
    return replace(report, seconds=time.monotonic() - start)


class ListJob:
    """One provider's model list, at its own address or at a stand-in's."""

    def __init__(self, manifest: Manifest, cached: Cache | None, layout: Layout, options: FetchOptions) -> None:
        self.name = manifest.id
        self.models = len(cached.models) if cached else 0
        self.asked = ""
        self._manifest = manifest
        self._cached = cached
        self._folder = layout.cache
        self._base_url = options.base_url
        self._credentials = Credentials()

    def idle(self, options: FetchOptions, now: datetime) -> Status | None:
        if self._manifest.model_list is None:
            return "no list"
        if self.name in options.hold:
            return "held"
        return "fresh" if self._cached and self._cached.fresh(now) and not options.force else None

    async def run(self, web: Web, options: FetchOptions, now: datetime) -> Report:
        reader = ModelListReader(self._manifest, public_list_url(self._manifest))
        fetched: list[tuple[str, str, Fetched]] = []

        async def body(url: str) -> bytes:
            answer = await self._get(web, url, ask=options.force)
            fetched.append((url, self.asked, answer))
            return answer.body

        await read_list(reader, body)
        if not reader.models:
            raise ProtocolError(f"{self.name}: expected at least one model, got an empty list", provider=self.name)
        if self._cached and self.name not in options.accept_shrink:
            before = {model.id for model in self._cached.models}
            require_models_kept(self.name, before, (model.id for model in reader.models))
        moment = now - timedelta(seconds=max(_seconds_stale(answer) for _, _, answer in fetched))
        cache = Cache(
            provider=self.name,
            url=fetched[0][0],
            fetched=moment.replace(microsecond=0),
            observed=options.observed or moment.date(),
            stand_in=self._stand_in,
            pages=tuple(_page(url, answer) for url, _, answer in fetched),
            models=tuple(sorted(reader.models, key=lambda model: model.id)),
        )
        write_cache(self._folder, cache)
        for _, asked, answer in fetched:
            web.keep(asked, answer)
        answers = [answer for _, _, answer in fetched]
        size = sum(len(answer.body) for answer in answers if answer.how == "sent")
        return Report(self.name, _status(answers), self.asked, 0.0, size, len(answers), len(reader.models))

    async def _get(self, web: Web, url: str, *, ask: bool) -> Fetched:
        """The answer for the provider's own `url`."""
        public = public_list_url(self._manifest)
        self.asked = public
        self.asked = self._base + url.removeprefix(public)
        endpoint = self._credentials.list_endpoint(self._manifest)
        headers = {"accept": "application/json", **endpoint.headers}
        return await web.get(self.asked, headers, provider=self.name, authenticator=endpoint.authenticator, ask=ask)

    @property
    def _own(self) -> str:
        return own_url(self._manifest, {}, list_template(self._manifest))

    @property
    def _base(self) -> str:
        if self._base_url:
            return f"{self._base_url.rstrip('/')}/{self.name}{urlsplit(self._own).path}"
        return self._credentials.list_url(self._manifest)

    @property
    def _stand_in(self) -> bool:
        return self._base != self._own


def _page(url: str, answer: Fetched) -> Page:
    return Page(
        url=url,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        bytes=len(answer.body),
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )


def _seconds_stale(answer: Fetched) -> int:
    return int(answer.headers["age"]) if answer.how == "stale" else 0


def _status(answers: Iterable[Fetched]) -> Status:
    hows = {answer.how for answer in answers}
    if "sent" in hows:
        return "updated"
    return "stale" if "stale" in hows else "not modified"
