"""Model lists fetched at run time, in one file per provider; the least recently used ones are evicted.

A file holds one list per address, because a server that replaces the provider lists only its own models. Safe between
processes: a file is replaced atomically, under a lock. A file that cannot be read is ignored, with a warning.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec

from fluent_ai.kept_files import TEMPORARY, read_kept, replace_file
from fluent_ai.providers.addresses import same_list
from fluent_ai.registry.facts import ModelFacts, ModelInfo
from fluent_ai.registry.overlay_merge import flat, lay
from fluent_ai.registry.provenance import Origin
from fluent_ai.threads import new_lock

VERSION = 2
TTL = timedelta(days=7)
CAPACITY = 64
"""The number of providers whose lists are kept."""
ADDRESSES = 8
"""The number of lists that are kept of each provider; the newest ones stay."""


class LiveList(msgspec.Struct, frozen=True, kw_only=True):
    """The models that the server at one address listed, and when."""

    provider: str
    address: str
    """The base URL of the list."""
    fetched: Annotated[datetime, msgspec.Meta(tz=True)]
    parts: list[tuple[Origin, list[ModelFacts]]]
    """The models that each list call returned."""

    @classmethod
    def of(cls, provider: str, address: str, listed: Sequence[ModelInfo], fetched: datetime) -> LiveList:
        """A list from the models that the provider's list calls returned."""
        parts: dict[Origin, list[ModelFacts]] = {}
        for info in listed:
            facts = {name: getattr(info, name) for name in ModelFacts.__struct_fields__}
            parts.setdefault(info.evidence.table[0], []).append(ModelFacts(**facts))
        return cls(provider=provider, address=address, fetched=fetched, parts=list(parts.items()))

    @property
    def own(self) -> bool:
        """True if the list is the provider's own, not that of a server that replaces it."""
        return all(origin.kind == "provider" for origin, _ in self.parts)

    @property
    def ids(self) -> set[str]:
        """The ids of the listed models."""
        return {facts.id for _, models in self.parts for facts in models}

    @property
    def aliases(self) -> set[str]:
        """Other names of the listed models, some of which are models of their own here: regional profiles."""
        return {alias for _, models in self.parts for facts in models for alias in facts.aliases or ()}

    def covers(self, info: ModelInfo) -> bool:
        """True if the model was last seen in this list, so that its absence means that it is gone."""
        return info.last_listed is None and self._speaker(info) is not None

    def covered(self, known: Sequence[ModelInfo]) -> set[str]:
        """The ids of the known models that this list should hold, if none is gone."""
        aliases = self.aliases
        return {info.id for info in known if info.id not in aliases and self.covers(info)}

    def over(self, known: Sequence[ModelInfo]) -> list[ModelInfo]:
        """The known models with this list merged over them, by id. The provider's newer lists and reviews win.

        A model that is missing from the provider's own list gets the day on which it was last seen as `last_listed`.
        """
        days = [day for info in known if (day := _listed_on(info))]
        if self.own and days and max(days) > self.fetched.date():
            return list(known)
        listed = {facts.id: (origin, facts) for origin, models in self.parts for facts in models}
        merged, aliases = [], self.aliases
        for info in known:
            if info.id in listed:
                origin, facts = listed.pop(info.id)
                stated = {fact: value for fact, value in flat(facts).items() if not _reviewed(info, fact)}
                info = lay(info, self.provider, info.id, stated, origin)
                info = msgspec.structs.replace(info, last_listed=None, unlisted_on=None, unlisted_until=None)
            elif (
                info.id not in aliases
                and self.covers(info)
                and (speaker := self._speaker(info))
                and (day := _listed_on(info))
            ):
                info = lay(info, self.provider, info.id, {"last_listed": day}, speaker)
            merged.append(info)
        merged += [lay(None, self.provider, name, flat(facts), origin) for name, (origin, facts) in listed.items()]
        return sorted(merged, key=lambda info: info.id)

    def _speaker(self, info: ModelInfo) -> Origin | None:
        """The origin among this list's that corresponds to the source that listed the model."""
        source = info.source("id")
        if source is None or source.kind != "provider":
            return None
        url = source.url
        return next((each for each, _ in self.parts if each.kind == "provider" and same_list(url, each.url)), None)


class _File(msgspec.Struct, frozen=True, kw_only=True):
    version: int = VERSION
    lists: list[LiveList]


