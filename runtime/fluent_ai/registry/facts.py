"""The facts about a model. None means unknown; no value is ever guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import msgspec

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.registry.provenance import Attribution, Evidence
from fluent_ai.type_info import prepare

Kind = Literal[
    "chat", "completion", "embedding", "rerank", "moderation", "image", "video", "transcription", "speech", "realtime",
    "ocr", "other",
]  # fmt: skip
Modality = Literal["text", "image", "audio", "video", "file"]
Status = Literal["announced", "active", "deprecated", "gone", "retired"]
"""The status of a model; `gone` means that it left its provider's list without an announced retirement."""

Clock = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
"""HH:MM, UTC."""
Weekday = Literal[1, 2, 3, 4, 5, 6, 7]
"""1 for Monday to 7 for Sunday."""

MOST_DOLLARS = 1e9
"""No price is higher, so that sums are finite."""
MOST_TOKENS = 10**12
"""No size is larger."""

REGIONAL = "regional"
"""The service of all regions, as against the global endpoint."""
REGIONS = ("eu", "us")
"""Services of single regions."""

FLAGS = (
    "tools", "parallel_tools", "structured_output", "reasoning", "vision", "audio", "pdf", "web_search", "prompt_cache",
    "embeddings", "temperature_fixed", "prefill", "streams", "free_tier",
)  # fmt: skip
"""The boolean facts."""


