"""Reranking over a real socket: order, ties, top_n, answers that make no sense, workers."""

from __future__ import annotations

import asyncio
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.content.results import Note
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.schema import Auth, Manifest, Route, WireField
from fluent_ai.verbs.rerank import RerankRequest
from scripted_server import Answer, Sent, Server, reply

MODEL = "acme:rank-1"
KEY = "test-key-0123456789"


NAMES: dict[WireField, str] = {"truncate": "truncation"}


def arguments(server: Server, protocol: str = "cohere_rerank", fields: dict[WireField, str] = NAMES) -> dict[str, Any]:
    route = Route(protocol=protocol, path="/rerank", batch=4, fields=fields)
    row = Manifest(
        id="acme",
        name="Acme",
        docs="https://acme.test",
        base_url=server.url,
        auth=Auth(env=("ACME_KEY",)),
        rerank=(route,),
    )
    return {"manifests": [row], "keys": {"acme": KEY}}


def lengths(sent: Sent) -> Answer:
    """Each document's score is its length; results come in the order of the documents, all of them."""
    documents = sent.json()["documents"]
    rows = [{"index": index, "relevance_score": len(text) / 10} for index, text in enumerate(documents)]
    usage = {"total_tokens": 12, "cost": 0.5}
    return reply(200, {"id": "r-1", "model": "rank-1-real", "results": rows, "usage": usage})


def scored(rows: Any) -> Answer:
    return reply(200, {"results": rows})


def test_the_best_come_first_and_equals_keep_their_order(server: Server) -> None:
    server.say(lengths)
    with ai.Client(**arguments(server)) as acme:
        found = acme.rerank(MODEL, "q", ["bb", "a", "ccc", "dd"])
    assert [item.index for item in found] == [2, 0, 3, 1]
    assert [item.document for item in found] == ["ccc", "bb", "dd", "a"]
    assert found[0] == ai.Ranked(2, 0.3, "ccc")
    assert len(found) == 4
    assert (found.id, found.model, found.provider) == ("r-1", "rank-1-real", "acme")
    assert found.usage is not None
    assert (found.usage.input_tokens, found.usage.cost) == (12, 0.5)
    (sent,) = server.sent
    assert (sent.method, sent.path, sent.headers["authorization"]) == ("POST", "/rerank", f"Bearer {KEY}")
    assert sent.json() == {"model": "rank-1", "query": "q", "documents": ["bb", "a", "ccc", "dd"]}
    assert "ccc" not in repr(found)


def test_options_go_by_the_route_s_names(server: Server) -> None:
    server.say(lengths)
    with ai.Client(**arguments(server, fields={**NAMES, "top_n": "top_k"})) as acme:
        found = acme.rerank(MODEL, "q", ["bb", "a"], top_n=1, truncate=False, extra_body={"x": 1})
    assert [item.document for item in found] == ["bb"]
    body = server.sent[0].json()
    assert (body["top_k"], body["truncation"], body["x"]) == (1, False, 1)
    assert "top_n" not in body


def test_what_a_provider_cannot_count_is_counted_here(server: Server) -> None:
    rows = [{"doc": "a", "score": 0.1}, {"doc": "b", "score": 0.9}, {"doc": "a", "score": 0.1}]
    server.say(reply(200, {"results": rows}))
    with ai.Client(**arguments(server, "groq_rerank")) as acme:
        found = acme.rerank(MODEL, "q", ["a", "b", "a"], top_n=2)
    assert [(item.index, item.score) for item in found] == [(1, 0.9), (0, 0.1)]
    assert server.sent[0].json() == {"model": "rank-1", "query": "q", "docs": ["a", "b", "a"]}


def test_async_and_bound_are_the_same(server: Server) -> None:
    server.say(lengths)

    async def rerank() -> ai.Ranking:
        async with ai.AsyncClient(**arguments(server)) as acme:
            async with acme.stream_rerank(MODEL, "q", ["a", "bb"]) as stream:
                items = [item async for item in stream if isinstance(item, ai.Ranked)]
            assert [item.index for item in items] == [1, 0]
            async with acme.model(MODEL).stream_rerank("q", ["a", "bb"]) as stream:
                assert list(await stream.collect()) == list(await acme.rerank(MODEL, "q", ["a", "bb"]))
            return await acme.model(MODEL).rerank("q", ["a", "bb"])

    one = asyncio.run(rerank())
    with ai.Client(**arguments(server)) as acme:
        assert list(acme.model(MODEL).rerank("q", ["a", "bb"])) == list(one)
        with acme.model(MODEL).stream_rerank("q", ["a", "bb"]) as stream:
            assert list(stream.collect()) == list(one)


