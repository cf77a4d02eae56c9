"""What can be known about a model. None means unknown; nothing is ever guessed."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Kind = Literal[
    "chat", "completion", "embedding", "rerank", "moderation", "image", "video", "transcription", "speech", "realtime",
    "ocr", "other",
]  # fmt: skip
Modality = Literal["text", "image", "audio", "video", "file"]


class _Strict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
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
