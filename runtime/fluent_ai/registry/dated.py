"""The registry as it stood on a day."""

from __future__ import annotations

import builtins
from datetime import date
from typing import TYPE_CHECKING

from fluent_ai.facts import ModelInfo
from fluent_ai.registry.finding import day
from fluent_ai.registry.lifecycle import there
from fluent_ai.registry.live_lists import LiveLists
from fluent_ai.registry.lookup import Registry

if TYPE_CHECKING:
    from fluent_ai.registry.overlays import Addition


class DatedRegistry(Registry):
    """What `Registry.as_of` gives: another registry, without the models that could not be called on the day `on`.

    Facts other than the dates are those known now; models whose dates nobody states are there on every day.
    """

    def __init__(self, of: Registry, on: date) -> None:
        super().__init__(overlays=())
        self.on = day("on", on)
        self._of = of

    def today(self) -> date:
        return self.on

    def live_lists(self) -> LiveLists:
        return self._of.live_lists()

    def as_of(self, on: date) -> Registry:
        return self._of.as_of(on)

    def _add(self, additions: builtins.list[Addition]) -> None:
        """The day shows what its registry holds, so what is defined here is defined there."""
        self._of._add(additions)  # noqa: SLF001  # of the same class
        for addition in additions:
            super().forget(self._resolve(addition.provider))

    def forget(self, provider: str) -> None:
        self._of.forget(provider)
        super().forget(provider)

    def own_providers(self) -> set[str]:
        return self._of.own_providers()

    def _why_not(self, provider: str, model_id: str) -> str:
        known = self._of.lookup(provider, model_id)
        return (
            super()._why_not(provider, model_id) if known is None else f" On {self.on} it is {known.status(self.on)}."
        )

    def _read(self, provider: str, address: str | None) -> builtins.list[ModelInfo]:
        return [info for info in self._of.all(provider, address) if there(info, self.on)]
