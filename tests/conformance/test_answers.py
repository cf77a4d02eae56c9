"""Recorded embeddings, rankings and moderations, replayed over a real socket through the provider's own row.

Where the request was recorded too, ours must say the same.
"""

from __future__ import annotations

import base64
import json
import re
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import fluent_ai as ai
import pytest
from recordings import REASON, recorded
from scripted_server import Sent, Server, reply

TRAFFIC = recorded("traffic")
KEY = "test-key-0123456789"
KINDS = ("embeddings", "rerank", "moderation")
PROVIDERS = {"voyage": "voyageai", "sambanova": "openai"}
"""Names of the recordings that are not ours; the last is nobody's but speaks as OpenAI does."""
MODELS = {"cohere": "rerank-v3.5", "together": "Salesforce/Llama-Rank-v1", "openai": "omni-moderation-latest"}
"""For bodies without their request."""
UNREAD = {
    "bedrock--ai__amazon-bedrock.reranking": "Rerank of the agent runtime; the models' own API is spoken instead",
    "hunyuan--tencentcloud-cli__native": "Tencent's native API, which is signed in its own way",
    "ollama--openllmetry__ollama.test_embeddings": "/api/embeddings, which /api/embed replaced",
}
"""Why a body is none that we ask for, by the beginning of its name."""
PURPOSES = {
    "search_query": "query",
    "search_document": "document",
    "RETRIEVAL_DOCUMENT": "document",
    "document": "document",
    "clustering": "clustering",
}
TRUNCATE = {"NONE": False, "END": True, True: True, False: False}


@pytest.fixture
def server() -> Iterator[Server]:
    with closing(Server()) as found:
        yield found


def recorded() -> list[Path]:
    paths = sorted(TRAFFIC.glob("*/*.meta.json"))
    return [path for path in paths if json.loads(path.read_bytes())["kind"] in KINDS]


def body_path(meta: Path) -> Path:
    return meta.with_name(meta.name.removesuffix(".meta.json") + ".json")


def unread(meta: Path) -> str | None:
    return next((reason for name, reason in UNREAD.items() if meta.name.startswith(name)), None)


RECORDED = recorded()


def at(found: Any, *path: str | int) -> Any:
    for key in path:
        if isinstance(key, str):
            found = found.get(key) if isinstance(found, dict) else None
        else:
            found = found[key] if isinstance(found, list) and found else None
    return found


def first(found: Mapping[str, Any], *names: str) -> Any:
    return next((found[name] for name in names if found.get(name) is not None), None)


def inputs_of(body: Mapping[str, Any]) -> list[str] | None:
    """The texts of a recorded request, in the shapes of all providers."""
    if "requests" in body:
        return [at(request, "content", "parts", 0, "text") for request in body["requests"]]
    if "instances" in body:
        return [instance["content"] for instance in body["instances"]]
    found = first(body, "texts", "input", "inputText", "inputs")
    return [found] if isinstance(found, str) else found


def options_of(body: Mapping[str, Any]) -> dict[str, Any]:
    """What it asks for, in our words."""
    purpose = body.get("input_type") or at(body, "instances", 0, "task_type")
    dimensions = first(body, "dimensions", "output_dimension") or at(body, "parameters", "outputDimensionality")
    options = {
        "dimensions": dimensions,
        "input_type": PURPOSES.get(purpose),
        "truncate": TRUNCATE.get(first(body, "truncate", "truncation")),
        "top_n": first(body, "top_n", "top_k"),
    }
    return {name: value for name, value in options.items() if value is not None}


def vectors(found: Any) -> Iterator[tuple[float, ...]]:
    """Every list of numbers and every base64 text of a body, in its order, as 32-bit floats."""
    if isinstance(found, str) and re.fullmatch(r"[A-Za-z0-9+/]{200,}={0,2}", found):
        data = base64.b64decode(found)
        if len(data) == 256:  # the recorded signed bytes have 256 dimensions
            yield struct.unpack("256b", data)
        else:
            yield struct.unpack(f"<{len(data) // 4}f", data)
    elif isinstance(found, list) and len(found) > 1 and all(isinstance(each, int | float) for each in found):
        yield struct.unpack(f"<{len(found)}f", struct.pack(f"<{len(found)}f", *found))
    elif isinstance(found, list | dict):
        for each in found.values() if isinstance(found, dict) else found:
            yield from vectors(each)