class _Head(msgspec.Struct):
    version: int


_version = msgspec.json.Decoder(_Head).decode
_file = msgspec.json.Decoder(_File).decode


class LiveLists:
    """The lists in `folder`, or in memory if it is None. A list older than `ttl` is not used."""

    def __init__(self, folder: Path | None, *, ttl: timedelta = TTL, capacity: int = CAPACITY) -> None:
        self._folder = folder
        self._ttl = ttl
        self._capacity = capacity
        self._own: dict[str, dict[str, LiveList]] = {}
        self._lock = new_lock()

    def of(self, provider: str, address: str | None = None) -> list[LiveList]:
        """The provider's own recent lists, oldest first; then that of `address`, if it belongs to another server."""
        young = [each for each in self._all(provider).values() if self._young(each)]
        young.sort(key=lambda each: each.fetched)
        return [each for each in young if each.own] + [
            each for each in young if each.address == address and not each.own
        ]

    def at(self, provider: str, address: str) -> LiveList | None:
        """The list of that address, if it is recent enough."""
        found = self.last(provider, address)
        return found if found is not None and self._young(found) else None

    def last(self, provider: str, address: str) -> LiveList | None:
        """The list of that address, however old it is."""
        return self._all(provider).get(address)

    def put(self, fresh: LiveList) -> None:
        """Store the list unless a newer one exists. If it cannot be written, it stays in memory, with a warning."""
        with self._lock:
            own = self._own.get(fresh.provider, {})
            self._own = {**self._own, fresh.provider: {**own, fresh.address: fresh}}
        if self._folder is None:
            return
        path = self._path(self._folder, fresh.provider)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with _locked(self._folder / ".lock"):
                for left in self._folder.glob(TEMPORARY):
                    left.unlink(missing_ok=True)
                kept = self._read(fresh.provider)
                there = kept.get(fresh.address)
                if there is None or there.fetched < fresh.fetched:
                    lists = sorted({**kept, fresh.address: fresh}.values(), key=lambda each: each.fetched)
                    replace_file(path, msgspec.json.encode(_File(lists=lists[-ADDRESSES:])))
                self._evict(self._folder)
        except OSError as error:
            warnings.warn(f"{path}: {error.strerror}: the list is not kept", RuntimeWarning, stacklevel=2)

    def providers(self) -> set[str]:
        """The providers that have lists."""
        try:
            names = os.listdir(self._folder) if self._folder is not None else []
        except OSError:
            names = []
        return {*self._own, *(name.removesuffix(".json") for name in names if name.endswith(".json"))}

    def _young(self, each: LiveList) -> bool:
        return datetime.now(UTC) - each.fetched <= self._ttl

    def _all(self, provider: str) -> dict[str, LiveList]:
        """The newest list of each address, from memory or from the file."""
        found = self._read(provider)
        for address, own in self._own.get(provider, {}).items():
            if address not in found or found[address].fetched < own.fetched:
                found[address] = own
        return found

    def _read(self, provider: str) -> dict[str, LiveList]:
        """The lists in the file by address, without those dated in the future, whose clock was wrong."""
        if self._folder is None:
            return {}
        path = self._path(self._folder, provider)
        found = read_kept(path, _decode, "the list is ignored")
        if not found:
            return {}
        with suppress(OSError):  # only the order of eviction depends on it
            os.utime(path)
        now = datetime.now(UTC)
        return {each.address: each for each in found if each.fetched <= now}

    def _evict(self, folder: Path) -> None:
        files = sorted(folder.glob("*.json"), key=_last_used)
        for path in files[: max(0, len(files) - self._capacity)]:
            path.unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, provider: str) -> Path:
        return folder / f"{provider}.json"


def _decode(body: bytes) -> list[LiveList]:
    """The lists in a file; empty for a file of another release."""
    return _file(body).lists if _version(body).version == VERSION else []


def _last_used(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # another process has set it aside
        return 0


def _listed_on(info: ModelInfo) -> date | None:
    source = info.source("id")
    return source.date if source is not None and source.kind == "provider" else None


def _reviewed(info: ModelInfo, fact: str) -> bool:
    source = info.source(fact)
    return source is not None and source.kind == "review"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Exclusive among the processes that use the folder; the operating system releases the lock of a dead process."""
    with path.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
            yield
