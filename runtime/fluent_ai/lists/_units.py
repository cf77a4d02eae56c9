"""Units of the wire to units of the facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite

from fluent_ai.facts import Modality

_MODALITIES: dict[str, Modality] = {
    "text": "text", "image": "image", "audio": "audio", "video": "video", "file": "file", "speech": "audio",
    "transcription": "text",
}  # fmt: skip


def day(seconds: float | None) -> date | None:
    """A Unix time as a UTC date; None for 0 and for what is no time."""
    if not seconds or seconds < 0:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def per_million(dollars_per_token: Decimal | None) -> float | None:
    """Dollars per token to dollars per million."""
    return unit_price(None if dollars_per_token is None else dollars_per_token * 1_000_000)


def unit_price(dollars: Decimal | None) -> float | None:
    """None for what is no price: a negative one means that it varies."""
    if dollars is None or not dollars.is_finite() or dollars < 0:
        return None
    price = float(dollars)
    return price if isfinite(price) else None


def modalities(names: Iterable[str] | None) -> tuple[Modality, ...] | None:
    """The known modalities, each once, in their order; None when none is known."""
    known = dict.fromkeys(_MODALITIES[name] for name in names or () if name in _MODALITIES)
    return tuple(known) or None
