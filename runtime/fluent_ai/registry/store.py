"""The models of a registry and all its views: from catalogs, refreshed lists and the user's additions."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fluent_ai.content.model_names import ModelName
from fluent_ai.manifest.files import data_folder
from fluent_ai.providers.table import KNOWN_PROVIDERS
from fluent_ai.registry.catalog import read_catalog
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.threads import new_rlock

if TYPE_CHECKING:
    from fluent_ai.content.parts import PathLike
    from fluent_ai.registry.overlays import Addition
    from fluent_ai.registry.refreshed_lists import LiveLists


class Named(dict[str, ModelInfo]):
    """Id -> model, then alias -> model for aliases that are not ids. If two share an alias, it belongs to the first."""

    def __init__(self, infos: Iterable[ModelInfo] = ()) -> None:
        super().__init__({info.id: info for info in infos})
        self.infos = tuple(self.values())
        """The models, each once, in their order."""
        for info in self.infos:
            for alias in info.aliases or ():
                self.setdefault(alias, info)


@cache
def _shipped_catalogs() -> Path:
    return data_folder() / "catalog"


class ModelStore:
    """Safe to share between threads: tables are built under the lock and replaced as a whole.

    `folder` holds the catalogs and `live` the refreshed lists, as for `Registry`; `additions` are the user's, by
    default those that the environment names.
    """

    def __init__(self, folder: Path | None, live: PathLike | None, additions: list[Addition] | None) -> None:
        self._folder = folder
        self._live_folder = live
        self._lists: LiveLists | None = None
        self._added = None if additions is None else _resolved(additions)
        self._models: dict[tuple[str, str | None], Named] = {}
        self._lock = new_rlock()
        self.known: dict[ModelName, ModelInfo] = {}
        """The tables built so far."""

    def by_name(self, provider: str, address: str | None = None) -> Named:
        """The models of a provider by name; empty if none are known.

        Models of a server that replaces the provider are included only if its `address` is given.
        """
        found = self._models.get((provider, address))
        if found is None:
            self._additions()
            with self._lock:
                found = self._models.get((provider, address))
                if found is None:
                    found = Named(self._read(provider, address))
                    self._models = {**self._models, (provider, address): found}
        return found

    def shipped(self, provider: str) -> list[ModelInfo]:
        """The models of the provider's catalog, without lists and additions."""
        path = (self._folder or _shipped_catalogs()) / f"{provider}.json"
        return read_catalog(path) if path.exists() else []

    def live_lists(self) -> LiveLists:
        """The storage of refreshed lists."""
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
        """Providers that may be known only from the user's additions or a refreshed list."""
        return {addition.provider for addition in self._additions()} | self.live_lists().providers()

    def add(self, additions: Iterable[Addition]) -> None:
        """Add the user's facts; later additions take precedence."""
        new = _resolved(additions)
        self._additions()
        with self._lock:
            self._added = [*self._additions(), *new]
            self._forget({addition.provider for addition in new})

    def forget(self, provider: str) -> None:
        """Drop the provider's tables, so that they are built again when needed."""
        with self._lock:
            self._forget({provider})

    def _forget(self, providers: set[str]) -> None:
        self._models = {key: models for key, models in self._models.items() if key[0] not in providers}
        self.known = {}  # a concurrent look-up still writes into the old one

    def _read(self, provider: str, address: str | None) -> list[ModelInfo]:
        """By id: the catalog, with refreshed lists merged over it, and the user's additions over these."""
        infos = self.shipped(provider)
        for fresh in self.live_lists().of(provider, address):
            infos = fresh.over(infos)
        additions = [addition for addition in self._additions() if addition.provider == provider]
        if additions:
            from fluent_ai.registry.overlay_merge import lay

            for _, name, facts, origin in additions:
                base = Named(infos).get(name)
                changed = lay(base, provider, base.id if base else name, facts, origin)
                infos = sorted([changed, *(info for info in infos if info is not base)], key=lambda info: info.id)
        return infos

    def _additions(self) -> list[Addition]:
        """The first to ask reads them, before it takes the lock: naming their providers may import packages."""
        if self._added is None:
            found: list[Addition] = []
            if os.environ.get("FLUENT_AI_MODELS"):
                from fluent_ai.registry.overlays import from_environment

                found = _resolved(from_environment())
            with self._lock:
                if self._added is None:
                    self._added = found
        return self._added


def _resolved(additions: Iterable[Addition]) -> list[Addition]:
    """The additions, with provider aliases replaced by ids."""
    manifests = KNOWN_PROVIDERS.all().values()
    ids = {alias: manifest.id for manifest in reversed(list(manifests)) for alias in manifest.aliases}
    return [addition._replace(provider=ids.get(addition.provider, addition.provider)) for addition in additions]
