"""Differences between two states of a provider's models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.registry.overlay_merge import flat


class Change(JsonStruct, frozen=True, kw_only=True):
    """A model that is new or gone, or a fact that changed; each price is a fact of its own, such as `prices.input`."""

    kind: Literal["new", "gone", "changed"]
    """`new`, `gone` or `changed`."""
    model: str
    """The full name of the model."""
    fact: str | None = None
    """The fact that changed."""
    before: object = None
    """The value before; None if it was unknown."""
    after: object = None
    """The value now; None if it is unknown."""


def changes(before: Sequence[ModelInfo], after: Sequence[ModelInfo]) -> Iterator[Change]:
    """The differences between two states of one provider's models, by id."""
    old, new = ({info.id: info for info in infos} for infos in (before, after))
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if now is None or (was is not None and not _left(was) and _left(now)):
            if not (was is not None and _left(was)):
                yield Change(kind="gone", model=(now or old[name]).full_name)
        elif was is None:
            if _left(now):
                continue  # it was gone before anything was recorded of it here
            yield Change(kind="new", model=now.full_name)
        else:
            one, other = flat(was), flat(now)
            for fact in sorted(one.keys() | other.keys()):
                if one.get(fact) != other.get(fact):
                    yield Change(
                        kind="changed", model=now.full_name, fact=fact, before=one.get(fact), after=other.get(fact)
                    )


def _left(model: ModelInfo) -> bool:
    """Whether it has left its provider's list."""
    return model.last_listed is not None or model.unlisted_on is not None
