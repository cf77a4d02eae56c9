"""From the responses of list-models calls to facts about models.

There is a module for each shape of response: a pure `parse(body)`, and `ORIGINS`, the wire field of each fact. Codegen
and refreshed lists use the same parsers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

import msgspec

from fluent_ai.errors import ProtocolError
from fluent_ai.manifest.schema import ListShape
from fluent_ai.registry.facts import ModelFacts


class _Shape(Protocol):
    ORIGINS: Mapping[str, str]

    def parse(self, body: bytes) -> list[ModelFacts]: ...


def _shape(shape: ListShape) -> _Shape:
    return cast(_Shape, import_module(f"{__name__}.{shape}"))


def origins(shape: ListShape) -> Mapping[str, str]:
    """Fact -> the wire field that it is read from."""
    return _shape(shape).ORIGINS


def parse(shape: ListShape, body: bytes, provider: str) -> list[ModelFacts]:
    """The models of one response, in its order; an empty list if it has none.

    Raises ProtocolError, which names the provider, what was expected, and what was received.
    """
    start = body.lstrip()[:1]
    if start not in (b"{", b"["):
        got = "an HTML page" if start == b"<" else f"{len(body)} bytes that are not JSON" if body else "an empty body"
        raise _unexpected(provider, shape, got)
    try:
        models = _shape(shape).parse(body)
    except msgspec.ValidationError as error:
        raise _unexpected(provider, shape, f"another shape: {error}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _unexpected(provider, shape, f"broken JSON: {error}") from None
    except RecursionError:
        raise _unexpected(provider, shape, "JSON that is nested too deeply") from None
    require_unique(models, provider)
    return models


def require_unique(models: Sequence[ModelFacts], provider: str) -> None:
    """Raises ProtocolError for an empty or repeated id."""
    seen: set[str] = set()
    for model in models:
        if not model.id or model.id in seen:
            raise ProtocolError(f"{provider}: expected a list of distinct model ids, got {model.id!r} twice or empty")
        seen.add(model.id)


def _unexpected(provider: str, shape: str, got: str) -> ProtocolError:
    return ProtocolError(f"{provider}: expected a model list of shape {shape!r}, got {got}", provider=provider)
