"""What each protocol of embeddings, reranking and moderation puts into a body, with all options and without."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.content.requests import Request
from fluent_ai.manifest.schema import Auth, Capability, Manifest, Route
from fluent_ai.protocols.table import codecs, load_codec
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.embed import EmbedRequest
from fluent_ai.verbs.moderate import ModerateRequest
from fluent_ai.verbs.rerank import RerankRequest

ROW = Manifest(id="acme", name="Acme", docs="https://acme.test", auth=Auth(env=("ACME_KEY",)))


def body(capability: Capability, route: Route, request: Request) -> Any:
    endpoint = Endpoint(ROW, "https://acme.test/{model}", {}, route=route)
    return json.loads(load_codec(route.protocol, capability)(endpoint).prepare(request).request.body)


def embed(protocol: str, *texts: str, route: Mapping[str, Any] | None = None, **options: Any) -> Any:
    return body(
        "embeddings", Route(protocol=protocol, **(route or {})), EmbedRequest(model="m", inputs=texts, **options)
    )


def rerank(protocol: str, route: Mapping[str, Any] | None = None, **options: Any) -> Any:
    request = RerankRequest(model="m", query="q", documents=("a", "b"), **options)
    return body("rerank", Route(protocol=protocol, **(route or {})), request)


ALL = {"dimensions": 8, "input_type": "query", "truncate": False}


def test_every_protocol_with_nothing_asked_for() -> None:
    content = {"parts": [{"text": "a"}]}
    assert {protocol: embed(protocol, "a") for protocol in codecs("embeddings")} == {
        "cohere_embed": {"model": "m", "texts": ["a"], "input_type": "search_document"},
        "feature_extraction": {"inputs": ["a"]},
        "gemini_embeddings": {"requests": [{"model": "models/m", "content": content}]},
        "ollama_embed": {"model": "m", "input": ["a"]},
        "openai_embeddings": {"model": "m", "input": ["a"]},
        "titan_embeddings": {"inputText": "a"},
        "vertex_embed_content": {"content": content},
        "vertex_embeddings": {"instances": [{"content": "a"}]},
        "vertex_multimodal": {"instances": [{"text": "a"}]},
        "voyage_multimodal": {"model": "m", "inputs": [{"content": [{"type": "text", "text": "a"}]}]},
    }
    assert {protocol: rerank(protocol) for protocol in codecs("rerank")} == {
        "cohere_rerank": {"model": "m", "query": "q", "documents": ["a", "b"]},
        "groq_rerank": {"model": "m", "query": "q", "docs": ["a", "b"]},
        "tei_rerank": {"query": "q", "texts": ["a", "b"]},
    }
    request = ModerateRequest(model="m", inputs=("a",))
    assert {name: body("moderation", Route(protocol=name), request) for name in codecs("moderation")} == {
        "openai_moderation": {"model": "m", "input": ["a"]},
        "zhipu_moderation": {"model": "m", "input": "a"},
    }


def test_cohere() -> None:
    assert embed("cohere_embed", "a", **ALL) == {
        "model": "m",
        "texts": ["a"],
        "input_type": "search_query",
        "output_dimension": 8,
        "truncate": "NONE",
    }
    route = {"model_in_body": False, "body": {"embedding_types": ("base64",)}}
    assert embed("cohere_embed", "a", route=route, truncate=True) == {
        "texts": ["a"],
        "input_type": "search_document",
        "truncate": "END",
        "embedding_types": ["base64"],
    }


def test_google() -> None:
    with pytest.raises(ai.ConfigError, match="truncate is not supported by acme"):
        embed("gemini_embeddings", "a", truncate=True)
    common = {"model": "models/m", "outputDimensionality": 8, "taskType": "CLUSTERING"}
    assert embed("gemini_embeddings", "a", "b", dimensions=8, input_type="clustering") == {
        "requests": [{**common, "content": {"parts": [{"text": text}]}} for text in "ab"]
    }
    assert embed("vertex_embeddings", "a", "b", **ALL) == {
        "instances": [{"content": text, "task_type": "RETRIEVAL_QUERY"} for text in "ab"],
        "parameters": {"outputDimensionality": 8, "autoTruncate": False},
    }
    assert embed("vertex_embed_content", "a", **ALL) == {
        "content": {"parts": [{"text": "a"}]},
        "embedContentConfig": {"outputDimensionality": 8, "autoTruncate": False, "taskType": "RETRIEVAL_QUERY"},
    }


def test_the_route_s_words_for_purposes() -> None:
    route = {"fields": {"input_type": "task", "dimensions": "size"}, "input_types": {"query": "retrieval.query"}}
    assert embed("openai_embeddings", "a", route=route, input_type="query", dimensions=8) == {
        "model": "m",
        "input": ["a"],
        "task": "retrieval.query",
        "size": 8,
    }
    with pytest.raises(ai.ConfigError, match="input_type is 'document'; allowed by acme: query"):
        embed("openai_embeddings", "a", route=route, input_type="document")


@pytest.mark.parametrize("protocol", ["titan_embeddings", "ollama_embed", "feature_extraction", "openai_embeddings"])
def test_a_purpose_without_a_word_is_refused(protocol: str) -> None:
    with pytest.raises(ai.ConfigError, match="input_type is not supported by acme; .* extra_body="):
        embed(protocol, "a", input_type="query")


@pytest.mark.parametrize("protocol", ["titan_embeddings", "openai_embeddings", "gemini_embeddings"])
def test_truncation_without_a_word_is_refused(protocol: str) -> None:
    with pytest.raises(ai.ConfigError, match="truncate is not supported by acme; .* extra_body="):
        embed(protocol, "a", truncate=False)


def test_dimensions_without_a_word_are_refused() -> None:
    with pytest.raises(ai.ConfigError, match="dimensions is not supported by acme; .* extra_body="):
        embed("feature_extraction", "a", dimensions=8)


@pytest.mark.parametrize("protocol", ["titan_embeddings", "vertex_embed_content"])
def test_one_text_a_request(protocol: str) -> None:
    with pytest.raises(ai.ConfigError, match=f"{protocol} takes one input a request; its route needs batch = 1"):
        embed(protocol, "a", "b")


def test_rerank_by_other_names() -> None:
    route = {"fields": {"top_n": "top_k", "truncate": "truncation"}, "model_in_body": False, "body": {"api_version": 2}}
    assert rerank("cohere_rerank", route, top_n=1, truncate=True, extra_body={"instruct": "x"}) == {
        "query": "q",
        "documents": ["a", "b"],
        "top_k": 1,
        "truncation": True,
        "api_version": 2,
        "instruct": "x",
    }
    assert rerank("tei_rerank", truncate=True) == {"query": "q", "texts": ["a", "b"], "truncate": True}
