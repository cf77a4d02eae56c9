"""Embeddings over a real socket: batches, order, both encodings, failures, workers."""

from __future__ import annotations

import asyncio
import base64
import math
import struct
from collections.abc import Sequence
from typing import Any

import fluent_ai as ai
import msgspec
import pytest
from fluent_ai.content.results import Note
from fluent_ai.content.token_counts import likely_most_tokens
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.schema import Auth, Manifest, Route
from fluent_ai.protocols.embeddings.vectors import read_vector
from fluent_ai.verbs.embed import Embedding, EmbedRequest, _batches
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Answer, Sent, Server, reply

MODEL = "acme:embed-1"
KEY = "test-key-0123456789"


def client(server: Server, **settings: Any) -> ai.Client:
    return ai.Client(**arguments(server), **settings)


def arguments(server: Server) -> dict[str, Any]:
    route = Route(protocol="openai_embeddings", path="/embeddings", batch=2)
    auth = Auth(env=("ACME_KEY",))
    row = Manifest(
        id="acme", name="Acme", docs="https://acme.test", base_url=server.url, auth=auth, embeddings=(route,)
    )
    return {"manifests": [row], "keys": {"acme": KEY}}


def lengths(sent: Sent) -> Answer:
    """Each text's vector is (its length, 1), in the wrong order."""
    rows = [
        {"object": "embedding", "index": index, "embedding": [float(len(text)), 1.0]}
        for index, text in enumerate(sent.json()["input"])
    ]
    count = sum(len(text) for text in sent.json()["input"])
    usage = {"prompt_tokens": count, "total_tokens": count}
    return reply(200, {"object": "list", "model": "embed-1-real", "data": rows[::-1], "usage": usage})


def test_batches_keep_the_order_and_add_up(server: Server) -> None:
    server.answers = [lengths]
    with client(server) as acme:
        found = acme.embed(MODEL, ["a", "bb", "ccc", "dddd", "eeeee"], dimensions=2)
    assert [vector[0] for vector in found] == [1, 2, 3, 4, 5]
    assert len(found) == 5
    assert found[4].tolist() == [5.0, 1.0]
    assert (found.model, found.provider) == ("embed-1-real", "acme")
    assert found.usage is not None
    assert found.usage.input_tokens == 15
    assert [sent.json()["input"] for sent in server.sent] == [["a", "bb"], ["ccc", "dddd"], ["eeeee"]]
    assert {(sent.method, sent.path) for sent in server.sent} == {("POST", "/embeddings")}
    assert all(sent.headers["authorization"] == f"Bearer {KEY}" for sent in server.sent)
    assert all(sent.json()["dimensions"] == 2 for sent in server.sent)


def test_async_and_bound_are_the_same(server: Server) -> None:
    server.answers = [lengths]

    async def embed() -> ai.Embeddings:
        async with ai.AsyncClient(**arguments(server)) as acme:
            async with acme.stream_embed(MODEL, "hello") as stream:
                items = [item async for item in stream]
            assert sum(isinstance(item, Embedding) for item in items) == 1
            return await acme.model(MODEL).embed("hello")

    one = asyncio.run(embed())
    with client(server) as acme:
        assert list(acme.model(MODEL).embed("hello")) == list(one)
        with acme.model(MODEL).stream_embed("hello") as stream:
            assert list(stream.collect()) == list(one)


def test_nothing_is_sent_before_the_stream_is_read(server: Server) -> None:
    server.answers = [lengths]
    with client(server) as acme:
        stream = acme.stream_embed(MODEL, ["a", "b", "c"])
        assert server.sent == []
        assert isinstance(next(stream), ai.StreamStart)
        assert len(server.sent) == 1
        stream.close()
        with pytest.raises(ai.Cancelled):
            list(stream)
    assert len(server.sent) == 1


def test_what_had_come_survives_a_failure(server: Server) -> None:
    server.answers = [lengths, reply(400, {"error": {"message": "too long", "type": "invalid_request_error"}})]
    with client(server) as acme, pytest.raises(ai.InvalidRequest, match="too long") as caught:
        acme.embed(MODEL, ["a", "bb", "ccc"])
    got = caught.value.partial
    assert isinstance(got, ai.Embeddings)
    assert [vector[0] for vector in got] == [1, 2]
    assert (caught.value.provider, caught.value.model) == ("acme", "embed-1")


def test_a_batch_is_tried_again(server: Server) -> None:
    server.answers = [lengths, reply(503, {"error": "busy"}, headers={"retry-after-ms": "1"}), lengths]
    with client(server) as acme:
        assert len(acme.embed(MODEL, ["a", "b", "c"])) == 3
    assert len(server.sent) == 3


