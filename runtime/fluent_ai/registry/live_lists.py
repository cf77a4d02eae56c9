"""Model lists that were brought at run time: one file per provider, the least recently used ones dropped.

Safe between processes: a file is replaced whole, under a lock. What cannot be read is ignored, with a warning.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from fluent_ai.facts import ModelFacts, ModelInfo
from fluent_ai.provenance import Origin
from fluent_ai.registry.layers import flat, lay

VERSION = 1
TTL = timedelta(days=7)
CAPACITY = 64
"""Providers whose lists are kept."""


class LiveList(msgspec.Struct, frozen=True, kw_only=True):
    """One provider's list: when it came, and the models that each of its endpoints named."""

    version: int = VERSION
    provider: str
    fetched: datetime
    parts: list[tuple[Origin, list[ModelFacts]]]

    @classmethod
    def of(cls, provider: str, listed: Sequence[ModelInfo], fetched: datetime) -> LiveList:
        """The models as `live.list_models` gives them."""
        parts: dict[Origin, list[ModelFacts]] = {}
        for info in listed:
            facts = {name: getattr(info, name) for name in ModelFacts.__struct_fields__}
            parts.setdefault(info.evidence.table[0], []).append(ModelFacts(**facts))
        return cls(provider=provider, fetched=fetched, parts=list(parts.items()))

    def over(self, shipped: Sequence[ModelInfo]) -> list[ModelInfo]:
        """The list laid over the shipped models, by id. Shipped lists that are younger win, and so do reviews.

        A model that the list no longer holds was last listed on the day of the shipped list.
        """
        days = [day for info in shipped if (day := _listed_on(info))]
        if days and max(days) > self.fetched.date():
            return list(shipped)
        listed = {facts.id: (origin, facts) for origin, models in self.parts for facts in models}
        speakers = {origin.who for origin, _ in self.parts}
        merged = []
        for info in shipped:
            origin, facts = listed.pop(info.id, (None, None))
            if origin is not None and facts is not None:
                said = {fact: value for fact, value in flat(facts).items() if not _reviewed(info, fact)}
                info = lay(info, self.provider, info.id, said, origin)
            elif (source := info.source("id")) and source.who in speakers and info.last_listed is None:
                origin = next(origin for origin, _ in self.parts if origin.who == source.who)
                info = lay(info, self.provider, info.id, {"last_listed": source.date}, origin)
            merged.append(info)
        merged += [lay(None, self.provider, name, flat(facts), origin) for name, (origin, facts) in listed.items()]
        return sorted(merged, key=lambda info: info.id)


class LiveLists:
    """The lists in `folder`; without one, those of this process alone. A list older than `ttl` is not used."""

    def __init__(self, folder: Path | None, *, ttl: timedelta = TTL, capacity: int = CAPACITY) -> None:
        self._folder = folder
        self._ttl = ttl
        self._capacity = capacity
        self._own: dict[str, LiveList] = {}

    def get(self, provider: str) -> LiveList | None:
        """The list, if there is one that is young enough."""
        found = self._own.get(provider) or self._read(provider)
        return found if found is not None and datetime.now(UTC) - found.fetched <= self._ttl else None

    def put(self, lists: LiveList) -> None:
        """Keep it, unless a younger one is there. Where the disk refuses, this process still has it, with a warning."""
        self._own[lists.provider] = lists
        if self._folder is None:
            return
        path = self._path(self._folder, lists.provider)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with _locked(self._folder / ".lock"):
                there = self._read(lists.provider)
                if there is None or there.fetched < lists.fetched:
                    fresh = path.with_suffix(f".{os.getpid()}.new")
                    fresh.write_bytes(msgspec.json.encode(lists))
                    os.replace(fresh, path)
                self._evict(self._folder)
        except OSError as error:
            warnings.warn(f"{path}: {error.strerror}: the list is not kept", RuntimeWarning, stacklevel=2)

    def providers(self) -> set[str]:
        """The providers of whom there are lists."""
        files = self._folder.glob("*.json") if self._folder is not None else ()
        return {*self._own, *(path.stem for path in files)}

    def _read(self, provider: str) -> LiveList | None:
        if self._folder is None:
            return None
        path = self._path(self._folder, provider)
        try:
            body = path.read_bytes()
            if msgspec.json.decode(body, type=_Head).version != VERSION:
                return None  # of another release
            found = msgspec.json.decode(body, type=LiveList)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            warnings.warn(f"{path}: {error}: the list is ignored", RuntimeWarning, stacklevel=2)
            return None
        with suppress(OSError):  # only its place in the order of eviction depends on it
            os.utime(path)
        return found

    def _evict(self, folder: Path) -> None:
        files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        for path in files[: max(0, len(files) - self._capacity)]:
            path.unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, provider: str) -> Path:
        return folder / f"{provider}.json"


class _Head(msgspec.Struct):
    version: int


def _listed_on(info: ModelInfo) -> date | None:
    source = info.source("id")
    return source.date if source is not None and source.kind == "provider" else None


def _reviewed(info: ModelInfo, fact: str) -> bool:
    source = info.source(fact)
    return source is not None and source.kind == "review"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Alone among the processes that use the folder; the operating system frees the lock of one that dies."""
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
