"""Units of the wire to units of the facts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from fluent_ai.facts import Modality

_MODALITIES: dict[str, Modality] = {
    "text": "text", "image": "image", "audio": "audio", "video": "video", "file": "file", "speech": "audio",
    "transcription": "text",
}  # fmt: skip


def day(seconds: float | None) -> date | None:
    """A Unix time as a UTC date; 0 and less mean unknown."""
    return datetime.fromtimestamp(seconds, UTC).date() if seconds and seconds > 0 else None


def per_million(dollars_per_token: Decimal | None) -> float | None:
    """Dollars per token to dollars per million; a negative price means that it varies."""
    if dollars_per_token is None or dollars_per_token < 0:
        return None
    return float((dollars_per_token * 1_000_000).normalize())


def unit_price(dollars: Decimal | None) -> float | None:
    return None if dollars is None or dollars < 0 else float(dollars)


def modalities(names: Iterable[str] | None) -> tuple[Modality, ...] | None:
    """The known modalities, each once, in their order; None when none is known."""
    known = dict.fromkeys(_MODALITIES[name] for name in names or () if name in _MODALITIES)
    return tuple(known) or None
