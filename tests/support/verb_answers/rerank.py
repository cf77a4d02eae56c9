"""Reranking: the score of a document is its length."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import fluent_ai as ai
from fluent_ai.manifest.schema import Route
from scripted_server import Answer, Sent, reply

VERB = "rerank"
QUERY = "which is longest?"
DOCUMENTS = ["one", "eleven", "four"]
ARGUMENTS = (QUERY, DOCUMENTS)
OPTIONS = {"truncate": True}


def cohere(sent: Sent) -> Answer:
    """In the order of the documents."""
    rows = [{"index": index, "relevance_score": len(text)} for index, text in enumerate(sent.json()["documents"])]
    return reply(200, {"id": "r-1", "results": rows, "meta": {"billed_units": {"search_units": 1}}})


def groq(sent: Sent) -> Answer:
    rows = [{"doc": text, "score": len(text) / 10} for text in sent.json()["docs"]]
    return reply(200, {"results": rows[::-1]})


def tei(sent: Sent) -> Answer:
    return reply(200, [{"index": index, "score": len(text)} for index, text in enumerate(sent.json()["texts"])])


ANSWERS: Mapping[str, Callable[[Sent], Answer]] = {"cohere_rerank": cohere, "groq_rerank": groq, "tei_rerank": tei}


def check_result(route: Route, result: Any) -> None:
    assert isinstance(result, ai.Ranking)
    assert [item.document for item in result] == ["eleven", "four", "one"]
    assert [item.index for item in result] == [1, 2, 0]


def check_sent(route: Route, model: str, sent: Sequence[Sent]) -> None:
    (request,) = sent
    body = request.json()
    assert body["query"] == QUERY
    assert DOCUMENTS in body.values()
    assert all(body[name] == value for name, value in route.body.items())
    assert ("model" in body) is ("{" not in route.path and route.protocol != "tei_rerank")