def numbers_at(found: Any, name: str) -> list[int]:
    """Every number under this name, at any depth."""
    if isinstance(found, list):
        return [number for each in found for number in numbers_at(each, name)]
    if not isinstance(found, dict):
        return []
    own = [found[name]] if isinstance(found.get(name), int | float) else []
    return own + [number for each in found.values() for number in numbers_at(each, name)]


def tokens_of(answer: Any) -> int | None:
    for name in (
        "prompt_tokens", "input_tokens", "total_tokens", "promptTokenCount", "token_count", "prompt_eval_count",
        "inputTextTokenCount",
    ):  # fmt: skip
        if found := numbers_at(answer, name):
            return sum(found[:1]) if name != "token_count" else sum(found)
    return None


def client(provider: str, server: Server) -> ai.Client:
    return ai.Client(keys={provider: KEY}, base_urls={provider: server.url}, retries=0)


def model_of(meta: Mapping[str, Any], body: Mapping[str, Any], provider: str) -> str:
    named = re.search(r"/models?/(.+?)(?:/invoke|:\w+)?$", meta["request"]["url"] or "")
    return body.get("model") or (unquote(named[1]) if named else MODELS.get(provider, "any-model"))


def check_request(sent: Sent, body: Mapping[str, Any]) -> None:
    """Ours says what the recorded one says, of all that both say."""
    ours = sent.json()
    for name, value in body.items():
        if name in ours and value is not None and name not in ("encoding_format", "embedding_types"):
            assert ours[name] in (value, [value]), name
    asked = {"texts", "input", "inputText", "requests", "instances", "documents", "query"} & body.keys()
    assert asked <= ours.keys()


def replay(path: Path, server: Server) -> tuple[Mapping[str, Any], Any, Any]:
    """The recorded request, the recorded answer, and what we make of it."""
    meta = json.loads(path.read_bytes())
    data = body_path(path).read_bytes()
    answer = json.loads(data)
    body = meta["request"].get("body") or {}
    provider = PROVIDERS.get(meta["provider"], meta["provider"])
    model = f"{provider}:{model_of(meta, body, provider)}"
    options = options_of(body)
    server.say(reply(200, data))
    with client(provider, server) as caller:
        result: Any
        if meta["kind"] == "embeddings":
            texts = inputs_of(body) or ["x"] * len(list(vectors(answer)))
            result = caller.embed(model, texts, **options)
        elif meta["kind"] == "moderation":
            result = caller.moderate(model, ai.ImagePart(url="https://a.test/cat.png"))
        else:
            rows = answer.get("results") or answer["data"]
            documents = body.get("documents") or [str(n) for n in range(1 + max(row["index"] for row in rows))]
            options.setdefault("top_n", len(rows))
            result = caller.rerank(model, body.get("query", "q"), documents, **options)
    (sent,) = server.sent
    check_request(sent, body)
    return body, answer, result


def ids(path: object) -> str:
    return path.name.removesuffix(".meta.json") if isinstance(path, Path) else ""


@pytest.mark.skipif(not RECORDED, reason=REASON)
def test_no_recorded_answer_is_left_out() -> None:
    left = [path.name for path in RECORDED if unread(path)]
    assert len(left) == len(UNREAD)
    assert len(RECORDED) - len(left) > 55


@pytest.mark.parametrize("path", [path for path in RECORDED if not unread(path)], ids=ids)
def test_a_recorded_answer_is_read(path: Path, server: Server) -> None:
    body, answer, result = replay(path, server)
    if isinstance(result, ai.Embeddings):
        expected = list(vectors(answer))
        assert [tuple(vector) for vector in result] == expected
        assert len(result) == len(inputs_of(body) or expected)
        assert not any("asked for" in warning for warning in result.warnings)
        assert (result.usage and result.usage.input_tokens) == tokens_of(answer)
    elif isinstance(result, ai.Ranking):
        rows = answer.get("results") or answer["data"]
        assert [(item.index, item.score) for item in result] == [(row["index"], row["relevance_score"]) for row in rows]
        assert all(one.score >= other.score for one, other in pairwise(result))
        if body:
            assert [item.document for item in result] == [body["documents"][item.index] for item in result]
        assert result.usage is not None
        assert result.usage.cost == at(answer, "usage", "cost")
    else:
        (row,) = answer["results"]
        (verdict,) = result
        assert (verdict.flagged, verdict.categories) == (row["flagged"], row["categories"])
        assert verdict.scores == row["category_scores"]
