"""Refuses a list that lost many of its models since the last good one: more often a fault than the truth."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from fluent_ai.errors import ProtocolError

MAX_LOST = 0.25
"""Share of the models of the last good list."""
FEW = 3
"""Fewer lost models than this are never too many."""


class ListShrunk(ProtocolError):
    """The list came whole, and without many of the models that it had; someone has to confirm that."""


def require_models_kept(name: str, before: Collection[str], after: Iterable[str], confirm: str) -> None:
    """ListShrunk when more than a quarter of the ids `before`, and at least three, are not among those `after`.

    `confirm` says in the message what to do where the shrunken list is right.
    """
    lost = sorted(set(before) - set(after))
    if len(lost) >= FEW and len(lost) > MAX_LOST * len(before):
        more = f" and {len(lost) - FEW} more" if len(lost) > FEW else ""
        raise ListShrunk(
            f"{name}: {len(lost)} of {len(before)} models are gone: {', '.join(lost[:FEW])}{more}; "
            f"if that is right, {confirm}",
            provider=name,
        )
