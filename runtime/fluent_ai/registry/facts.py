"""What can be known about a model. None means unknown; nothing is ever guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import msgspec

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.registry.provenance import Evidence, Source
from fluent_ai.type_info import prepare

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
    JsonStruct,
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
    """Prompt tokens."""
    output: float | None = None
    """Generated tokens."""
    cache_read: float | None = None
    """Prompt tokens that are read from the cache."""
    cache_write: float | None = None
    """Prompt tokens that are written to the cache."""
    cache_write_1h: float | None = None
    """The same, for a cache that lasts an hour."""
    reasoning: float | None = None
    """Reasoning tokens, where they cost more or less than output."""
    image_input: float | None = None
    """Tokens of images in the prompt."""
    image_output: float | None = None
    """Tokens of generated images."""
    audio_input: float | None = None
    """Tokens of sound in the prompt."""
    audio_output: float | None = None
    """Tokens of generated sound."""
    audio_cache_read: float | None = None
    """Tokens of sound that are read from the cache."""
    batch_input: float | None = None
    """Prompt tokens of a batch."""
    batch_output: float | None = None
    """Generated tokens of a batch."""
    batch_cache_read: float | None = None
    """Cached prompt tokens of a batch."""


class PriceTier(TokenPrices, frozen=True, kw_only=True):
    """Prices that replace the base ones where the condition holds: a longer prompt, or a time of day (UTC, HH:MM)."""

    min_input_tokens: int | None = None
    """The tier holds for prompts of at least this many tokens."""
    utc_start: Clock | None = None
    """The tier holds from this time of day."""
    utc_end: Clock | None = None
    """The tier holds until this time of day."""


class Prices(TokenPrices, frozen=True, kw_only=True):
    """US dollars per million tokens, and per unit where the name says so."""

    per_request: float | None = None
    """Each request."""
    per_web_search: float | None = None
    """Each search."""
    per_image: float | None = None
    """A generated image."""
    per_input_image: float | None = None
    """Each image in the prompt."""
    per_megapixel: float | None = None
    """Each million pixels of a generated image."""
    per_page: float | None = None
    """A page that is read."""
    per_audio_minute: float | None = None
    """Each minute of sound."""
    per_video_second: float | None = None
    """A second of generated video."""
    per_million_characters: float | None = None
    """Of text that is spoken."""
    tiers: tuple[PriceTier, ...] = ()
    """Prices of longer prompts and certain hours."""


class RateLimits(_Strict, frozen=True, kw_only=True):
    """How often a model may be called."""

    requests_per_minute: int | None = None
    """Requests per minute."""
    tokens_per_minute: int | None = None
    """Tokens per minute."""


class ModelFacts(_Strict, frozen=True, kw_only=True):
    """The facts of one model at one provider. Sizes are in tokens."""

    id: str
    """The id that the provider's API takes."""
    name: str | None = None
    """A name for people."""
    kind: Kind | None = None
    """What the model is for."""
    context_window: int | None = None
    """Prompt and answer together."""
    max_input_tokens: int | None = None
    """The longest prompt."""
    max_output_tokens: int | None = None
    """The longest answer."""
    prices: Prices | None = None
    """What it costs, in US dollars."""
    input_modalities: tuple[Modality, ...] | None = None
    """What a prompt may hold."""
    output_modalities: tuple[Modality, ...] | None = None
    """What an answer may hold."""
    tools: bool | None = None
    """Calls tools."""
    parallel_tools: bool | None = None
    """Calls several tools in one answer."""
    structured_output: bool | None = None
    """Keeps to a JSON schema."""
    reasoning: bool | None = None
    """Thinks before it answers."""
    vision: bool | None = None
    """Takes images as input."""
    audio: bool | None = None
    """Takes audio as input."""
    pdf: bool | None = None
    """Takes PDF documents as input."""
    web_search: bool | None = None
    """Can search the web on the provider's side."""
    prompt_cache: bool | None = None
    """Prompts can be cached."""
    embeddings: bool | None = None
    """Makes embeddings."""
    embedding_dimensions: int | None = None
    """The length of its vectors."""
    temperature_fixed: bool | None = None
    """Takes no temperature but 1."""
    streams: bool | None = None
    """The provider streams it itself; our interface streams every model."""
    protocols: tuple[str, ...] | None = None
    """The protocols of the routes that serve it."""
    regions: tuple[str, ...] | None = None
    """Where it is served."""
    rate_limits: RateLimits | None = None
    """How often it may be called."""
    released: date | None = None
    """The day of its release."""
    knowledge_cutoff: date | None = None
    """The last day that its training data covers."""
    deprecated_on: date | None = None
    """Since when its provider advises against it."""
    retires_on: date | None = None
    """When it stops answering."""
    successor: str | None = None
    """The model that its provider recommends instead."""
    aliases: tuple[str, ...] | None = None
    """Other ids of the same model."""
    last_listed: date | None = None
    """The last day on which the provider's list held it; None while it does."""


class ModelInfo(ModelFacts, frozen=True, kw_only=True, omit_defaults=True):
    """A model at a provider. Every fact that is not None has a source."""

    provider: str = ""
    """The id of the provider."""
    evidence: Evidence = Evidence()
    """The sources in compact form; `sources` and `source()` read it."""

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


prepare(ModelInfo, ModelFacts)


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
