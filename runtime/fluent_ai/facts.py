"""What can be known about a model. None means unknown; nothing is ever guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

Kind = Literal[
    "chat", "completion", "embedding", "rerank", "moderation", "image", "video", "transcription", "speech", "realtime",
    "ocr", "other",
]  # fmt: skip
Modality = Literal["text", "image", "audio", "video", "file"]


class _Strict(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, repr_omit_defaults=True, forbid_unknown_fields=True
):
    pass


class TokenPrices(_Strict, frozen=True, kw_only=True):
    """US dollars per million tokens."""

    input: float | None = None
    output: float | None = None
    cache_read: float | None = None
    cache_write: float | None = None
    cache_write_1h: float | None = None
    reasoning: float | None = None
    image_input: float | None = None
    image_output: float | None = None
    audio_input: float | None = None
    audio_output: float | None = None
    audio_cache_read: float | None = None


class PriceTier(TokenPrices, frozen=True, kw_only=True):
    """Prices that replace the base ones where the condition holds: a longer prompt, or a time of day (UTC, HH:MM)."""

    min_input_tokens: int | None = None
    utc_start: str | None = None
    utc_end: str | None = None


class Prices(TokenPrices, frozen=True, kw_only=True):
    """US dollars per million tokens, and per unit where the name says so."""

    per_request: float | None = None
    per_web_search: float | None = None
    per_megapixel: float | None = None
    per_audio_minute: float | None = None
    tiers: tuple[PriceTier, ...] = ()


class RateLimits(_Strict, frozen=True, kw_only=True):
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None


class ModelFacts(_Strict, frozen=True, kw_only=True):
    """The facts of one model at one provider. Sizes are in tokens."""

    id: str
    name: str | None = None
    kind: Kind | None = None
    context_window: int | None = None
    """Prompt and answer together."""
    max_input_tokens: int | None = None
    max_output_tokens: int | None = None
    prices: Prices | None = None
    input_modalities: tuple[Modality, ...] | None = None
    output_modalities: tuple[Modality, ...] | None = None
    tools: bool | None = None
    parallel_tools: bool | None = None
    structured_output: bool | None = None
    reasoning: bool | None = None
    vision: bool | None = None
    audio: bool | None = None
    """Takes audio as input."""
    pdf: bool | None = None
    web_search: bool | None = None
    prompt_cache: bool | None = None
    embeddings: bool | None = None
    embedding_dimensions: int | None = None
    temperature_fixed: bool | None = None
    streams: bool | None = None
    """The provider streams it itself; our interface streams every model."""
    protocols: tuple[str, ...] | None = None
    """The protocols of the routes that serve it."""
    regions: tuple[str, ...] | None = None
    rate_limits: RateLimits | None = None
    released: date | None = None
    knowledge_cutoff: date | None = None
    deprecated_on: date | None = None
    retires_on: date | None = None
    successor: str | None = None
    aliases: tuple[str, ...] | None = None
    """Other ids of the same model."""


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a fact comes from: `field` is its name there; `reason` says why a reviewed correction was made."""

    who: str
    url: str
    date: date
    field: str | None = None
    reason: str | None = None


class ModelInfo(ModelFacts, frozen=True, kw_only=True, omit_defaults=True):
    """A model at a provider. Every fact that is not None has a source."""

    provider: str = ""
    origins: tuple[tuple[str, Source], ...] = ()

    @property
    def sources(self) -> Mapping[str, Source]:
        """Fact -> its source, for all facts that are known."""
        return {field: source for field, source in self.origins if getattr(self, field) is not None}

    @property
    def full_name(self) -> str:
        """`provider:id`, the name that clients take."""
        return f"{self.provider}:{self.id}"

    def __repr__(self) -> str:
        facts = (
            f"{field}={value!r}"
            for field in ModelFacts.__struct_fields__
            if field != "id" and (value := getattr(self, field)) is not None
        )
        return f"ModelInfo({', '.join((repr(self.full_name), *facts))})"
