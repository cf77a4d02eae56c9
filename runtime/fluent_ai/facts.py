"""What can be known about a model. None means unknown; nothing is ever guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import msgspec

from fluent_ai.provenance import Evidence, Source

Kind = Literal[
    "chat", "completion", "embedding", "rerank", "moderation", "image", "video", "transcription", "speech", "realtime",
    "ocr", "other",
]  # fmt: skip
Modality = Literal["text", "image", "audio", "video", "file"]
Status = Literal["announced", "active", "deprecated", "gone", "retired"]
"""Of a model; `gone` left its provider's list, though nobody said that it retired."""

Clock = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""HH:MM, UTC."""

FLAGS = (
    "tools", "parallel_tools", "structured_output", "reasoning", "vision", "audio", "pdf", "web_search", "prompt_cache",
    "embeddings", "temperature_fixed", "streams",
)  # fmt: skip
"""The facts that are yes or no."""


class _Strict(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    repr_omit_defaults=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """Facts hold no cycles, and thousands of models would slow every pass of the garbage collector."""


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
    batch_input: float | None = None
    batch_output: float | None = None
    batch_cache_read: float | None = None


class PriceTier(TokenPrices, frozen=True, kw_only=True):
    """Prices that replace the base ones where the condition holds: a longer prompt, or a time of day (UTC, HH:MM)."""

    min_input_tokens: int | None = None
    utc_start: Clock | None = None
    utc_end: Clock | None = None


class Prices(TokenPrices, frozen=True, kw_only=True):
    """US dollars per million tokens, and per unit where the name says so."""

    per_request: float | None = None
    per_web_search: float | None = None
    per_image: float | None = None
    """A generated image."""
    per_input_image: float | None = None
    per_megapixel: float | None = None
    per_page: float | None = None
    """A page that is read."""
    per_audio_minute: float | None = None
    per_video_second: float | None = None
    """A second of generated video."""
    per_million_characters: float | None = None
    """Of text that is spoken."""
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
    last_listed: date | None = None
    """The last day on which the provider's list held it; None while it does."""


class ModelInfo(ModelFacts, frozen=True, kw_only=True, omit_defaults=True):
    """A model at a provider. Every fact that is not None has a source."""

    provider: str = ""
    evidence: Evidence = Evidence()

    @property
    def sources(self) -> Mapping[str, Source]:
        """Fact -> its source, for all facts that are known. Prices are named by one: `source("prices.output")`."""
        return {
            fact: source
            for fact in ModelFacts.__struct_fields__
            if getattr(self, fact) is not None and (source := self.evidence.source(fact))
        }

    def source(self, fact: str) -> Source | None:
        """The source of one fact, as `tools` or `prices.cache_read`; None when the fact or its source is not known."""
        return self.evidence.source(fact) if known_facts(self).get(fact) is not None else None

    @property
    def full_name(self) -> str:
        """`provider:id`, the name that clients take."""
        return f"{self.provider}:{self.id}"

    def status(self, on: date) -> Status:
        """Where the model is in its life on that day, as far as the facts say."""
        if self.retires_on and self.retires_on <= on:
            return "retired"
        if self.last_listed and self.last_listed < on:
            return "gone"
        if self.deprecated_on and self.deprecated_on <= on:
            return "deprecated"
        return "announced" if self.released and self.released > on else "active"

    def __repr__(self) -> str:
        facts = (
            f"{field}={value!r}"
            for field in ModelFacts.__struct_fields__
            if field != "id" and (value := getattr(self, field)) is not None
        )
        return f"ModelInfo({', '.join((repr(self.full_name), *facts))})"


def known_facts(model: ModelFacts) -> dict[str, object]:
    """All facts that are known by name; prices one by one, as `prices.input`. `prices` itself is there too."""
    found: dict[str, object] = {}
    for fact in ModelFacts.__struct_fields__:
        value = getattr(model, fact)
        if value is None:
            continue
        found[fact] = value
        if isinstance(value, Prices):
            for part in Prices.__struct_fields__:
                price = getattr(value, part)
                if price is not None and price != ():
                    found[f"{fact}.{part}"] = price
    return found
