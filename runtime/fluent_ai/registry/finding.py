"""Filters on models, the order of listings, and text search that tolerates typing errors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Literal, TypeAlias, TypedDict, TypeVar, get_args

from fluent_ai.arguments import did_you_mean
from fluent_ai.errors import ConfigError
from fluent_ai.registry.facts import FLAGS, Kind, Modality, ModelInfo

Test: TypeAlias = Callable[[ModelInfo], bool]
T = TypeVar("T")
Value: TypeAlias = str | float | date

SortKey = Literal[
    "provider", "id", "name", "kind", "context_window", "max_input_tokens", "max_output_tokens", "input_price",
    "output_price", "embedding_dimensions", "released", "knowledge_cutoff", "deprecated_on", "retires_on",
    "-provider", "-id", "-name", "-kind", "-context_window", "-max_input_tokens", "-max_output_tokens", "-input_price",
    "-output_price", "-embedding_dimensions", "-released", "-knowledge_cutoff", "-deprecated_on", "-retires_on",
]  # fmt: skip
"""A sort key; a `-` before it means descending order. Unknown values always come last."""

LIKENESS = 0.75
"""The minimum similarity at which one word counts as a misspelling of another."""


class Filters(TypedDict, total=False):
    """Filters; one that is None is not applied. An unknown fact matches no filter, neither True nor False.

    Sizes are in tokens: `min_context` is compared with the context window, or with the input limit if only that is
    known. Prices are in US dollars per million tokens. All of `input_modalities` and `output_modalities` are required.
    The facts must be later than `released_after` and `knowledge_after`. `available_on` leaves out models that are known
    to be unavailable on that day: not yet released, no longer listed, or retired.
    """

    provider: str | Iterable[str] | None
    """The model's provider is this one, or one of these."""
    kind: Kind | Iterable[Kind] | None
    """The model's kind is this one, or one of these."""
    input_modalities: Modality | Iterable[Modality] | None
    """Prompts may hold all of these."""
    output_modalities: Modality | Iterable[Modality] | None
    """Answers may hold all of these."""
    min_context: int | None
    """The context window, or the input limit if only that is known, has at least this many tokens."""
    min_output: int | None
    """The output limit is at least this many tokens."""
    max_input_price: float | None
    """A million input tokens cost at most this many US dollars."""
    max_output_price: float | None
    """A million output tokens cost at most this many US dollars."""
    tools: bool | None
    """Calls tools, or does not."""
    parallel_tools: bool | None
    """Can call several tools in one answer, or cannot."""
    structured_output: bool | None
    """Can be held to a JSON schema, or cannot."""
    reasoning: bool | None
    """Can reason before it answers, or cannot."""
    vision: bool | None
    """Accepts images, or does not."""
    audio: bool | None
    """Accepts audio, or does not."""
    pdf: bool | None
    """Accepts PDF documents, or does not."""
    web_search: bool | None
    """Can search the web, or cannot."""
    prompt_cache: bool | None
    """Supports prompt caching, or does not."""
    embeddings: bool | None
    """Makes embeddings, or does not."""
    temperature_fixed: bool | None
    """Accepts no temperature but 1, or accepts others."""
    prefill: bool | None
    """Goes on with an answer that the last message begins, or does not."""
    streams: bool | None
    """The provider streams its answers, or does not."""
    free_tier: bool | None
    """Its prices are those of a free tier with low limits, or not."""
    released_after: date | None
    """Released after this day."""
    knowledge_after: date | None
    """Trained on data from after this day."""
    available_on: date | None
    """Not known to be unreleased, unlisted or retired on this day."""


def context(model: ModelInfo) -> int | None:
    """The known limit of the prompt in tokens, or None."""
    return model.context_window or model.max_input_tokens


def price(model: ModelInfo, name: Literal["input", "output"]) -> float | None:
    """The price in US dollars per million tokens, or None."""
    prices = model.prices
    return None if prices is None else prices.input if name == "input" else prices.output


def tests(filters: Filters) -> list[Test]:
    """The filters except `provider`, as functions. Raises ConfigError for an unknown filter or a value not allowed."""
    given = _given(filters)
    return [_CONDITIONS[name](name, value) for name, value in given.items() if name != "provider"]


def providers(filters: Filters) -> list[str] | None:
    """The providers of the filter, or None for all."""
    given = _given(filters).get("provider")
    return None if given is None else list(_words("provider", given, None))


def order(models: list[ModelInfo], sort: SortKey | Sequence[SortKey]) -> list[ModelInfo]:
    """The models sorted by these keys, the first key being the primary one.

    Raises ConfigError, with similar names, for an unknown sort key.
    """
    keys = _words("sort", sort, None)
    allowed = [key for key in get_args(SortKey) if not key.startswith("-")]
    for key in keys:
        if key.removeprefix("-") not in allowed:
            hint = did_you_mean(key.removeprefix("-"), allowed)
            raise ConfigError(f"sort is {key!r}.{hint} Allowed: {', '.join(allowed)}")
    for key in reversed(keys):
        fact = _SORTED.get(key.removeprefix("-")) or _attribute(key.removeprefix("-"))
        known = [model for model in models if fact(model) is not None]
        known.sort(key=fact, reverse=key.startswith("-"))  # type: ignore[arg-type]  # None was filtered out
        models = known + [model for model in models if fact(model) is None]
    return models


