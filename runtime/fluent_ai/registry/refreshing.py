"""What changed in the providers' lists since they were last seen, while they are being asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import msgspec

from fluent_ai.errors import Cancelled, ConfigError, FluentError, ProtocolError
from fluent_ai.facts import ModelInfo
from fluent_ai.live import list_models
from fluent_ai.registry.layers import flat
from fluent_ai.registry.live_lists import LiveList

if TYPE_CHECKING:
    from fluent_ai.client import AsyncClient, Client
    from fluent_ai.core import Core
    from fluent_ai.registry.lookup import Registry
    from fluent_ai.streams import AsyncStream, Stream


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference: a model that is new or gone, or a fact (a price by itself, as `prices.input`) that changed."""

    kind: Literal["new", "gone", "changed"]
    """`new`, `gone` or `changed`."""
    model: str
    """The full name of the model."""
    fact: str | None = None
    """The fact that changed."""
    before: object = None
    """What was known before."""
    after: object = None
    """What is known now."""


def refresh(registry: Registry, provider: str | None, client: Client | None, max_age: float) -> Stream[Change]:
    """The blocking stream."""
    from fluent_ai.client import Client
    from fluent_ai.streams import Stream

    asked = client or Client()
    core = asked._core  # noqa: SLF001  # a client is a shell of its core

    async def close() -> None:
        if client is None:
            asked.close()

    return Stream(_Refresh(registry, core, provider, max_age, close))


def arefresh(
    registry: Registry, provider: str | None, client: AsyncClient | None, max_age: float
) -> AsyncStream[Change]:
    """The asynchronous stream."""
    from fluent_ai.client import AsyncClient
    from fluent_ai.streams import AsyncStream

    asked = client or AsyncClient()
    core = asked._core  # noqa: SLF001  # a client is a shell of its core

    async def close() -> None:
        if client is None:
            await asked.close()

    return AsyncStream(_Refresh(registry, core, provider, max_age, close))


def changes(before: Sequence[ModelInfo], after: Sequence[ModelInfo]) -> Iterator[Change]:
    """What differs between two states of one provider's models, by id."""
    old, new = ({info.id: info for info in infos} for infos in (before, after))
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if now is None or (was is not None and was.last_listed is None and now.last_listed is not None):
            yield Change(kind="gone", model=(now or old[name]).full_name)
        elif was is None:
            yield Change(kind="new", model=now.full_name)
        else:
            one, other = flat(was), flat(now)
            for fact in sorted(one.keys() | other.keys()):
                if one.get(fact) != other.get(fact):
                    yield Change(
                        kind="changed", model=now.full_name, fact=fact, before=one.get(fact), after=other.get(fact)
                    )


class _Refresh:
    """One provider after the other; the changes of each are one batch."""

    def __init__(
        self,
        registry: Registry,
        core: Core,
        provider: str | None,
        max_age: float,
        close: Callable[[], Awaitable[None]],
    ) -> None:
        if isinstance(max_age, bool) or not isinstance(max_age, int | float) or not max_age >= 0:
            raise ConfigError(f"max_age is {max_age!r}; allowed: seconds from 0")
        self._registry = registry
        self._core = core
        self._one = provider is not None
        names = _with_keys(core) if provider is None else [core.providers.get(provider).id]
        self._left = iter(names)
        self._max_age = max_age
        self._close = close
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
        await self._close()

    def abort(self) -> None:
        self._aborted = True

    async def _ask(self, provider: str) -> list[Change]:
        lists = self._registry.live_lists()
        kept = lists.get(provider)
        if kept is not None and (datetime.now(UTC) - kept.fetched).total_seconds() < self._max_age:
            return []
        listed = await list_models(self._core, provider)
        if not listed:
            raise ProtocolError(f"{provider}: expected a list of models, got an empty one", provider=provider)
        before = self._registry.all(provider)
        lists.put(LiveList.of(provider, listed, datetime.now(UTC)))
        self._registry.forget(provider)
        return list(changes(before, self._registry.all(provider)))


def _with_keys(core: Core) -> list[str]:
    """The providers that have a list, need a key, and have one."""
    rows = core.providers.all()
    return [
        status.id
        for status in core.status()
        if status.ready and rows[status.id].auth.required and rows[status.id].model_list is not None
    ]
