"""What a registry knows, in one place for all of its views: catalogs, refreshed lists, and what the user added."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fluent_ai.content.model_names import ModelName
from fluent_ai.manifest.files import data_folder
from fluent_ai.providers.table import ProviderTable
from fluent_ai.registry.catalog import read_catalog
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.threads import new_rlock

if TYPE_CHECKING:
    from fluent_ai.content.parts import PathLike
    from fluent_ai.registry.overlays import Addition
    from fluent_ai.registry.refreshed_lists import LiveLists

Named = Mapping[str, ModelInfo]
"""Id -> model, then alias -> model for aliases that are no ids."""


class ModelStore:
    """Safe to share between threads: what a look-up reads is replaced as a whole, and made under the lock.

    `folder` holds the catalogs, `live` the refreshed lists, as for `Registry`; `additions` are the user's, by default
    those that the environment names.
    """

    def __init__(self, folder: Path | None, live: PathLike | None, additions: list[Addition] | None) -> None:
        self._folder = folder
        self._live_folder = live
        self._lists: LiveLists | None = None
        self._added = None if additions is None else _resolved(additions)
        self._models: dict[tuple[str, str | None], Named] = {}
        self._lock = new_rlock()
        self.known: dict[ModelName, ModelInfo] = {}
        """Names that were looked up."""

    def by_name(self, provider: str, address: str | None = None) -> Named:
        """The models of a provider; empty where nothing is known of it.

        Those of a server in its place, at `address`, are among them only where that is given.
        """
        found = self._models.get((provider, address))
        if found is None:
            with self._lock:
                found = self._models.get((provider, address))
                if found is None:
                    found = named(self._read(provider, address))
                    self._models = {**self._models, (provider, address): found}
        return found

    def shipped(self, provider: str) -> list[ModelInfo]:
        """The models of the provider's catalog alone."""
        folder = data_folder() / "catalog" if self._folder is None else self._folder
        path = folder / f"{provider}.json"
        return read_catalog(path) if path.exists() else []

    def live_lists(self) -> LiveLists:
        """Where the lists that were refreshed are kept."""
        if self._lists is None:
            from fluent_ai.registry.refreshed_lists import LiveLists
            from fluent_ai.user_folder import user_folder

            with self._lock:
                if self._lists is None:
                    shared = user_folder() if self._folder is None else None
                    folder = shared and shared / "models" if self._live_folder is None else Path(self._live_folder)
                    self._lists = LiveLists(folder)
        return self._lists

    def own_providers(self) -> set[str]:
        """Those that only the user, or a list that was refreshed, may know."""
        return {addition.provider for addition in self._additions()} | self.live_lists().providers()

    def add(self, additions: Iterable[Addition]) -> None:
        """Take in what the user says; later additions win."""
        new = _resolved(additions)
        with self._lock:
            self._added = [*self._additions(), *new]
            self._forget({addition.provider for addition in new})

    def forget(self, provider: str) -> None:
        """Read what is known of the provider again when it is next needed."""
        with self._lock:
            self._forget({provider})

    def _forget(self, providers: set[str]) -> None:
        self._models = {key: models for key, models in self._models.items() if key[0] not in providers}
        self.known = {}  # a look-up that is under way still writes into the old one

    def _read(self, provider: str, address: str | None) -> list[ModelInfo]:
        """By id: the catalog, the lists that were refreshed over it, and the user's additions over these."""
        infos = self.shipped(provider)
        for fresh in self.live_lists().of(provider, address):
            infos = fresh.over(infos)
        additions = [addition for addition in self._additions() if addition.provider == provider]
        if additions:
            from fluent_ai.registry.overlay_merge import lay

            for _, name, facts, origin in additions:
                base = named(infos).get(name)
                changed = lay(base, provider, base.id if base else name, facts, origin)
                infos = sorted([changed, *(info for info in infos if info is not base)], key=lambda info: info.id)
        return infos

    def _additions(self) -> list[Addition]:
        if self._added is None:
            with self._lock:
                if self._added is None:
                    if os.environ.get("FLUENT_AI_MODELS"):
                        from fluent_ai.registry.overlays import from_environment

                        self._added = _resolved(from_environment())
                    else:
                        self._added = []
        return self._added


def _resolved(additions: Iterable[Addition]) -> list[Addition]:
    """With the provider's id in the place of its alias."""
    manifests = ProviderTable().all().values()
    ids = {alias: manifest.id for manifest in reversed(list(manifests)) for alias in manifest.aliases}
    return [addition._replace(provider=ids.get(addition.provider, addition.provider)) for addition in additions]


def named(infos: Sequence[ModelInfo]) -> Named:
    """The models by their names. Of two that share an alias, the first has it."""
    by_name = {info.id: info for info in infos}
    for info in infos:
        for alias in info.aliases or ():
            by_name.setdefault(alias, info)
    return by_name