@pytest.mark.parametrize(
    ("inputs", "options", "message"),
    [
        ([], {}, "inputs is empty; allowed: at least one text"),
        ("", {}, r"inputs\[0\] is empty"),
        (["a", 1], {}, r"inputs\[1\] is of type int; allowed: a str"),
        (b"a", {}, "inputs is of type bytes; allowed: a str or a list of str"),
        ("a", {"dimensions": 0}, "dimensions is 0; allowed: a whole number from 1"),
        ("a", {"dimension": 2}, "option 'dimension' is not known for openai_embeddings. Did you mean dimensions"),
        ("a", {"input_type": "question"}, "input_type is 'question'; allowed: query, document"),
        ("a", {"input_type": "query"}, "input_type is not supported by acme"),
        ("a", {"extra_body": 1}, "extra_body is of type int; allowed: a dict"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_sent(
    server: Server, inputs: Any, options: dict[str, Any], message: str
) -> None:
    with client(server) as acme, pytest.raises(ai.ConfigError, match=message):
        acme.embed(MODEL, inputs, **options)
    assert server.sent == []


def test_a_provider_without_embeddings_names_those_that_have_them() -> None:
    with (
        ai.Client(keys={"anthropic": KEY}) as every,
        pytest.raises(ai.ConfigError, match=r"anthropic has no embeddings; .*openai"),
    ):
        every.embed("anthropic:claude", "a")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the answer is empty"),
        (b"{", "answer: not valid JSON"),
        (b'{"a":' * 100_000, "answer: not valid JSON"),
        (b'{"data": []}', "1 inputs were sent and 0 vectors came back"),
        (b'{"data": [{"embedding": []}]}', "the vector is empty"),
        (b'{"data": [{"embedding": ["x"]}]}', "not a vector of 32-bit floats"),
        (b'{"data": [{"embedding": "AAA="}]}', "not a vector of 32-bit floats"),
        (b'{"data": [{"embedding": "!"}]}', "embedding: not base64"),
        (b'{"data": [{"embedding": {}}]}', "expected a list of numbers or base64, got dict"),
        (b'{"data": [{"index": 7, "embedding": [1]}]}', "vector number 7 answers none of 1 inputs"),
    ],
)
def test_answers_that_make_no_sense(server: Server, body: bytes, message: str) -> None:
    server.answers = [reply(200, body)]
    with client(server, retries=0) as acme, pytest.raises(ai.FluentError, match=message) as caught:
        acme.embed(MODEL, "a")
    assert isinstance(caught.value, ai.ProtocolError | ai.StreamTruncated)


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=1, max_size=64))
def test_both_encodings_are_the_same_vector(numbers: list[float]) -> None:
    text = base64.b64encode(struct.pack(f"<{len(numbers)}f", *numbers)).decode()
    assert read_vector(text) == read_vector(numbers)
    assert [math.copysign(1, number) for number in read_vector(text)] == [math.copysign(1, x) for x in numbers]


class Counting:
    """An in-process model whose vectors are lengths."""

    def embedding_model(self, model: str) -> Counting:
        return self

    def run(self, request: EmbedRequest, emit: Emit[Embedding | Note]) -> None:
        emit(ai.StreamStart(model=request.model, provider="counting"))
        for index, text in enumerate(request.inputs):
            emit(Embedding(request.offset + index, read_vector([len(text)])))
        emit(ai.UsageUpdate(ai.Usage(input_tokens=len(request.inputs))))


def test_a_worker_of_this_process(server: Server) -> None:
    auth = Auth(scheme="none", required=False)
    row = Manifest(
        id="counting",
        name="Counting",
        docs="https://acme.test",
        auth=auth,
        embeddings=(Route(protocol="worker", batch=2),),
    )
    ai.register_provider(row, Counting)
    try:
        with ai.Client() as here:
            found = here.embed("counting:any", ["a", "bb", "ccc"])
    finally:
        ai.unregister_provider("counting")
    assert values(found) == [1.0, 2.0, 3.0]
    assert found.usage == ai.Usage(input_tokens=3)


def values(found: ai.Embeddings) -> Sequence[float]:
    return [vector[0] for vector in found]


@given(st.lists(st.text("ab ü漢", max_size=40), min_size=1, max_size=12), st.integers(1, 5), st.integers(1, 40))
def test_no_request_holds_more_than_the_route_allows(texts: list[str], most: int, budget: int) -> None:
    """All texts once and in their order; only one that is too long by itself exceeds the budget."""
    batches = list(_batches(texts, most, budget))
    assert [index for start, end in batches for index in range(start, end)] == list(range(len(texts)))
    for start, end in batches:
        sizes = [likely_most_tokens(text) for text in texts[start:end]]
        assert 1 <= len(sizes) <= most
        assert sum(sizes) <= budget or len(sizes) == 1


@given(st.text() | st.text("abc 1\n", max_size=30), st.text(max_size=5))
def test_an_estimate_grows_with_its_text_and_is_within_its_bounds(text: str, more: str) -> None:
    size = len(text.encode("utf-8", "surrogatepass"))
    assert size * 4 // 10 < likely_most_tokens(text) <= size + 1
    assert likely_most_tokens(text) <= likely_most_tokens(text + more)


def test_texts_are_split_by_their_tokens(server: Server) -> None:
    server.answers = [lengths]
    tokens = {"big-*": 10_000, "*": 1_000}
    route = Route(protocol="openai_embeddings", path="/embeddings", batch=100, batch_tokens=tokens)
    given = arguments(server)
    given["manifests"] = [msgspec.structs.replace(given["manifests"][0], embeddings=(route,))]
    with ai.Client(**given) as acme:
        assert len(acme.embed("acme:big-1", ["word " * 400] * 3)) == 3
        assert len(server.sent) == 1
        assert [vector[0] for vector in acme.embed("acme:small", ["word " * n for n in (400, 401, 402)])] == [
            2000,
            2005,
            2010,
        ]
        assert len(server.sent) == 4
