"""What the tests of fetch share: two fictional providers, and a run against the list server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from fluent_ai.http.messages import Timeouts
from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport
from fluent_ai.manifest.schema import Auth, Manifest, ModelList
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai_codegen.fetch.jobs import FetchOptions, Job
from fluent_ai_codegen.fetch.report import Report
from fluent_ai_codegen.fetch.run import list_jobs, run_jobs
from fluent_ai_codegen.files.cache import Cache, read_caches
from fluent_ai_codegen.files.paths import Layout

from .conftest import ListServer

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
BODY = b'{"data":[{"id":"b","created":100000},{"id":"a","created":200000}]}'
PUBLIC = Manifest(
    id="acme",
    name="Acme",
    docs="https://docs.acme.example",
    base_url="https://api.acme.example/v1",
    auth=Auth(scheme="none"),
    model_list=ModelList(path="/models", shape="openai"),
)


OPTIONS = FetchOptions(force=True, policy=RetryPolicy(retries=2, base=0.0), timeouts=Timeouts(2, 2, 2, 2, 2))


def variant(**changes: object) -> Manifest:
    return msgspec.structs.replace(PUBLIC, **changes)


def listing(ids: Sequence[str]) -> bytes:
    return json.dumps({"data": [{"id": name} for name in ids]}).encode()


def fetch(
    folder: Path, server: ListServer, *manifests: Manifest, now: datetime = NOW, **changes: object
) -> list[Report]:
    """Fetch these lists, by default that of PUBLIC, at the server."""
    layout, options = Layout(folder), replace(OPTIONS, **{"base_url": server.url, **changes})
    return play(list_jobs(manifests or (PUBLIC,), read_caches(layout.cache), layout, options), layout, options, now)


def play(jobs: Sequence[Job], layout: Layout, options: FetchOptions = OPTIONS, now: datetime = NOW) -> list[Report]:
    async def run() -> list[Report]:
        transport = AsyncHttpx2Transport()
        try:
            return await run_jobs(jobs, layout, transport, options, now)
        finally:
            await transport.close()

    return asyncio.run(run())


def cached(folder: Path, provider: str = "acme") -> Cache:
    return read_caches(folder / "cache")[provider]
