"""Model ids to names that Python accepts, and that stay as they are once a program may use them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fluent_ai.errors import ConfigError

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


def name_members(ids: Iterable[str], reviewed: Mapping[str, str], ledger: Mapping[str, str], source: str) -> Naming:
    """The members of `ledger` (name -> id), which stay, and one for each other id.

    A new id gets its reviewed name or else its derived one; when another id has it, or would get it too, the new one is
    left out. ConfigError, which names `source`, for a reviewed name that would rename a member.
    """
    kept = {model_id: name for name, model_id in ledger.items()}
    for model_id, name in sorted(reviewed.items()):
        if kept.get(model_id, name) != name:
            raise ConfigError(
                f"{source}: {kept[model_id]} = {model_id!r} is in use, and member_names says {name}; "
                f"a rename breaks programs: change that line too if it is meant"
            )
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for model_id in set(ids) - set(kept):
        by_name[reviewed.get(model_id) or member_name(model_id)].add(model_id)
    taken = dict(ledger)
    collisions = {}
    for name, found in sorted(by_name.items()):
        if len(found) == 1 and name not in ledger:
            taken[name] = next(iter(found))
        else:
            collisions[name] = tuple(sorted(found | ({ledger[name]} if name in ledger else set())))
    return Naming(tuple(sorted(taken.items())), collisions)
