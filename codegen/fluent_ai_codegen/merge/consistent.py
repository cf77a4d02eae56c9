"""What must hold of a merged row as a whole: each fact was credible by itself, and two may still exclude each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

import msgspec
from fluent_ai.registry.provenance import Stated

from fluent_ai_codegen.merge.credible import exceeds

_DATE = re.compile(r"(?<!\d)(20[12]\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")
_READS_ONLY = ("embedding", "rerank")
"""Their context is their prompt: a larger one is the limit of all texts of a request."""
_LIMITS = (("max_input_tokens", "context_window"), ("max_output_tokens", "context_window"))


def date_in(model_id: str) -> date | None:
    """The day that an id names, as `claude-x-20250929`; None where it names none, or no real one."""
    found = _DATE.search(model_id)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def contradictions(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """Pairs of facts that exclude each other: a part of the context, and a whole that is too small for it."""
    limits = [*_LIMITS, ("context_window", "max_input_tokens")] if values.get("kind") in _READS_ONLY else _LIMITS
    return [(part, whole) for part, whole in limits if exceeds(values.get(part), values.get(whole))]


def fits(fact: str, value: object, source: int, values: Mapping[str, object], said: Mapping[str, Stated]) -> bool:
    """Whether a part of the context is not larger than the whole that a better source states."""
    whole = dict(_LIMITS).get(fact)
    if whole is None or whole not in said or _first(said[whole]) > source:
        return True
    return not exceeds(value, values.get(whole))


def hold_together(
    values: dict[str, object],
    said: dict[str, Stated],
    disputes: dict[str, list[tuple[int, object]]],
    own: Collection[int],
) -> None:
    """Of two facts that exclude each other, drop the one that is believed less, and keep it as a dispute of the other.

    The provider's own word is never dropped, and among others the lower rank counts more. A source that states both
    contradicts itself, and is no dispute of what it states.
    """
    for part, whole in contradictions(values):
        if part not in values or whole not in values:
            continue  # one was dropped for another reason
        drop = whole if _rank(said[part], own) < _rank(said[whole], own) else part
        kept = part if drop == whole else whole
        if not _rank(said[drop], own)[0]:
            continue
        claim, by = msgspec.to_builtins(values.pop(drop)), said.pop(drop)
        doubters = [each for each in _all(by) if each not in _all(said[kept])]
        disputes.pop(drop, None)
        known = disputes.get(kept, [])
        if added := [each for source in doubters if (each := (source, claim)) not in known]:
            disputes[kept] = [*known, *added]


def _rank(by: Stated, own: Collection[int]) -> tuple[bool, int]:
    first = _first(by)
    return (first not in own, first)


def _first(by: Stated) -> int:
    return next(iter(_all(by)), 10**6)


def _all(by: Stated) -> list[int]:
    return by if isinstance(by, list) else [by] if isinstance(by, int) else []
