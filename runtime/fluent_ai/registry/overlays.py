"""Models and facts that users add, with `define` or in overlay files in the format of `specs/models/*.toml`.

[[model]]
provider = "acme"              # by default the file's name
id = "my-model"
reason = "our own deployment"  # these three are optional
source = "https://wiki.example/models"
date = 2026-11-21

[model.facts]
context_window = 32768
prices = { input = 0.5, output = 1.5 }
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, NamedTuple, TypedDict, Union, get_args, get_origin, get_type_hints

import msgspec

from fluent_ai.arguments import did_you_mean, toml_table
from fluent_ai.content.parts import PathLike
from fluent_ai.errors import ConfigError
from fluent_ai.registry.facts import MOST_DOLLARS, MOST_TOKENS, Kind, Modality, ModelFacts, Prices, RateLimits
from fluent_ai.registry.overlay_merge import Flat, flat
from fluent_ai.registry.provenance import Origin
from fluent_ai.type_info import prepare

_PROVIDER = re.compile(r"[a-z0-9][a-z0-9_-]*")
VARIABLE = "FLUENT_AI_MODELS"
"""Overlay files or folders of them, separated as in PATH."""


class Facts(TypedDict, total=False):
    """The facts that users can state; `fluent_ai.registry.facts.ModelFacts` describes them."""

    name: str
    kind: Kind
    context_window: int
    max_input_tokens: int
    max_output_tokens: int
    prices: Prices | Mapping[str, float]
    input_modalities: Sequence[Modality]
    output_modalities: Sequence[Modality]
    tools: bool
    parallel_tools: bool
    structured_output: bool
    reasoning: bool
    vision: bool
    audio: bool
    pdf: bool
    web_search: bool
    prompt_cache: bool
    embeddings: bool
    embedding_dimensions: int
    temperature_fixed: bool
    prefill: bool
    streams: bool
    free_tier: bool
    protocols: Sequence[str]
    regions: Sequence[str]
    rate_limits: RateLimits | Mapping[str, int]
    released: date
    knowledge_cutoff: date
    deprecated_on: date
    retires_on: date
    successor: str
    aliases: Sequence[str]
    last_listed: date
    unlisted_on: date
    unlisted_until: date


class Addition(NamedTuple):
    """The facts that a user states about one model."""

    provider: str
    id: str
    facts: Flat
    origin: Origin


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    provider: str | None = None
    reason: str | None = None
    source: str | None = None
    date: date | None = None
    facts: dict[str, Any]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    model: list[_Entry]


prepare(_File)


def defined(provider: str, model_id: str, facts: Mapping[str, object], where: str) -> Addition:
    """The facts that a program defines. Raises ConfigError, which names the fact, its value and what is allowed."""
    origin = Origin(who="user", url="", date=datetime.now(UTC).date(), kind="user")
    _check_names(provider, model_id, where)
    return Addition(provider, model_id, checked(facts, where), origin)


def read_overlays(path: PathLike) -> list[Addition]:
    """The facts in a file, or in all `*.toml` files of a folder.

    Raises ConfigError, which names file, model, fact, value and what is allowed.
    """
    if not isinstance(path, str | os.PathLike) or "\0" in os.fspath(path):
        raise ConfigError(f"overlay {path!r}; allowed: the path of a file or a folder")
    place = Path(path)
    try:
        files = sorted(place.glob("*.toml")) if place.is_dir() else [place]
        return [addition for file in files for addition in _read(file)]
    except OSError as error:
        raise ConfigError(f"overlay {os.fspath(place)}: {error.strerror}") from None


def from_environment() -> list[Addition]:
    """The facts in the files that FLUENT_AI_MODELS names."""
    paths = [path for path in os.environ.get(VARIABLE, "").split(os.pathsep) if path]
    return [addition for path in paths for addition in read_overlays(path)]


def checked(facts: Mapping[str, object], where: str) -> Flat:
    """The facts converted to their types. Raises ConfigError for an unknown fact or a value that is not allowed."""
    hints = get_type_hints(ModelFacts)
    allowed = [fact for fact in hints if fact != "id"]
    values: dict[str, Any] = {}
    for fact, value in facts.items():
        if fact not in allowed:
            raise _unknown(f"{where}: fact {fact!r}", fact, allowed)
        if value is None:
            continue
        if fact == "prices":
            values[fact] = Prices(**_prices(value, where))
        else:
            values[fact] = _value(fact, value, hints[fact], where)
    return flat(ModelFacts(id="-", **values))


def _prices(given: object, where: str) -> dict[str, Any]:
    table = msgspec.to_builtins(given) if isinstance(given, Prices) else given
    if not isinstance(table, Mapping):
        raise ConfigError(f"{where}: prices is {table!r}; allowed: a table of US dollars, such as {{input = 0.5}}")
    hints = get_type_hints(Prices)
    for name in table:
        if name not in hints:
            raise _unknown(f"{where}: prices.{name}", str(name), list(hints))
    return {name: _value(f"prices.{name}", value, hints[name], where) for name, value in table.items()}


def _unknown(what: str, name: str, known: list[str]) -> ConfigError:
    return ConfigError(f"{what} is not known.{did_you_mean(name, known)} Allowed: {', '.join(known)}")


def _value(fact: str, value: object, hint: Any, where: str) -> object:
    try:
        found = msgspec.convert(msgspec.to_builtins(value, builtin_types=(date,)), hint)
    except (msgspec.ValidationError, TypeError):
        raise ConfigError(f"{where}: {fact} is {value!r:.100}; allowed: {_allowed(hint)}") from None
    low = 1 if type(found) is int else 0
    numbers = _numbers(msgspec.to_builtins(found))
    empty = found in ("", ()) or (isinstance(found, tuple) and "" in found)
    if empty or not all(low <= number <= _most(number) for number in numbers):
        raise ConfigError(f"{where}: {fact} is {value!r:.100}; allowed: {_allowed(hint)}")
    return found


def _most(number: float) -> float:
    return MOST_TOKENS if isinstance(number, int) else MOST_DOLLARS


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _numbers(part)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


_WORDS = {
    int: f"a whole number from 1 to {MOST_TOKENS:,}",
    float: f"a number from 0 to {MOST_DOLLARS:,.0f}",
    bool: "true or false",
    str: "a non-empty text",
    date: "a day, such as 2026-11-21",
}


def _allowed(hint: Any) -> str:
    if get_origin(hint) in (Union, UnionType):
        return _allowed(next(kind for kind in get_args(hint) if kind is not NoneType))
    if get_origin(hint) is Literal:
        return ", ".join(get_args(hint))
    if get_origin(hint) is tuple:
        return f"a non-empty list of: {_allowed(get_args(hint)[0])}"
    if issubclass(hint, msgspec.Struct):
        return f"a table of: {', '.join(hint.__struct_fields__)}"
    return _WORDS[hint]


def _check_names(provider: str, model_id: str, where: str) -> None:
    if _PROVIDER.fullmatch(provider) is None:
        raise ConfigError(f"{where}: provider is {provider!r}; allowed: lower-case letters, digits, _ and -")
    if not model_id.strip():
        raise ConfigError(f"{where}: id is {model_id!r}; allowed: a non-empty text")


def _read(file: Path) -> list[Addition]:
    try:
        entries = msgspec.convert(toml_table(file.read_bytes(), f"overlay {file}"), _File).model
    except msgspec.ValidationError as error:
        raise ConfigError(f"overlay {file}: {error}; allowed: [[model]] tables with id and facts") from None
    stated = datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
    for entry in entries:
        _check_names(entry.provider or file.stem, entry.id, f"overlay {file}")
    return [
        Addition(
            entry.provider or file.stem,
            entry.id,
            checked(entry.facts, f"overlay {file}: model {entry.id!r}"),
            Origin(
                who=f"user overlay {file}",
                url=entry.source or file.absolute().as_uri(),
                date=entry.date or stated,
                kind="user",
                reason=entry.reason,
            ),
        )
        for entry in entries
    ]
