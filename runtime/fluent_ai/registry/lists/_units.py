"""From the units of responses to those of facts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from fluent_ai.registry.facts import MOST_DOLLARS, Kind, Modality

_MODALITIES: dict[str, Modality] = {
    "text": "text", "image": "image", "audio": "audio", "video": "video", "file": "file", "speech": "audio",
    "transcription": "text",
}  # fmt: skip


def day(seconds: float | None) -> date | None:
    """A Unix time as a UTC date; None for 0 and for an invalid time."""
    if not seconds or seconds < 0:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


def per_million(dollars_per_token: Decimal | None) -> float | None:
    """From dollars per token to dollars per million tokens."""
    return scaled(dollars_per_token, 6)


def scaled(price: Decimal | None, power: int) -> float | None:
    """A price, multiplied by ten to the `power`."""
    try:
        return unit_price(None if price is None else price.scaleb(power))
    except ArithmeticError:
        return None


def unit_price(dollars: Decimal | None) -> float | None:
    """None if this is not a price: a negative one means that it varies."""
    return float(dollars) if dollars is not None and dollars.is_finite() and 0 <= dollars <= MOST_DOLLARS else None


def modalities(names: Iterable[str] | None) -> tuple[Modality, ...] | None:
    """The known modalities, without duplicates, in their order; None if none is known."""
    known: list[Modality] = []
    for name in names or ():
        modality = _MODALITIES.get(name)
        if modality is not None and modality not in known:
            known.append(modality)
    return tuple(known) or None


def text_and(*, image: bool | None = None, audio: bool | None = None, file: bool | None = None) -> tuple[Modality, ...]:
    """Text, and what else is accepted."""
    taken: dict[Modality, bool | None] = {"text": True, "image": image, "audio": audio, "file": file}
    return tuple(name for name, is_taken in taken.items() if is_taken)


def first_kind(kinds: Mapping[str, Kind], names: Container[str]) -> Kind | None:
    """The kind of the first key that is in `names`."""
    for name, kind in kinds.items():
        if name in names:
            return kind
    return None
