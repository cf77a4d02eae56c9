"""cache/<provider>.json: what one fetch brought back, normalised, with where and when it was said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from fluent_ai.errors import ConfigError
from fluent_ai.kept_files import replace_file
from fluent_ai.registry.facts import ModelFacts

FileT = TypeVar("FileT", bound=msgspec.Struct)

TTL = timedelta(days=7)
"""How long an answer counts as fresh."""


class Page(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One answer: the provider's real URL, validators for the next conditional request, and the raw body's digest."""

    url: str
    sha256: str
    bytes: int
    etag: str | None = None
    last_modified: str | None = None


class Cache(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """`fetched` is when we asked, `observed` the day for which the provider's answer stands.

    They differ only where a `stand_in`, another server than the provider's, gave a recorded answer, whose day was
    stated by whoever ran the fetch.
    """

    provider: str
    url: str
    fetched: datetime
    observed: date
    stand_in: bool = False
    pages: tuple[Page, ...]
    gone: tuple[ModelFacts, ...] = ()
    """Models that the list held once, with the day on which it last did (`last_listed`)."""
    models: tuple[ModelFacts, ...]

    def age(self, now: datetime) -> timedelta:
        return now - datetime.combine(self.observed, datetime.min.time(), UTC)

    def fresh(self, now: datetime) -> bool:
        """Asked within the TTL."""
        return now - self.fetched < TTL


_decode = msgspec.json.Decoder(Cache).decode


def read_caches(folder: Path) -> dict[str, Cache]:
    """All cache files by provider. ConfigError names file, path and value of what is wrong."""
    caches = {}
    for path in sorted(folder.glob("*.json")):
        cache = decode_cache(path.read_bytes(), f"cache/{path.name}")
        if cache.provider != path.stem:
            raise ConfigError(
                f"cache/{path.name}: provider = {cache.provider!r}; allowed: the file's name, {path.stem!r}"
            )
        caches[cache.provider] = cache
    return caches


def decode_cache(data: bytes, source: str) -> Cache:
    return decode_file(data, _decode, source)


def decode_file(data: bytes, decode: Callable[[bytes], FileT], source: str) -> FileT:
    """What `decode` makes of a file. ConfigError names the file, the path in it and the value that is wrong."""
    try:
        return decode(data)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{source}: {error}{_value(data, str(error))}; run `fluent-ai fetch` again") from None
    except msgspec.DecodeError as error:
        raise ConfigError(f"{source}: not valid JSON: {error}; run `fluent-ai fetch` again") from None


def _value(data: bytes, message: str) -> str:
    """The value at the path that the message names."""
    found = re.search(r"`\$([^`]*)`", message)
    value: Any = msgspec.json.decode(data)
    for step in re.findall(r"\.(\w+)|\[(\d+)\]", found[1] if found else ""):
        try:
            value = value[step[0]] if step[0] else value[int(step[1])]
        except (KeyError, IndexError, TypeError):
            return ""
    return f", got {value!r}" if found and not isinstance(value, dict | list) else ""


def carry_gone(old: Cache | None, new: Cache) -> Cache:
    """The new answer with the models that were listed before and are no more, each with the last day that it was."""
    if old is None:
        return new
    listed = {model.id for model in new.models}
    left = [msgspec.structs.replace(model, last_listed=old.observed) for model in old.models]
    gone = [model for model in (*old.gone, *left) if model.id not in listed]
    return msgspec.structs.replace(new, gone=tuple(sorted(gone, key=lambda model: model.id)))


def encode_cache(cache: Cache) -> bytes:
    """Sorted by model id."""
    models = tuple(sorted(cache.models, key=lambda model: model.id))
    return encode_rows(msgspec.structs.replace(cache, models=models), "models")


def encode_rows(file: msgspec.Struct, rows: str) -> bytes:
    """The file with each element of its field `rows` on a line of its own, so that a diff shows what changed."""
    encode = msgspec.json.Encoder(order="deterministic").encode
    head = {name: value for name, value in msgspec.to_builtins(file).items() if name != rows}
    lines = [encode(name) + b": " + encode(value) for name, value in head.items()]
    body = b",\n".join(encode(row) for row in getattr(file, rows))
    return b"{\n" + b",\n".join(lines) + b",\n" + encode(rows) + b": [\n" + body + b"\n]}\n"


def write_cache(folder: Path, cache: Cache) -> None:
    """Replace the provider's file in one step, so no half file is ever there."""
    write_atomically(folder / f"{cache.provider}.json", encode_cache(cache))


def write_atomically(path: Path, data: bytes) -> None:
    """Replace the file in one step, in a folder that is made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, data)
