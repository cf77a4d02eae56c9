"""Model ids to names that Python accepts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True)
class Naming:
    """`members`: (member name, id), sorted by name. `collisions`: member name -> the ids that would all have it."""

    members: tuple[tuple[str, str], ...]
    collisions: Mapping[str, tuple[str, ...]]


def member_name(model_id: str) -> str:
    """`gpt-5.1` -> `GPT_5_1`: the words of the id, upper case, joined by _. Always a valid identifier."""
    name = "_".join(_WORD.findall(model_id)).upper()
    return name if name and not name[0].isdigit() else f"MODEL_{name}".rstrip("_")


def name_members(ids: Iterable[str], reviewed: Mapping[str, str]) -> Naming:
    """A member for each id, by its reviewed name or else its derived one; ids that share a name are all left out."""
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for model_id in ids:
        by_name[reviewed.get(model_id) or member_name(model_id)].add(model_id)
    members = tuple(sorted((name, next(iter(found))) for name, found in by_name.items() if len(found) == 1))
    collisions = {name: tuple(sorted(found)) for name, found in sorted(by_name.items()) if len(found) > 1}
    return Naming(members, collisions)
