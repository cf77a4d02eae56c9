"""Answers of every verb's protocols, hostile ones too: valid items or a typed error, however the bytes are cut."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.content.message_input import to_messages
from fluent_ai.content.requests import ChatRequest, Request
from fluent_ai.interfaces import Parser
from fluent_ai.manifest.schema import Auth, Capability, Manifest, Route
from fluent_ai.protocols.embeddings.vectors import read_vector
from fluent_ai.protocols.table import codecs, load_codec
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.embed import EmbedRequest
from fluent_ai.verbs.moderate import ModerateRequest
from fluent_ai.verbs.rerank import RerankRequest
from hypothesis import given
from hypothesis import strategies as st

ROW = Manifest(id="acme", name="Acme", docs="https://acme.test", auth=Auth(env=("ACME_KEY",)))
ONE_INPUT = {"titan_embeddings", "vertex_embed_content", "vertex_multimodal", "zhipu_moderation"}
REQUESTS: dict[Capability, Callable[[tuple[str, ...]], Request]] = {
    "embeddings": lambda texts: EmbedRequest(model="m", inputs=texts, offset=5),
    "moderation": lambda texts: ModerateRequest(model="m", inputs=texts, offset=5),
    "token_counting": lambda texts: ChatRequest(model="m", messages=to_messages(" ".join(texts))),
    "rerank": lambda texts: RerankRequest(model="m", query="q", documents=texts),
}
PROTOCOLS = [(capability, protocol) for capability in REQUESTS for protocol in codecs(capability)]
FIELDS = (
    "data", "embedding", "embeddings", "index", "values", "float", "base64", "predictions", "results", "result_list",
    "relevance_score", "score", "doc", "flagged", "categories", "category_scores", "risk_level", "risk_type", "usage",
    "meta", "usageMetadata", "promptTokenCount", "prompt_tokens", "cost", "statistics", "token_count", "id", "model",
    "inputTextTokenCount", "prompt_eval_count", "input_tokens", "inputTokens", "totalTokens", "tokens", "token_ids",
    "total_tokens", "a", "error", "errors", "message",
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 10**30, -0.0, 0.5, 1e308, -1e308, 1e39, 5e-324)
VALUES = st.recursive(
    st.sampled_from([None, True, False, "", "a", "b", "AACAPwAAAEA=", "PASS", *NUMBERS]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)


def parser(capability: Capability, protocol: str, vectors: Any = "float32") -> Parser[Any]:
    texts = ("a",) if protocol in ONE_INPUT else ("a", "b")
    endpoint = Endpoint(ROW, "https://acme.test", {}, route=Route(protocol=protocol, vectors=vectors))
    request = REQUESTS[capability](texts)
    return load_codec(protocol, capability)(endpoint).prepare(request).new_parser()


def read(reader: Parser[Any], pieces: list[bytes]) -> tuple[list[Any], ai.FluentError | None]:
    items = [item for piece in pieces for item in reader.feed(piece)]
    try:
        return items + reader.finish(), None
    except ai.FluentError as error:
        return items, error


def check(item: object) -> None:
    """What every item promises."""
    if isinstance(item, ai.Embedding):
        assert item.index in (5, 6)
        assert len(item.vector) > 0
        assert all(map(math.isfinite, item.vector))
    elif isinstance(item, ai.Ranked):
        assert item.document == "ab"[item.index]
        assert math.isfinite(item.score)
    elif isinstance(item, ai.Counted):
        assert item.tokens >= 0
        assert item.margin >= 0
    elif isinstance(item, ai.Moderation):
        assert item.index in (5, 6)
        assert type(item.flagged) is bool
        assert all(type(value) is bool for value in item.categories.values())
        assert all(map(math.isfinite, item.scores.values()))
    else:
        assert isinstance(item, ai.StreamStart | ai.UsageUpdate | ai.Warned)


def survive(capability: Capability, protocol: str, body: bytes) -> list[Any]:
    whole, error = read(parser(capability, protocol), [body])
    cut, again = read(parser(capability, protocol), [body[i : i + 7] for i in range(0, len(body), 7)])
    assert (repr(cut), repr(again)) == (repr(whole), repr(error))
    for item in whole:
        check(item)
    if error is not None:
        assert whole == []
        assert isinstance(error, ai.ProtocolError | ai.StreamTruncated | ai.ApiError)
        assert error.provider == "acme"
    return whole


@pytest.mark.parametrize(("capability", "protocol"), PROTOCOLS)
@given(body=VALUES)
def test_any_json_is_read_or_refused(capability: Capability, protocol: str, body: object) -> None:
    survive(capability, protocol, json.dumps(body).encode())


@pytest.mark.parametrize(("capability", "protocol"), PROTOCOLS)
@given(body=st.binary(max_size=64))
def test_any_bytes_are_refused(capability: Capability, protocol: str, body: bytes) -> None:
    survive(capability, protocol, body)


ROWS = st.lists(
    st.fixed_dictionaries(
        {"index": st.sampled_from([0, 1, 2, -1, None]), "n": st.sampled_from([1.5, -0.0, 0, 2, None, "1", True])}
    ),
    max_size=4,
)
SHAPES: dict[tuple[Capability, str], Callable[[list[Any]], object]] = {
    ("embeddings", "openai_embeddings"): lambda rows: {
        "data": [{"index": row["index"], "embedding": [row["n"], 1]} for row in rows]
    },
    ("embeddings", "cohere_embed"): lambda rows: {"embeddings": {"float": [[row["n"], 1] for row in rows]}},
    ("embeddings", "feature_extraction"): lambda rows: [[row["n"], 1] for row in rows],
    ("embeddings", "gemini_embeddings"): lambda rows: {"embeddings": [{"values": [row["n"]]} for row in rows]},
    ("embeddings", "ollama_embed"): lambda rows: {"embeddings": [[row["n"]] for row in rows]},
    ("embeddings", "vertex_embeddings"): lambda rows: {
        "predictions": [{"embeddings": {"values": [row["n"]], "statistics": {"token_count": row["n"]}}} for row in rows]
    },
    ("rerank", "cohere_rerank"): lambda rows: {
        "data": [{"index": row["index"], "relevance_score": row["n"]} for row in rows]
    },
    ("rerank", "groq_rerank"): lambda rows: {
        "results": [{"doc": {0: "a", 1: "b"}.get(row["index"]), "score": row["n"]} for row in rows]
    },
    ("rerank", "tei_rerank"): lambda rows: [{"index": row["index"], "score": row["n"]} for row in rows],
    ("moderation", "openai_moderation"): lambda rows: {
        "results": [{"flagged": True, "category_scores": {"a": row["n"]}} for row in rows]
    },
}


@pytest.mark.parametrize("shape", SHAPES)
@given(rows=ROWS)
def test_rows_that_are_nearly_right(shape: tuple[Capability, str], rows: list[Any]) -> None:
    """Each input gets its one answer, or the whole is refused; a ranking may be shorter, and says so."""
    found = survive(*shape, json.dumps(SHAPES[shape](rows)).encode())
    items = [item for item in found if isinstance(item, ai.Embedding | ai.Moderation | ai.Ranked)]
    indexes = sorted(item.index for item in items)
    if shape[0] == "rerank":
        assert len(set(indexes)) == len(indexes)
        assert not items or len(items) == 2 or any(isinstance(item, ai.Warned) for item in found)
        assert [item.score for item in items] == sorted((item.score for item in items), reverse=True)
    else:
        assert indexes in ([], [5, 6])


@pytest.mark.parametrize(
    ("protocol", "body", "message"),
    [
        ("openai_embeddings", '{"data": [{"embedding": [1]}]}', "2 inputs were sent and 1 vectors came back"),
        ("openai_embeddings", '{"data": [{"embedding": [1]}, {"embedding": [1], "index": 0}]}', "came twice"),
        ("openai_embeddings", '{"data": [{"embedding": [1]}, {"embedding": [1, 2]}]}', "sizes came back: 1, 2"),
        ("cohere_embed", '{"embeddings": {"int8": [[1], [2]]}}', "it holds no vectors"),
        ("cohere_embed", '{"embeddings": 1}', "it holds no vectors"),
        ("feature_extraction", "[[[0.5]], [[0.5]]]", "a vector for each token, not for each text"),
        ("feature_extraction", "[0.5, 0.5]", "expected a list of numbers or base64, got float"),
        ("vertex_embeddings", '{"predictions": [{}, {}]}', "expected a list of numbers or base64, got NoneType"),
        ("vertex_embed_content", "{}", "1 inputs were sent and 0 vectors came back"),
        ("gemini_embeddings", '{"error": {}}', "2 inputs were sent and 0 vectors came back"),
        ("titan_embeddings", '{"embedding": null}', "expected a list of numbers or base64, got NoneType"),
    ],
)  # fmt: skip
def test_vectors_that_are_refused(protocol: str, body: str, message: str) -> None:
    items, error = read(parser("embeddings", protocol), [body.encode()])
    assert items == []
    assert message in str(error)


def test_vectors_of_older_models_on_bedrock_stand_alone() -> None:
    items, error = read(parser("embeddings", "cohere_embed"), [b'{"embeddings": [[1, 2], [3, 4]]}'])
    assert error is None
    assert [item.vector.tolist() for item in items if isinstance(item, ai.Embedding)] == [[1, 2], [3, 4]]


def test_signed_bytes() -> None:
    body = b'{"data": [{"embedding": "AX+A"}, {"embedding": "/wAB"}]}'
    items, error = read(parser("embeddings", "openai_embeddings", "int8"), [body])
    assert error is None
    assert [item.vector.tolist() for item in items if isinstance(item, ai.Embedding)] == [[1, 127, -128], [-1, 0, 1]]


@pytest.mark.parametrize("number", ["1e39", "-1e39", "1e308", "1" + "0" * 60])
def test_numbers_too_large_for_32_bits_are_refused(number: str) -> None:
    items, error = read(parser("embeddings", "titan_embeddings"), [b'{"embedding": [%s]}' % number.encode()])
    assert items == []
    assert isinstance(error, ai.ProtocolError)


@pytest.mark.parametrize("text", ["AADAfw==", "AACAfw==", "AACA/w=="], ids=["nan", "inf", "-inf"])
def test_packed_numbers_that_are_not_finite_are_refused(text: str) -> None:
    with pytest.raises(ai.ProtocolError, match="the vector holds numbers that are not finite"):
        read_vector(text)


def test_the_largest_finite_numbers_pass() -> None:
    largest = 3.4028234663852886e38
    assert read_vector([largest] * 4096).tolist() == [largest] * 4096


def test_dimensions_that_did_not_come_are_told() -> None:
    endpoint = Endpoint(ROW, "https://acme.test", {}, route=Route(protocol="openai_embeddings"))
    request = EmbedRequest(model="m", inputs=("a",), dimensions=3)
    reader = load_codec("openai_embeddings", "embeddings")(endpoint).prepare(request).new_parser()
    items, _ = read(reader, [b'{"data": [{"embedding": [1, 2]}]}'])
    assert ai.Warned("3 dimensions were asked for and 2 came back") in items


@pytest.mark.parametrize("model", ["a/../b", "..", "a//b", ""])
def test_a_model_is_no_path_that_leads_elsewhere(model: str) -> None:
    endpoint = Endpoint(ROW, "https://acme.test/{+model}", {}, route=Route(protocol="feature_extraction"))
    with pytest.raises(ai.ConfigError, match="allowed by acme: owner/name"):
        load_codec("feature_extraction", "embeddings")(endpoint).prepare(EmbedRequest(model=model, inputs=("a",)))


@pytest.mark.parametrize(("capability", "protocol"), PROTOCOLS)
@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ({"error": {"message": "slow down", "code": 429}}, ai.RateLimited, "slow down"),
        ({"error": "model_not_found: no such model"}, ai.NotFound, "no such model"),
        ({"success": False, "errors": [{"code": 5007, "message": "No such model"}]}, ai.ApiError, "No such model"),
    ],
)
def test_an_error_with_status_200(
    capability: Capability, protocol: str, body: object, kind: type[ai.ApiError], message: str
) -> None:
    items, error = read(parser(capability, protocol), [json.dumps(body).encode()])
    assert items == []
    assert isinstance(error, kind)
    assert message in str(error)


def test_an_empty_error_beside_an_answer_is_none() -> None:
    body = {"error": None, "data": [{"embedding": [1]}, {"embedding": [2]}]}
    items, error = read(parser("embeddings", "openai_embeddings"), [json.dumps(body).encode()])
    assert error is None
    assert len(items) == 3
