"""Which id of a source means which model of a provider: equality after normalising, never likeness."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Match = Literal["id", "alias", "key", "snapshot", "profile"]
"""How an id was found, from the best: as it stands, by an alias of the provider's, after normalising, as the only dated
snapshot of an undated name, or as a regional profile of a model on Bedrock."""
RANK: Mapping[Match, int] = {"id": 0, "alias": 1, "key": 2, "snapshot": 3, "profile": 4}

_SEPARATORS = re.compile(r"[\s._@:-]+")
_DATE = re.compile(r"-(\d{8}|\d{4}-\d{2}-\d{2})$")
_SNAPSHOT = re.compile(r"-(\d{4}|\d{6}|\d{8}|\d{4}-\d{2}-\d{2})$")
_REGION = re.compile(r"^(us|us-gov|eu|apac|au|ca|jp|global)\.(?=[a-z0-9]+\.)")


@dataclass(frozen=True)
class Found:
    id: str
    match: Match


def key(model_id: str, provider: str) -> str:
    """What ids of one model have in common: `models/Gemini-2.5-Pro` and `gemini-2-5-pro`, `x@2025` and `x-2025`.

    The provider's own name before a slash says nothing at that provider.
    """
    text = model_id.casefold()
    for prefix in ("models/", f"{provider}/"):
        text = text.removeprefix(prefix)
    return _SEPARATORS.sub("-", text).strip("-")


def undated(key_text: str) -> str | None:
    """`claude-x` for the key `claude-x-20250929`; None where there is no date."""
    found = _DATE.search(key_text)
    return key_text[: found.start()] if found else None


def current(aliases: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Undated id -> the dated one that the provider's list says it is today. `aliases` are those of each listed id."""
    found = {}
    for model_id, names in aliases.items():
        dated = {name for name in names if name in aliases and _SNAPSHOT.search(name)}
        if len(dated) == 1 and not _SNAPSHOT.search(model_id):
            found[model_id] = dated.pop()
    return found


class Index:
    """The ids of one provider."""

    def __init__(self, provider: str, ids: Iterable[str], aliases: Mapping[str, str]) -> None:
        """`aliases` are those that the provider states: alias -> id."""
        self._provider = provider
        self._ids = set(ids)
        self._aliases = {alias: model_id for alias, model_id in aliases.items() if alias not in self._ids}
        self._keys: defaultdict[str, set[str]] = defaultdict(set)
        self._snapshots: defaultdict[str, set[str]] = defaultdict(set)
        for model_id in self._ids:
            text = key(model_id, provider)
            self._keys[text].add(model_id)
            if base := undated(text):
                self._snapshots[base].add(model_id)

    def find(self, model_id: str) -> Found | None:
        """The model with that id, or None. A key that two models share, and a name with two snapshots, find nothing."""
        if model_id in self._ids:
            return Found(model_id, "id")
        if model_id in self._aliases:
            return Found(self._aliases[model_id], "alias")
        text = key(model_id, self._provider)
        if text in self._keys:
            return _only(self._keys[text], "key")
        if text in self._snapshots:
            return _only(self._snapshots[text], "snapshot")
        base = _REGION.sub("", model_id)
        if self._provider == "bedrock" and base != model_id:
            return _only(self._keys.get(key(base, self._provider), set()), "profile")
        return None


Find = Callable[[str], Found | None]
"""The model that an id of a source means."""


def is_profile(model_id: str) -> bool:
    """Whether an id of Bedrock names a region before the model."""
    return _REGION.match(model_id) is not None


def _only(found: set[str], match: Match) -> Found | None:
    return Found(next(iter(found)), match) if len(found) == 1 else None