@pytest.mark.parametrize(
    ("query", "documents", "options", "message"),
    [
        ("", ["a"], {}, "query is empty; allowed: a text"),
        (1, ["a"], {}, "query is of type int; allowed: a str"),
        ("q", "secret", {}, "documents is of type str; allowed: a list of str"),
        ("q", [], {}, "documents is empty; allowed: at least one text"),
        ("q", ["a", ""], {}, r"documents\[1\] is empty"),
        ("q", ["a", {"text": "b"}], {}, r"documents\[1\] is of type dict; allowed: a str"),
        ("q", ["a"] * 5, {}, "documents holds 5 texts; allowed by acme: at most 4"),
        ("q", ["a"], {"top_n": 0}, "top_n is 0; allowed: a whole number from 1"),
        ("q", ["a"], {"top_n": True}, "top_n is of type bool; allowed: a whole number from 1"),
        ("q", ["a"], {"truncate": "END"}, "truncate is of type str; allowed: True or False"),
        ("q", ["a"], {"top_k": 2}, "option 'top_k' is not known for cohere_rerank. Use top_n="),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_sent(
    server: Server, query: Any, documents: Any, options: dict[str, Any], message: str
) -> None:
    with ai.Client(**arguments(server)) as acme, pytest.raises(ai.ConfigError, match=message) as caught:
        acme.rerank(MODEL, query, documents, **options)
    assert server.sent == []
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("protocol", ["cohere_rerank", "groq_rerank"])
def test_an_option_without_a_word_is_refused(server: Server, protocol: str) -> None:
    with (
        ai.Client(**arguments(server, protocol, fields={})) as acme,
        pytest.raises(ai.ConfigError, match="truncate is not supported by acme; .* extra_body="),
    ):
        acme.rerank(MODEL, "q", ["a"], truncate=True)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "2 documents were sent and no score came back"),
        ([{"relevance_score": 1}], "result number None scores none of 2 documents"),
        ([{"index": 2, "relevance_score": 1}], "result number 2 scores none of 2 documents"),
        ([{"index": -1, "relevance_score": 1}], "result number -1 scores none of 2 documents"),
        ([{"index": 0, "relevance_score": 1}] * 2, "document number 0 is scored twice"),
        ([{"index": 0}], "the score of document number 0 is not a finite number"),
        ([{"index": 0, "relevance_score": "1"}], "answer: Expected"),
        ([{"index": True, "relevance_score": 1}], "answer: Expected"),
        ("a", "answer: Expected"),
    ],
)
def test_answers_that_make_no_sense(server: Server, rows: Any, message: str) -> None:
    server.say(scored(rows))
    with ai.Client(**arguments(server), retries=0) as acme, pytest.raises(ai.ProtocolError, match=message):
        acme.rerank(MODEL, "q", ["a", "b"])


@pytest.mark.parametrize("number", ["1e999", "-1e999", "NaN", "1" + "0" * 400])
def test_numbers_that_are_none(server: Server, number: str) -> None:
    server.say(reply(200, b'{"results": [{"index": 0, "relevance_score": %s}]}' % number.encode()))
    with ai.Client(**arguments(server), retries=0) as acme, pytest.raises(ai.ProtocolError):
        acme.rerank(MODEL, "q", ["a"])


def test_negative_zero_is_a_tie_with_zero(server: Server) -> None:
    server.say(scored([{"index": 1, "relevance_score": 0.0}, {"index": 0, "relevance_score": -0.0}]))
    with ai.Client(**arguments(server)) as acme:
        assert [item.index for item in acme.rerank(MODEL, "q", ["a", "b"])] == [0, 1]


def test_a_short_ranking_is_told(server: Server) -> None:
    server.say(scored([{"index": 1, "relevance_score": 0.5}]))
    with ai.Client(**arguments(server)) as acme:
        found = acme.rerank(MODEL, "q", ["a", "b"])
    assert [item.index for item in found] == [1]
    assert found.warnings[-1] == "2 documents were asked for and 1 came back"


@pytest.mark.parametrize("name", ["c", "a"])
def test_a_document_that_was_not_sent(server: Server, name: str) -> None:
    server.say(scored([{"doc": name, "score": 0.5}] * 2))
    with (
        ai.Client(**arguments(server, "groq_rerank"), retries=0) as acme,
        pytest.raises(ai.ProtocolError, match="names a document that was not sent, or names it too often"),
    ):
        acme.rerank(MODEL, "q", ["a", "b"])


class Counting:
    """An in-process model that scores by length, worst first."""

    def rerank_model(self, model: str) -> Counting:
        return self

    def run(self, request: RerankRequest, emit: Emit[ai.Ranked | Note]) -> None:
        for index, document in enumerate(request.documents):
            emit(ai.Ranked(index, len(document), document))


def test_a_worker_of_this_process() -> None:
    auth = Auth(scheme="none", required=False)
    row = Manifest(id="counting", name="Counting", docs="https://a.test", auth=auth, rerank=(Route(protocol="worker"),))
    ai.register_provider(row, Counting)
    try:
        with ai.Client() as here:
            found = here.rerank("counting:any", "q", ["a", "bb", "ccc"])
    finally:
        ai.unregister_provider("counting")
    assert [item.document for item in found] == ["ccc", "bb", "a"]
