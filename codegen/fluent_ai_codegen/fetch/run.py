"""The one impure step: ask providers and sources what they say of models, and keep the facts in cache/.

Who fails keeps the last good cache; the others go on.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from fluent_ai.errors import CircuitOpen, ConfigError, DeadlineExceeded, FluentError
from fluent_ai.http.messages import AsyncTransport
from fluent_ai.manifest.schema import Manifest

from fluent_ai_codegen.fetch.breaker import Breaker
from fluent_ai_codegen.fetch.jobs import FetchOptions, Job
from fluent_ai_codegen.fetch.list_job import ListJob
from fluent_ai_codegen.fetch.report import Report
from fluent_ai_codegen.fetch.source_job import SourceJob
from fluent_ai_codegen.fetch.web import Web
from fluent_ai_codegen.files.cache import Cache
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.sources import Listing
from fluent_ai_codegen.sources.store import SourceCache


def list_jobs(
    manifests: Iterable[Manifest], caches: Mapping[str, Cache], layout: Layout, options: FetchOptions
) -> list[ListJob]:
    """ConfigError where the options contradict each other."""
    if options.observed and not options.base_url:
        raise ConfigError(
            "--observed is for recorded answers: give it with --base-url; a provider's own answer is of today"
        )
    return [ListJob(manifest, caches.get(manifest.id), layout, options) for manifest in manifests]


def source_jobs(listings: Iterable[Listing], heard: Mapping[str, SourceCache], layout: Layout) -> list[SourceJob]:
    return [SourceJob(listing, heard.get(listing.name), layout) for listing in listings]


def run(jobs: Sequence[Job], layout: Layout, options: FetchOptions) -> list[Report]:
    """`run_jobs` over connections of its own."""
    from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport

    async def connected() -> list[Report]:
        transport = AsyncHttpx2Transport()
        try:
            return await run_jobs(jobs, layout, transport, options, datetime.now(UTC))
        finally:
            await transport.close()

    return asyncio.run(connected())


async def run_jobs(
    jobs: Sequence[Job], layout: Layout, transport: AsyncTransport, options: FetchOptions, now: datetime
) -> list[Report]:
    """Run all at once; one report each, in their order. Never raises for what those do who are asked."""
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