def search(models: Sequence[ModelInfo], text: str) -> list[ModelInfo]:
    """The models whose id or name holds the text or all of its words; if none does, similar spellings, best first."""
    if not isinstance(text, str):
        raise ConfigError(f"text is {text!r}; allowed: words of an id or a name")
    whole = text.casefold().strip()
    if found := [model for model in models if whole in _label(model)]:
        return found
    words = _split(whole)
    if words and (found := [model for model in models if all(word in _label(model) for word in words)]):
        return found
    likeness: dict[tuple[str, str], float] = {}
    scored = ((model, _likeness(words, set(_split(_label(model))), likeness)) for model in models)
    close = [(score, model) for model, score in scored if score >= LIKENESS]
    return [model for _, model in sorted(close, key=lambda pair: (-pair[0], pair[1].full_name))]


def limited(found: list[T], limit: int | None) -> list[T]:
    """The first `limit` of them. Raises ConfigError for a malformed limit."""
    if limit is None:
        return found
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise ConfigError(f"limit is {limit!r}; allowed: a whole number from 1")
    return found[:limit]


def _label(model: ModelInfo) -> str:
    return f"{model.full_name}\n{model.name or ''}".casefold()


def _split(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _likeness(words: Sequence[str], label: set[str], known: dict[tuple[str, str], float]) -> float:
    """The lowest of the words' best similarities; `known` caches comparisons, because models share most words."""
    return min((max((_alike(word, other, known) for other in label), default=0.0) for word in words), default=0.0)


def _alike(word: str, other: str, known: dict[tuple[str, str], float]) -> float:
    pair = (word, other)
    if pair not in known:
        matcher = SequenceMatcher(None, word, other)
        close = matcher.real_quick_ratio() >= LIKENESS and matcher.quick_ratio() >= LIKENESS
        known[pair] = matcher.ratio() if close else 0.0
    return known[pair]


def _attribute(name: str) -> Callable[[ModelInfo], Value | None]:
    return lambda model: getattr(model, name)


_SORTED: dict[str, Callable[[ModelInfo], Value | None]] = {
    "input_price": lambda model: price(model, "input"),
    "output_price": lambda model: price(model, "output"),
    "name": lambda model: None if model.name is None else model.name.casefold(),
}


def _given(filters: Mapping[str, object]) -> dict[str, object]:
    allowed = list(Filters.__annotations__)
    for name in filters:
        if name not in allowed:
            hint = did_you_mean(name, allowed)
            raise ConfigError(f"filter {name!r} is not known.{hint} Allowed: {', '.join(allowed)}")
    return {name: value for name, value in filters.items() if value is not None}


def _words(name: str, value: object, allowed: Sequence[str] | None) -> tuple[str, ...]:
    given = value if isinstance(value, Iterable) and not isinstance(value, str) else (value,)
    words: list[str] = []
    for word in given:
        if not isinstance(word, str) or (allowed is not None and word not in allowed):
            hint = did_you_mean(word, allowed) if isinstance(word, str) and allowed else ""
            raise ConfigError(f"{name} is {word!r}.{hint} Allowed: {', '.join(allowed) if allowed else 'names'}")
        words.append(word)
    return tuple(words)


def _flag(name: str, value: object) -> Test:
    if not isinstance(value, bool):
        raise ConfigError(f"{name} is {value!r}; allowed: True or False")
    return lambda model: getattr(model, name) is value


def _kind(name: str, value: object) -> Test:
    kinds = _words(name, value, get_args(Kind))
    return lambda model: model.kind in kinds


def _modalities(name: str, value: object) -> Test:
    wanted = set(_words(name, value, get_args(Modality)))
    return lambda model: (known := getattr(model, name)) is not None and wanted <= set(known)


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise ConfigError(f"{name} is {value!r}; allowed: a number from 0")
    return value


def _at_least(fact: Callable[[ModelInfo], float | None]) -> Callable[[str, object], Test]:
    def condition(name: str, value: object) -> Test:
        bound = _number(name, value)
        return lambda model: (known := fact(model)) is not None and known >= bound

    return condition


def _at_most(fact: Callable[[ModelInfo], float | None]) -> Callable[[str, object], Test]:
    def condition(name: str, value: object) -> Test:
        bound = _number(name, value)
        return lambda model: (known := fact(model)) is not None and known <= bound

    return condition


def day(name: str, value: object) -> date:
    """The day, unchanged. Raises ConfigError for anything but a `datetime.date`."""
    if type(value) is not date:
        raise ConfigError(f"{name} is {value!r}; allowed: a datetime.date")
    return value


def _after(fact: Callable[[ModelInfo], date | None]) -> Callable[[str, object], Test]:
    def condition(name: str, value: object) -> Test:
        bound = day(name, value)
        return lambda model: (known := fact(model)) is not None and known > bound

    return condition


def _available(name: str, value: object) -> Test:
    on = day(name, value)
    return lambda model: model.status(on) in ("active", "deprecated")


_CONDITIONS: dict[str, Callable[[str, object], Test]] = {
    **dict.fromkeys(FLAGS, _flag),
    "kind": _kind,
    "input_modalities": _modalities,
    "output_modalities": _modalities,
    "min_context": _at_least(context),
    "min_output": _at_least(lambda model: model.max_output_tokens),
    "max_input_price": _at_most(lambda model: price(model, "input")),
    "max_output_price": _at_most(lambda model: price(model, "output")),
    "released_after": _after(lambda model: model.released),
    "knowledge_after": _after(lambda model: model.knowledge_cutoff),
    "available_on": _available,
}
