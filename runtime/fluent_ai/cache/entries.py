"""Answers as bytes, and the keys that they are kept under.

An entry holds the items of a stream. Neither the key nor the entry holds a credential or a prompt: the key is a digest.
An entry is found only by a version of this package that has the same types, and one that was changed by as much as a
bit counts as none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar, get_args

import msgspec

from fluent_ai.content.events import Event
from fluent_ai.content.json_struct import JsonStruct, decoder_of, json_schema, to_jsonable
from fluent_ai.errors import ConfigError, FluentError
from fluent_ai.http.messages import HttpRequest

ItemT = TypeVar("ItemT")

FORMAT: Final = b"fluent-ai answer 1\n"
"""What every entry begins with; a digest of the rest follows."""
_DIGEST: Final = 64
_SECRET: Final = frozenset((
    "authorization", "proxy-authorization", "x-api-key", "api-key", "x-goog-api-key", "cookie", "x-auth-token",
))  # fmt: skip
"""Headers that say who is asking: the answer to one caller is that to another, and credentials come and go."""


class DamagedEntry(Exception):
    """What was kept is not what was stored."""


def answer_key(
    provider: str, protocol: str, capability: str, model: str, requests: Iterable[HttpRequest], kinds: Sequence[type]
) -> str:
    """The key of an answer: a digest of who is asked for what at which address, with all options.

    The order of a JSON body's fields does not count; that within them does, because models heed it.
    """
    digest = hashlib.sha256(_fingerprint(tuple(kinds)))
    _add(digest, provider, protocol, capability, model)
    for request in requests:
        _add(digest, request.method, request.url)
        for name, value in sorted((name.lower(), value) for name, value in request.headers.items()):
            if name not in _SECRET:
                _add(digest, name, value)
        _add(digest, _canonical(request.body))
    return digest.hexdigest()


def written(items: Iterable[object]) -> bytes:
    """The entry of these items. Raises ConfigError for what has no JSON form."""
    try:
        body = msgspec.json.encode([(type(item).__name__, item) for item in items], enc_hook=to_jsonable)
    except (TypeError, ValueError, RecursionError, UnicodeEncodeError):
        raise ConfigError("the answer has no JSON form") from None
    return FORMAT + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def read(entry: bytes, kinds: Sequence[type]) -> list[Any]:
    """The items of an entry. Raises DamagedEntry."""
    start = len(FORMAT) + _DIGEST + 1
    body = bytes(entry[start:])
    if entry[:start] != FORMAT + hashlib.sha256(body).hexdigest().encode() + b"\n":
        raise DamagedEntry
    known = _decoders(tuple(kinds))
    try:
        found = _items(body)
        return [known[name](data) for name, data in found]
    except (msgspec.MsgspecError, FluentError, RecursionError, KeyError):
        raise DamagedEntry from None


_items = msgspec.json.Decoder(list[tuple[str, msgspec.Raw]]).decode


@lru_cache(32)
def _decoders(kinds: tuple[type, ...]) -> Mapping[str, Callable[[Any], Any]]:
    return {name: decoder_of(kind) for name, kind in _by_name(kinds).items()}


@lru_cache(32)
def _by_name(kinds: tuple[type, ...]) -> Mapping[str, type]:
    return {kind.__name__: kind for kind in (*get_args(Event), *kinds)}


@lru_cache(32)
def _fingerprint(kinds: tuple[type, ...]) -> bytes:
    """A digest of the types that an entry may hold, so that no version reads what another has written of others."""
    schemas = [json_schema(kind) for kind in _by_name(kinds).values() if issubclass(kind, JsonStruct)]
    return hashlib.sha256(FORMAT + msgspec.json.encode(schemas, order="sorted")).digest()


def _canonical(body: bytes) -> bytes:
    try:
        fields = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except msgspec.MsgspecError:
        return body
    return msgspec.json.encode(dict(sorted(fields.items())))


def _add(digest: Any, *texts: str | bytes) -> None:
    """Each with its length, so that no two sequences of texts look alike."""
    for text in texts:
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
