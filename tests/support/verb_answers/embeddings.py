"""Embeddings: the vector of a text is (its length, 0.5)."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import fluent_ai as ai
from fluent_ai.manifest.schema import Route
from scripted_server import Answer, Sent, reply

VERB = "embed"
TEXTS = ["a", "three", "seven77"]
ARGUMENTS = (TEXTS,)
OPTIONS = {"dimensions": 2, "input_type": "query", "truncate": True}


def vector(text: str) -> list[float]:
    return [float(len(text)), 0.5]


def packed(text: str) -> str:
    return base64.b64encode(struct.pack("<2f", *vector(text))).decode()


def openai(sent: Sent) -> Answer:
    """Out of order, as it is asked for: floats or signed bytes in base64, or a list."""
    body = sent.json()
    rows = []
    for index, text in enumerate(body["input"]):
        found: object = vector(text)
        if "base64" in (body.get("encoding_format"), body.get("embedding_type")):
            found = packed(text)
        elif body.get("encoding_format") == "base64_int8":
            found = base64.b64encode(struct.pack("2b", len(text), 0)).decode()
        rows.append({"object": "embedding", "index": index, "embedding": found})
    usage = {"prompt_tokens": len(rows), "total_tokens": len(rows)}
    return reply(200, {"object": "list", "model": body.get("model", "m"), "data": rows[::-1], "usage": usage})


def cohere(sent: Sent) -> Answer:
    body = sent.json()
    as_base64 = body.get("embedding_types") == ["base64"]
    kind = "base64" if as_base64 else "float"
    rows = [packed(text) if as_base64 else vector(text) for text in body["texts"]]
    meta = {"billed_units": {"input_tokens": len(rows)}}
    return reply(200, {"id": "e-1", "embeddings": {kind: rows}, "response_type": "embeddings_by_type", "meta": meta})


def gemini(sent: Sent) -> Answer:
    texts = [request["content"]["parts"][0]["text"] for request in sent.json()["requests"]]
    usage = {"promptTokenCount": len(texts)}
    return reply(200, {"embeddings": [{"values": vector(text)} for text in texts], "usageMetadata": usage})


def vertex(sent: Sent) -> Answer:
    statistics = {"truncated": False, "token_count": 1.0}
    texts = [instance["content"] for instance in sent.json()["instances"]]
    rows = [{"embeddings": {"values": vector(text), "statistics": statistics}} for text in texts]
    return reply(200, {"predictions": rows, "metadata": {"billableCharacterCount": 13}})


def vertex_content(sent: Sent) -> Answer:
    text = sent.json()["content"]["parts"][0]["text"]
    return reply(200, {"embedding": {"values": vector(text)}, "usageMetadata": {"promptTokenCount": 1}})


def titan(sent: Sent) -> Answer:
    return reply(200, {"embedding": vector(sent.json()["inputText"]), "inputTextTokenCount": 1})


def ollama(sent: Sent) -> Answer:
    body = sent.json()
    rows = [vector(text) for text in body["input"]]
    return reply(200, {"model": body["model"], "embeddings": rows, "prompt_eval_count": len(rows)})


def features(sent: Sent) -> Answer:
    return reply(200, [vector(text) for text in sent.json()["inputs"]])


def vertex_multimodal(sent: Sent) -> Answer:
    (instance,) = sent.json()["instances"]
    return reply(200, {"predictions": [{"textEmbedding": vector(instance["text"])}], "deployedModelId": "1"})


def voyage(sent: Sent) -> Answer:
    texts = [each["content"][0]["text"] for each in sent.json()["inputs"]]
    rows = [{"object": "embedding", "index": index, "embedding": packed(text)} for index, text in enumerate(texts)]
    usage = {"text_tokens": len(rows), "image_pixels": 0, "total_tokens": len(rows)}
    return reply(200, {"object": "list", "model": "m", "data": rows, "usage": usage})


ANSWERS: Mapping[str, Callable[[Sent], Answer]] = {
    "cohere_embed": cohere,
    "feature_extraction": features,
    "gemini_embeddings": gemini,
    "ollama_embed": ollama,
    "openai_embeddings": openai,
    "titan_embeddings": titan,
    "vertex_embed_content": vertex_content,
    "vertex_embeddings": vertex,
    "vertex_multimodal": vertex_multimodal,
    "voyage_multimodal": voyage,
}


def check_result(route: Route, result: Any) -> None:
    assert isinstance(result, ai.Embeddings)
    assert [each[0] for each in result] == [1, 5, 7]
    if route.protocol not in ("feature_extraction", "vertex_multimodal"):
        assert result.usage is not None
        assert result.usage.input_tokens == 3


def check_sent(route: Route, model: str, sent: Sequence[Sent]) -> None:
    size = route.batch or len(TEXTS)
    assert len(sent) == -(-len(TEXTS) // size)
    for request in sent:
        body = request.json()
        for name, value in route.body.items():
            assert body[name] == (list(value) if isinstance(value, tuple) else value)
        assert ("model" in body) is not any(name in route.path for name in ("{model}", "{+model}"))
