"""Rankings ready-made: by embeddings, and by models that rerank."""

from __future__ import annotations

import hashlib
import inspect
import math
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from operator import mul
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from fluent_ai.errors import ConfigError
from fluent_ai.http.blocking import run_blocking
from fluent_ai.threads import new_lock

from fluent_ai_toolkit.context.choosing import Rank
from fluent_ai_toolkit.context.documents import Document

if TYPE_CHECKING:
    from fluent_ai.client.client import AsyncClient, Client
    from fluent_ai.client.route import Route
    from fluent_ai.content.model_names import ModelName
    from fluent_ai.content.requests import InputType
    from fluent_ai.verbs.embed import Embeddings, Vector
    from fluent_ai.verbs.rerank import Ranking

KEPT: Final = 4_096
"""Vectors that a ranking remembers, of the texts that were ranked last."""

T = TypeVar("T")


def by_embedding(client: Client | AsyncClient, model: ModelName | Route, options: Mapping[str, Any]) -> Rank:
    """Scores that are the cosine between the vectors of the question and of each document."""
    return _ranking(client, "embed", _ByEmbedding(client, model, options).scores)


def by_rerank(client: Client | AsyncClient, model: ModelName | Route, options: Mapping[str, Any]) -> Rank:
    """Scores that a model gives to each document for the question."""

    async def scores(question: str, documents: Sequence[Document]) -> Sequence[float]:
        given = client.rerank(model, question, [document.text for document in documents], **options)
        ranking: Ranking = await _result(given)
        found = {each.index: each.score for each in ranking}
        return [found.get(number, -math.inf) for number in range(len(documents))]

    return _ranking(client, "rerank", scores)


class _ByEmbedding:
    def __init__(self, client: Client | AsyncClient, model: ModelName | Route, options: Mapping[str, Any]) -> None:
        self._client = client
        self._model = model
        self._options = options
        self._vectors: OrderedDict[tuple[str, bytes], Vector] = OrderedDict()
        self._lock = new_lock()
        self._says_purpose = "input_type" not in options
        """False where the provider does not ask what a text is for, or the caller has said so."""

    async def scores(self, question: str, documents: Sequence[Document]) -> Sequence[float]:
        asked = (await self._vectors_of([question], "query"))[0]
        vectors = await self._vectors_of([document.text for document in documents], "document")
        return [_cosine(asked, vector) for vector in vectors]

    async def _vectors_of(self, texts: Sequence[str], purpose: InputType) -> list[Vector]:
        keys = [(purpose, hashlib.blake2b(text.encode("utf-8", "surrogatepass")).digest()) for text in texts]
        with self._lock:
            found = {key: self._vectors[key] for key in keys if key in self._vectors}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if missing:
            found |= zip(missing, await self._embed(list(missing.values()), purpose), strict=True)
        with self._lock:
            for key, vector in found.items():
                self._vectors[key] = vector
                self._vectors.move_to_end(key)
            while len(self._vectors) > KEPT:
                self._vectors.popitem(last=False)
        return [found[key] for key in keys]

    async def _embed(self, texts: Sequence[str], purpose: InputType) -> Embeddings:
        if self._says_purpose:
            try:
                return await _result(self._client.embed(self._model, texts, input_type=purpose, **self._options))
            except ConfigError:  # before anything was sent; if another option is at fault, it is refused again
                self._says_purpose = False
        return await _result(self._client.embed(self._model, texts, **self._options))


def _ranking(
    client: object, verb: str, scores: Callable[[str, Sequence[Document]], Coroutine[Any, Any, Sequence[float]]]
) -> Rank:
    """The ranking as a coroutine function for an AsyncClient, which runs in its loop, or as a blocking one."""
    method = getattr(client, verb, None)
    if not callable(method):
        raise ConfigError(f"client is of type {type(client).__name__}; allowed: a Client or an AsyncClient")
    if inspect.iscoroutinefunction(method):
        return scores
    return lambda question, documents: run_blocking(scores(question, documents))


async def _result(given: T | Coroutine[Any, Any, T]) -> T:
    """What a client gives: an AsyncClient's is awaited."""
    return cast("T", await given if inspect.iscoroutine(given) else given)


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """0 for a vector without length, or with another number of dimensions."""
    length = math.hypot(*one) * math.hypot(*other)
    return sum(map(mul, one, other)) / length if length and len(one) == len(other) else 0.0
