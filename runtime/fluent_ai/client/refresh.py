"""Asking providers for their lists, and what changed in them since they were last seen, while they are being asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fluent_ai.client.live import list_models
from fluent_ai.errors import Cancelled, ConfigError, FluentError, ProtocolError
from fluent_ai.registry.changes import Change, changes
from fluent_ai.registry.lists.guard import require_models_kept
from fluent_ai.registry.refreshed_lists import LiveList

if TYPE_CHECKING:
    from fluent_ai.client.core import Core
    from fluent_ai.registry import Registry

CONFIRM = "ask again with accept_shrink=True, on the command line with --accept-shrink"


class Refresh:
    """The source of a stream: one provider after the other; the changes of each are one batch.

    `registry` takes the lists in, by default the client's. `then` is called when the stream is closed.
    """

    def __init__(
        self,
        core: Core,
        provider: str | None,
        max_age: float,
        accept_shrink: bool,
        registry: Registry | None,
        then: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        if isinstance(max_age, bool) or not isinstance(max_age, int | float) or not max_age >= 0:
            raise ConfigError(f"max_age is {max_age!r}; allowed: seconds from 0")
        if not isinstance(accept_shrink, bool):
            raise ConfigError(f"accept_shrink is {accept_shrink!r}; allowed: True or False")
        self._registry = core.registry if registry is None else registry
        self._core = core
        self._one = provider is not None
        names = _with_keys(core) if provider is None else [core.providers.get(provider).id]
        self._left = iter(names)
        self._max_age = max_age
        self._accept_shrink = accept_shrink
        self._then = then
        self._failed: list[FluentError] = []
        self._aborted = False

    async def open(self) -> None:
        pass

    async def next_batch(self) -> list[Change] | None:
        for provider in self._left:
            if self._aborted:
                raise Cancelled("the stream was closed before its end")
            try:
                found = await self._ask(provider)
            except FluentError as error:
                if self._one:
                    raise
                self._failed.append(error)
                continue
            if found:
                return found
        await self.close()
        if self._failed:
            reasons = "; ".join(f"{error.provider}: {error.message}" for error in self._failed)
            raise FluentError(f"{len(self._failed)} providers could not be refreshed: {reasons}")
        return None

    def poll(self) -> list[Change]:
        return []

    async def close(self) -> None:
        if self._then is not None:
            await self._then()

    def abort(self) -> None:
        self._aborted = True

    async def _ask(self, provider: str) -> list[Change]:
        manifest = self._core.providers.get(provider)
        if manifest.model_list is None:
            raise ConfigError(f"provider {provider!r} has no endpoint that lists models", provider=provider)
        registry, lists = self._registry, self._registry.live_lists()
        address = self._core.credentials.list_url(manifest)
        known = lists.at(provider, address)
        if known is not None and (datetime.now(UTC) - known.fetched).total_seconds() < self._max_age:
            return []
        listed = await list_models(self._core, provider, ask=True)
        if not listed:
            raise ProtocolError(f"{provider}: expected a list of models, got an empty one", provider=provider)
        fresh = LiveList.of(provider, address, listed, datetime.now(UTC))
        last = lists.last(provider, address)
        if not self._accept_shrink:
            before = fresh.covered(registry.all(provider)) if last is None else last.ids
            require_models_kept(provider, before, fresh.ids, CONFIRM)
        view = None if fresh.own else address
        models = registry.all(provider, view)
        lists.put(fresh)
        registry.forget(provider)
        return list(changes(models, registry.all(provider, view)))


def _with_keys(core: Core) -> list[str]:
    """The providers that have a list, need a key, and have one."""
    rows = core.providers.all()
    return [
        status.id
        for status in core.status()
        if status.ready and rows[status.id].auth.required and rows[status.id].model_list is not None
    ]
