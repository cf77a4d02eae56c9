"""What a provider says right now: its model list, and whether the key works."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING

import msgspec

from fluent_ai.errors import FluentError
from fluent_ai.facts import ModelInfo
from fluent_ai.fetching import get, read_list
from fluent_ai.interfaces import HttpRequest
from fluent_ai.lists.reader import ModelListReader

if TYPE_CHECKING:
    from fluent_ai.core import Core
    from fluent_ai.manifest import Manifest


class CheckResult(msgspec.Struct, frozen=True):
    """`ok`, or the `error` that says what is wrong; `seconds` is what the check took, `models` how many were listed."""

    provider: str
    ok: bool
    seconds: float
    models: int | None = None
    error: FluentError | None = None


async def list_models(core: Core, provider: str) -> list[ModelInfo]:
    """All pages of the provider's list; for an in-process provider the registry's. ConfigError where there is none."""
    manifest = core.providers.get(provider)
    if manifest.model_list is None and any(route.protocol == "worker" for route in manifest.chat):
        from fluent_ai.registry import default

        return default.list(manifest.id)
    reader = ModelListReader(manifest, core.credentials.list_url(manifest))
    await read_list(reader, lambda url: _body(core, manifest, url))
    return reader.infos(datetime.now(UTC).date())


async def check(core: Core, provider: str) -> CheckResult:
    """One call for the model list, which costs nothing anywhere. Raises ConfigError only for an unknown provider."""
    manifest = core.providers.get(provider)
    began = perf_counter()
    try:
        models = await list_models(core, manifest.id)
    except FluentError as error:
        return CheckResult(manifest.id, False, perf_counter() - began, error=error)
    return CheckResult(manifest.id, True, perf_counter() - began, len(models))


async def _body(core: Core, manifest: Manifest, url: str) -> bytes:
    endpoint = core.credentials.list_endpoint(manifest)
    answer = await get(
        core.connect(),
        HttpRequest("GET", url, {"accept": "application/json", **endpoint.headers}),
        provider=manifest.id,
        timeouts=core.timeouts(manifest),
        policy=core.policy,
        pace=core.pace(),
        authenticator=endpoint.authenticator,
    )
    return answer.body
