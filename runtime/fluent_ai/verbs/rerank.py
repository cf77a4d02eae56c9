"""Rerank: documents ordered by how well they answer a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fluent_ai.arguments import as_text, as_texts, check_flag, check_whole
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.requests import Request
from fluent_ai.content.results import Head, Note, Result, ResultFold
from fluent_ai.errors import ConfigError
from fluent_ai.verbs.base import Door, Extras, Target, Verb, common_options


class Ranked(JsonStruct, frozen=True):
    """One document and its score. Higher is better; scores of different models cannot be compared."""

    index: int
    """The position of the document among those given, from 0."""
    score: float
    """How well it answers the query."""
    document: str
    """The text of the document."""

    def __repr__(self) -> str:
        return f"Ranked(index={self.index}, score={self.score})"


class Ranking(Result, frozen=True, kw_only=True):
    """The documents, best first. It is a sequence of them; documents with equal scores keep their order."""

    ranked: tuple[Ranked, ...] = ()
    """The documents, best first."""

    def __len__(self) -> int:
        return len(self.ranked)

    def __getitem__(self, index: int) -> Ranked:
        return self.ranked[index]

    def __iter__(self) -> Iterator[Ranked]:
        return iter(self.ranked)


class RerankOptions(Extras, total=False):
    """`top_n` keeps only the best; `truncate=False` refuses documents that are too long for the model."""

    top_n: int | None
    """The number of documents to keep; by default all."""
    truncate: bool | None
    """True cuts documents that are too long for the model; False refuses them."""


class RerankSubject(NamedTuple):
    """The query, and the documents to rank."""

    query: str
    documents: Sequence[str]


class RerankRequest(Request, frozen=True, kw_only=True):
    """A checked request."""

    query: str
    documents: tuple[str, ...]
    top_n: int | None = None
    truncate: bool | None = None


def best_first(items: Iterable[Ranked]) -> list[Ranked]:
    """By score; of equal scores, the earlier document comes first."""
    return sorted(items, key=lambda item: (-item.score, item.index))


def _build(target: Target, subject: RerankSubject, options: Mapping[str, Any]) -> list[RerankRequest]:
    query = as_text(subject.query, "query")
    if isinstance(subject.documents, str):
        raise ConfigError("documents is of type str; allowed: a list of str")
    documents = as_texts(subject.documents, "documents")
    limit = target.route.batch
    if limit is not None and len(documents) > limit:
        raise ConfigError(f"documents holds {len(documents)} texts; allowed by {target.manifest.id}: at most {limit}")
    given = common_options(target, "rerank", options, ("top_n", "truncate"))
    check_whole(given, "top_n", 1)
    check_flag(given, "truncate")
    return [RerankRequest(query=query, documents=documents, **given)]


def _result(items: list[Ranked], head: Head) -> Ranking:
    return Ranking(ranked=tuple(best_first(items)), **head)


def rerank_fold() -> ResultFold[Ranked, Ranking]:
    return ResultFold(_result)


RERANK: Verb[RerankSubject, RerankRequest, Ranked | Note, Ranking] = Verb(
    "rerank",
    _build,
    rerank_fold,
    Door(
        options=RerankOptions,
        answer="The documents, ordered by how well they answer the query, best first.",
        stream="The ranked documents as they arrive.",
        kind="rerank",
        public=(Ranking, Ranked),
    ),
)
