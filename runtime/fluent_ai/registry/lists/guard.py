"""Refuses a list that lost many of its models since the last good one, which is more often a fault than the truth."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from fluent_ai.errors import ProtocolError

MAX_LOST = 0.25
"""The share of models of the last good list that may be missing."""
FEW = 3
"""Losing fewer models than this is always accepted."""


class ListShrunk(ProtocolError):
    """The list arrived whole but without many of the models that it had, which someone has to confirm."""


def require_models_kept(name: str, before: Collection[str], after: Iterable[str], confirm: str) -> None:
    """Raises ListShrunk if more than a quarter of the ids `before`, and at least three, are missing `after`.

    `confirm` tells in the message how to accept the list if it is right.
    """
    lost = sorted(set(before) - set(after))
    if len(lost) >= FEW and len(lost) > MAX_LOST * len(before):
        more = f" and {len(lost) - FEW} more" if len(lost) > FEW else ""
        raise ListShrunk(
            f"{name}: {len(lost)} of {len(before)} models are gone: {', '.join(lost[:FEW])}{more}; "
            f"if that is right, {confirm}",
            provider=name,
        )