class _Strict(
    JsonStruct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    repr_omit_defaults=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """Facts hold no cycles, and tracking thousands of models would slow down garbage collection."""


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
    """Prompt tokens that are written to a cache that lasts one hour."""
    reasoning: float | None = None
    """Reasoning tokens, if their price differs from that of output."""
    image_input: float | None = None
    """Image tokens of the prompt."""
    image_output: float | None = None
    """Tokens of generated images."""
    audio_input: float | None = None
    """Audio tokens of the prompt."""
    audio_output: float | None = None
    """Tokens of generated audio."""
    audio_cache_read: float | None = None
    """Audio tokens that are read from the cache."""
    batch_input: float | None = None
    """Prompt tokens of batch requests."""
    batch_output: float | None = None
    """Generated tokens of batch requests."""
    batch_cache_read: float | None = None
    """Cached prompt tokens of batch requests."""


class PriceTier(TokenPrices, frozen=True, kw_only=True):
    """Prices that replace the base prices if all conditions of the tier hold.

    A price that a tier of longer prompts or of certain hours does not state is the base price; one that a tier of
    certain days or of a service does not state is unknown.
    """

    min_input_tokens: int | None = None
    """The tier applies to prompts of at least this many tokens."""
    utc_start: Clock | None = None
    """The tier applies from this time of day (UTC, HH:MM)."""
    utc_end: Clock | None = None
    """The tier applies until this time of day (UTC, HH:MM)."""
    weekdays: tuple[Weekday, ...] | None = None
    """The tier applies on these days of the week in UTC, 1 for Monday to 7 for Sunday."""
    since: date | None = None
    """The tier applies from this day in UTC."""
    until: date | None = None
    """The tier applied before this day in UTC."""
    service: str | None = None
    """The tier applies to requests served like this: `priority`, `flex`, `fast`, in a region (`us`, `eu`, or `regional`
    for any), or several, joined by `+`."""


class Prices(TokenPrices, frozen=True, kw_only=True):
    """US dollars per million tokens, or per unit if the name says so."""

    per_request: float | None = None
    """Each request."""
    per_web_search: float | None = None
    """Each search."""
    per_image: float | None = None
    """Each generated image."""
    per_input_image: float | None = None
    """Each image in the prompt."""
    per_megapixel: float | None = None
    """Each million pixels of a generated image."""
    per_page: float | None = None
    """Each page that is processed."""
    per_audio_minute: float | None = None
    """Each minute of audio."""
    per_video_second: float | None = None
    """Each second of generated video."""
    per_million_characters: float | None = None
    """Of text that is spoken."""
    tiers: tuple[PriceTier, ...] = ()
    """Prices for longer prompts and certain times of day."""


class RateLimits(_Strict, frozen=True, kw_only=True):
    """The rate limits of a model."""

    requests_per_minute: int | None = None
    """Requests per minute."""
    tokens_per_minute: int | None = None
    """Tokens per minute."""


class ModelFacts(_Strict, frozen=True, kw_only=True):
    """The facts of one model at one provider. Sizes are in tokens."""

    id: str
    """The id that the provider's API accepts."""
    name: str | None = None
    """The display name."""
    kind: Kind | None = None
    """What the model is for."""
    context_window: int | None = None
    """The limit of prompt and answer together, in tokens."""
    max_input_tokens: int | None = None
    """The limit of the prompt, in tokens."""
    max_output_tokens: int | None = None
    """The limit of the answer, in tokens."""
    prices: Prices | None = None
    """The prices in US dollars."""
    input_modalities: tuple[Modality, ...] | None = None
    """The modalities that a prompt may hold."""
    output_modalities: tuple[Modality, ...] | None = None
    """The modalities that an answer may hold."""
    tools: bool | None = None
    """Calls tools."""
    parallel_tools: bool | None = None
    """Can call several tools in one answer."""
    structured_output: bool | None = None
    """Can be held to a JSON schema."""
    reasoning: bool | None = None
    """Can reason before it answers."""
    vision: bool | None = None
    """Accepts images."""
    audio: bool | None = None
    """Accepts audio."""
    pdf: bool | None = None
    """Accepts PDF documents."""
    web_search: bool | None = None
    """Can search the web at the provider."""
    prompt_cache: bool | None = None
    """Supports prompt caching."""
    embeddings: bool | None = None
    """Makes embeddings."""
    embedding_dimensions: int | None = None
    """The length of its vectors."""
    temperature_fixed: bool | None = None
    """Accepts no temperature but 1."""
    prefill: bool | None = None
    """Goes on with an answer that the last message begins, if that is a turn of the assistant as any other."""
    streams: bool | None = None
    """The provider streams its answers; this package streams every model."""
    free_tier: bool | None = None
    """Its prices of zero are those of a free tier with low limits, so it costs money beyond them."""
    protocols: tuple[str, ...] | None = None
    """The protocols of the routes that serve the model."""
    regions: tuple[str, ...] | None = None
    """The regions in which it is served."""
    rate_limits: RateLimits | None = None
    """How often the model may be called."""
    released: date | None = None
    """The release date."""
    knowledge_cutoff: date | None = None
    """The last day that its training data covers."""
    deprecated_on: date | None = None
    """The day from which the provider discourages its use."""
    retires_on: date | None = None
    """The day on which the provider switches it off."""
    successor: str | None = None
    """The model that the provider recommends instead."""
    aliases: tuple[str, ...] | None = None
    """Other ids of the same model."""
    last_listed: date | None = None
    """The last day on which the provider listed it; None while it is listed."""
    unlisted_on: date | None = None
    """A day on which the provider's list lacked it, although sources knew it: it has gone by then."""
    unlisted_until: date | None = None
    """A day on which the provider's list lacked it still, as only later sources know it."""


class ModelInfo(ModelFacts, frozen=True, kw_only=True, omit_defaults=True):
    """A model at a provider. Every fact that is not None has a source."""

    provider: str = ""
    """The id of the provider."""
    evidence: Evidence = Evidence()
    """The sources in compact form, which `sources` and `source()` decode."""

    @property
    def sources(self) -> Mapping[str, Attribution]:
        """Fact -> its source, for all known facts. For a single price, use `source("prices.output")`."""
        return {
            fact: source
            for fact in ModelFacts.__struct_fields__
            if getattr(self, fact) is not None and (source := self.evidence.source(fact))
        }

    def source(self, fact: str) -> Attribution | None:
        """The source of one fact, such as `tools` or `prices.cache_read`; None if the fact or its source is unknown."""
        name, _, part = fact.partition(".")
        value = getattr(self, name) if name in ModelFacts.__struct_fields__ else None
        if part:
            value = getattr(value, part, None) if isinstance(value, Prices) else None
            value = None if value == () else value
        return None if value is None else self.evidence.source(fact)

    @property
    def max_total_tokens(self) -> int | None:
        """The limit of prompt and answer together: the context window, or the sum of both limits if it is unknown."""
        if self.context_window is not None:
            return self.context_window
        if self.max_input_tokens is None or self.max_output_tokens is None:
            return None
        return self.max_input_tokens + self.max_output_tokens

    @property
    def full_name(self) -> str:
        """`provider:id`, the name that clients accept."""
        return f"{self.provider}:{self.id}"

    def status(self, on: date) -> Status:
        """The model's status on that day according to the known dates."""
        if self.retires_on and self.retires_on <= on:
            return "retired"
        if (self.last_listed and self.last_listed < on) or (self.unlisted_on and self.unlisted_on <= on):
            return "gone"
        if self.deprecated_on and self.deprecated_on <= on:
            return "deprecated"
        if (self.released and self.released > on) or (self.unlisted_until and self.unlisted_until >= on):
            return "announced"
        return "active"

    def __repr__(self) -> str:
        facts = (
            f"{field}={value!r}"
            for field in ModelFacts.__struct_fields__
            if field != "id" and (value := getattr(self, field)) is not None
        )
        return f"ModelInfo({', '.join((repr(self.full_name), *facts))})"


prepare(ModelInfo, ModelFacts)


def known_facts(model: ModelFacts) -> dict[str, object]:
    """All known facts by name, with each price as `prices.input` in addition to `prices`."""
    found: dict[str, object] = {}
    for fact, value in msgspec.structs.asdict(model).items():
        if value is None or fact in _OF_INFO:
            continue
        found[fact] = value
        if isinstance(value, Prices):
            for part, price in msgspec.structs.asdict(value).items():
                if price is not None and price != ():
                    found[f"{fact}.{part}"] = price
    return found


_OF_INFO = frozenset(ModelInfo.__struct_fields__) - frozenset(ModelFacts.__struct_fields__)
