"""Embeddings of images beside texts, as the providers that have them are asked."""

from __future__ import annotations

import base64
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import load_manifests
from scripted_server import Answer, Sent, Server, reply

PIXEL = b"\x89PNG\r\n\x1a\n."
CODED = base64.b64encode(PIXEL).decode()
PICTURE = ai.ImagePart(data=PIXEL)
LINKED = ai.ImagePart(url="https://a.test/i.png")
KEY = "test-key-0123456789"


def rows(count: int) -> Answer:
    data = [{"index": number, "embedding": [float(number), 1.0]} for number in range(count)]
    return reply(
        200, {"model": "real", "data": data, "usage": {"text_tokens": 3, "image_pixels": 5, "total_tokens": 8}}
    )


def openai_like(sent: Sent) -> Answer:
    body = sent.json()
    return rows(len(body.get("inputs", body.get("input"))))


def cohere(sent: Sent) -> Answer:
    body = sent.json()
    count = len(body.get("inputs") or body["texts"])
    vectors = [[float(number), 1.0] for number in range(count)]
    return reply(200, {"id": "e-1", "embeddings": {"float": vectors}, "meta": {"billed_units": {"input_tokens": 7}}})


def asked(server: Server, model: str, inputs: Any, **options: Any) -> tuple[ai.Embeddings, dict[str, Any]]:
    server.say(cohere if model.startswith("cohere") else openai_like)
    provider = model.partition(":")[0]
    with ai.Client(keys={provider: KEY}, base_urls={provider: server.url}, validate=False) as client:
        found = client.embed(model, inputs, **options)
    return found, server.sent[-1].json()


def test_voyage_has_a_door_of_its_own(server: Server) -> None:
    found, body = asked(
        server, "voyageai:voyage-multimodal-3", ["a", PICTURE, LINKED], input_type="document", truncate=True
    )
    assert server.sent[-1].path == "/multimodalembeddings"
    assert body == {
        "model": "voyage-multimodal-3",
        "inputs": [
            {"content": [{"type": "text", "text": "a"}]},
            {"content": [{"type": "image_base64", "image_base64": f"data:image/png;base64,{CODED}"}]},
            {"content": [{"type": "image_url", "image_url": "https://a.test/i.png"}]},
        ],
        "input_type": "document",
        "truncation": True,
        "output_encoding": "base64",
    }
    assert [vector[0] for vector in found] == [0, 1, 2]


def test_cohere_takes_both_in_one_request_and_texts_as_before(server: Server) -> None:
    found, body = asked(server, "cohere:embed-v4.0", ["a", PICTURE], input_type="query")
    assert body["inputs"] == [
        {"content": [{"type": "text", "text": "a"}]},
        {"content": [{"type": "image_url", "image_url": {"url": f"data:image/png;base64,{CODED}"}}]},
    ]
    assert "texts" not in body
    assert body["input_type"] == "search_query"
    assert len(found) == 2
    _, body = asked(server, "cohere:embed-v4.0", ["a", "b"])
    assert body["texts"] == ["a", "b"]


@pytest.mark.parametrize("model", ["jina-clip-v1", "jina-clip-v2", "jina-embeddings-v4"])
def test_jina_takes_objects_beside_texts(server: Server, model: str) -> None:
    found, body = asked(server, f"jina:{model}", [PICTURE, "a", LINKED])
    assert body["input"] == [{"image": CODED}, "a", {"image": "https://a.test/i.png"}]
    assert len(found) == 3


def test_titan_takes_one_input_a_request(server: Server) -> None:
    server.say(
        reply(200, {"embedding": [0.5, 1.0], "inputTextTokenCount": 2}),
        reply(200, {"embedding": [1.5, 1.0], "inputTextTokenCount": 0}),
    )
    with ai.Client(keys={"bedrock": KEY}, base_urls={"bedrock": server.url}, validate=False) as client:
        found = client.embed("bedrock:amazon.titan-embed-image-v1", ["a", PICTURE], dimensions=2)
        with pytest.raises(ai.ConfigError, match="truncate"):
            client.embed("bedrock:amazon.titan-embed-image-v1", PICTURE, truncate=True)
        with pytest.raises(ai.ConfigError, match="is an image"):
            client.embed("bedrock:amazon.titan-embed-text-v2:0", PICTURE)
    size = {"embeddingConfig": {"outputEmbeddingLength": 2}}
    bodies = sorted((sent.json() for sent in server.sent), key=list)
    assert bodies == [{"inputImage": CODED, **size}, {"inputText": "a", **size}]
    assert len(found) == 2


def test_vertex_takes_one_input_a_request(server: Server) -> None:
    answers = [{"textEmbedding": [0.5, 1.0]}, {"imageEmbedding": [1.5, 1.0]}, {"imageEmbedding": [2.5, 1.0]}]
    server.say(*(reply(200, {"predictions": [each]}) for each in answers))
    model = "vertexai:multimodalembedding@001"
    stored = ai.ImagePart(url="gs://pictures/i.png", media_type="image/png")
    with ai.Client(keys={"vertexai": KEY}, base_urls={"vertexai": server.url}, validate=False) as client:
        found = [client.embed(model, each, dimensions=2)[0][0] for each in ("a", PICTURE, stored)]
        with pytest.raises(ai.ConfigError, match="holds a URL"):
            client.embed(model, LINKED)
    assert [sent.json() for sent in server.sent] == [
        {"instances": [instance], "parameters": {"dimension": 2}}
        for instance in (
            {"text": "a"}, {"image": {"bytesBase64Encoded": CODED}}, {"image": {"gcsUri": "gs://pictures/i.png"}},
        )
    ]  # fmt: skip
    assert found == [0.5, 1.5, 2.5]


def test_one_image_alone_is_an_input(server: Server) -> None:
    found, _ = asked(server, "jina:jina-clip-v2", PICTURE)
    assert len(found) == 1


@pytest.mark.parametrize("model", ["openai:text-embedding-3-small", "cohere:embed-english-v3.0", "voyageai:voyage-4"])
def test_models_that_take_texts_alone_refuse_images(server: Server, model: str) -> None:
    with pytest.raises(ai.ConfigError, match=r"inputs\[1\] is an image; allowed by \w+ for .*: str"):
        asked(server, model, ["a", PICTURE])
    assert server.sent == []


def test_images_are_split_by_the_limit_of_a_request(server: Server) -> None:
    found, _ = asked(server, "cohere:embed-v4.0", [PICTURE] * 100)
    assert [len(sent.json()["inputs"]) for sent in server.sent] == [96, 4]
    assert len(found) == 100


def test_no_other_row_says_that_it_takes_images() -> None:
    able = {
        (row.id, route.models) for row in load_manifests().values() for route in row.embeddings if route.image_inputs
    }
    assert able == {
        ("voyageai", "voyage-multimodal-*"), ("cohere", "embed-v4*"), ("jina", "jina-clip-v1"), ("jina", "jina-clip-*"),
        ("jina", "*"), ("local", "*"), ("bedrock", "*titan-embed-image*"),
        ("vertexai", "multimodalembedding*"),
    }  # fmt: skip
