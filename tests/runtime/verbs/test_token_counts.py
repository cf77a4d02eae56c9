"""Token counts over a real socket: what is sent and what is not, estimates, failures, routes, workers."""

from __future__ import annotations

import base64
import random
import struct
from pathlib import Path
from typing import Any, Literal

import fluent_ai as ai
import pytest
from fluent_ai.content.documents import Document
from fluent_ai.content.picture_size import picture_size
from fluent_ai.content.token_counts import likely_tokens
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.pictures import Pictures
from fluent_ai.manifest.schema import Auth, Manifest, Route
from fluent_ai.verbs.count_tokens import Counted, CountItem
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, manifest_for, reply

KEY = "test-key-0123456789"
MODEL = "acme:claude-x"
WEBP = base64.b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x11\x08" + struct.pack(">HH", 30, 40) + b"\x03"


def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height)


def arguments(server: Server, protocol: str = "anthropic_count_tokens", **route: Any) -> dict[str, Any]:
    chat = Route(protocol="anthropic_messages", path="/messages", hosted_tools=("web_search", "web_fetch"))
    row = manifest_for(server.url, chat=(chat,), token_counting=(Route(protocol=protocol, path="/count", **route),))
    return {"manifests": [row], "keys": {"acme": KEY}, "retries": 0}


def estimating(**settings: Any) -> ai.Client:
    row = Manifest(
        id="acme", name="Acme", docs="", base_url="https://acme.test", auth=Auth(env=("ACME_KEY",)),
        chat=(Route(protocol="openai_chat", path="/chat"),),
    )  # fmt: skip
    return ai.Client(manifests=[row], **settings)


def test_what_chat_would_send_is_counted_without_what_no_model_reads(server: Server) -> None:
    server.say(reply(200, {"input_tokens": 1234}))
    with ai.Client(**arguments(server)) as client:
        found = client.count_tokens(
            MODEL,
            [ai.Message("user", (ai.TextPart("What is this?"), ai.ImagePart(data=png(9, 9))))],
            system="Be short.",
            tools=[add, ai.tools.hosted.web_fetch()],
            tool_choice="add",
            output={"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False},
            reasoning="high",
            temperature=0.5,
            max_tokens=9,
            stop="END",
            seed=7,
            extra_body={"more": 1},
        )
    assert (found.tokens, found.source, found.margin, found.provider) == (1234, "endpoint", 0, "acme")
    (sent,) = server.sent
    body = sent.json()
    assert sent.path == "/count"
    assert set(body) == {
        "messages", "model", "more", "output_config", "system", "thinking", "tool_choice", "tools",
    }  # fmt: skip
    assert [tool["name"] for tool in body["tools"]] == ["add", "web_fetch"]
    assert sent.headers["anthropic-beta"] == "web-fetch-2025-09-10"
    assert body["messages"][0]["content"][1]["source"]["media_type"] == "image/png"


def test_options_are_checked_as_those_of_chat(server: Server) -> None:
    with ai.Client(**arguments(server)) as client:
        unfit: list[dict[str, Any]] = [
            {"temperature": 3},
            {"tool_choice": "x"},
            {"nothing": 1},
            {"tools": [ai.tools.hosted.file_search(["v"])]},
        ]
        for wrong in unfit:
            with pytest.raises(ai.ConfigError, match=next(iter(wrong))):
                client.count_tokens(MODEL, "hi", **wrong)
        with pytest.raises(ai.ConfigError, match="messages"):
            client.count_tokens(MODEL, [])
    assert server.sent == []


def test_geographies_of_bedrock_are_left_out(server: Server) -> None:
    server.say(reply(200, {"inputTokens": 5}))
    row = manifest_for(
        server.url,
        chat=(Route(protocol="bedrock_converse", path="/model/{model}/converse-stream"),),
        token_counting=(Route(protocol="bedrock_count_tokens", path="/model/{model}/count-tokens"),),
    )
    with ai.Client(manifests=[row], keys={"acme": KEY}) as client:
        for model in ("us-gov.anthropic.claude-3-5-haiku-v1:0", "anthropic.claude-3-5-haiku-v1:0"):
            assert client.count_tokens(f"acme:{model}", "hi").tokens == 5
    assert {sent.path for sent in server.sent} == {"/model/anthropic.claude-3-5-haiku-v1:0/count-tokens"}


def test_what_moonshot_does_not_count_is_estimated(server: Server) -> None:
    server.say(reply(200, {"data": {"total_tokens": 50}}))
    with ai.Client(**arguments(server, "moonshot_token_count")) as client:
        plain, tools = client.count_tokens(MODEL, "hi"), client.count_tokens(MODEL, "hi", tools=[add])
    assert (plain.tokens, plain.exact) == (50, True)
    assert tools.tokens > 50
    assert (tools.exact, tools.source, tools.margin) == (False, "endpoint", tools.tokens - 50)


def test_texts_too_long_for_one_call_are_counted_in_part(server: Server) -> None:
    server.say(lambda sent: reply(200, {"tokens": [0] * (len(sent.json()["text"]) // 4)}))
    with ai.Client(**arguments(server, "cohere_tokenize")) as client:
        short, long = client.count_tokens("acme:m", "abc " * 100), client.count_tokens("acme:m", "abc " * 50_000)
    assert short.source == "tokenizer"
    assert 100 <= short.tokens < 150
    assert len(server.sent[-1].json()["text"]) == 65_536
    assert long.source == "estimate"
    assert long.tokens == pytest.approx(50_000, rel=0.01)


def test_without_an_endpoint_it_is_estimated_and_nothing_is_sent() -> None:
    with estimating() as client:
        found = client.count_tokens("acme:m", "How many tokens are there in this question?", system="Be short.")
        more = client.count_tokens("acme:m", "How many tokens are there in this question?", tools=[add])
    assert (found.source, found.exact, found.provider, found.usage) == ("estimate", False, "acme", None)
    assert 12 <= found.tokens <= 40
    assert found.most >= found.tokens + 100
    assert more.tokens > found.tokens


@pytest.mark.parametrize("native", [False, True])
def test_documents_count(server: Server, native: bool) -> None:
    server.say(reply(200, {"input_tokens": 9}))
    document = Document(name="a.txt", text="Cats sleep. " * 40)
    with ai.Client(**arguments(server, documents=native)) as client:
        client.count_tokens(MODEL, "What do cats do?", documents=[document])
    content = server.sent[0].json()["messages"][0]["content"]
    assert ("Cats sleep" in content[0].get("text", "")) is not native
    assert (content[0]["type"] == "document") is native
    with estimating() as client:
        plain = client.count_tokens("acme:m", "What do cats do?")
        assert client.count_tokens("acme:m", "What do cats do?", documents=[document]).tokens > plain.tokens + 100


def test_pictures_count_as_they_would_be_sent(server: Server, tmp_path: Path) -> None:
    image = pytest.importorskip("PIL.Image", reason="the extra media is not installed")
    image.new("RGB", (3000, 3000)).save(tmp_path / "large.png")
    picture = ai.Message("user", (ai.TextPart("What is this?"), ai.ImagePart(path=tmp_path / "large.png")))
    server.say(reply(200, {"input_tokens": 9}))
    with ai.Client(keys={"anthropic": KEY}, base_urls={"anthropic": server.url}) as client:
        client.count_tokens("anthropic:claude-sonnet-4-5", [picture], media="off")
        client.count_tokens("anthropic:claude-sonnet-4-5", [picture], media="auto")
    whole, smaller = [sent.json()["messages"][0]["content"][1]["source"]["data"] for sent in server.sent]
    sizes = [picture_size(base64.b64decode(data)) for data in (whole, smaller)]
    assert sizes[0] == (3000, 3000)
    assert sizes[1] is not None
    assert sizes[1] < (3000, 3000)


def test_documents_that_are_yet_to_be_found_cannot_be_counted(tmp_path: Path) -> None:
    with estimating() as client, pytest.raises(ai.ConfigError, match="collect"):
        client.count_tokens("acme:m", "hi", documents=ai.context(tmp_path))


def test_each_file_and_each_part_counts() -> None:
    question = ai.TextPart("What is this?")
    call = ai.ToolCall("c1", "add", {"a": 1, "b": 2})
    parts: list[ai.Message] = [
        ai.Message("user", (question, ai.ImagePart(data=png(300, 300)))),
        ai.Message("user", (question, ai.ImagePart(data=png(900, 900)))),
        ai.Message("user", (question, ai.ImagePart(url="https://a.test/i.png"))),
        ai.Message("user", (question, ai.DocumentPart(data=b"%PDF-1.7 /Type /Page /Type/Page /Type /Pages"))),
        ai.Message("user", (question, ai.AudioPart(data=b"RIFF" + bytes(60_000), media_type="audio/wav"))),
        ai.Message("user", (question, ai.DocumentPart(data=b"word " * 99, media_type="text/plain"))),
        ai.Message("assistant", (question, ai.ToolCallPart(call))),
    ]
    with estimating() as client:
        plain = client.count_tokens("acme:m", [ai.Message("user", (question,))]).tokens
        counts = [client.count_tokens("acme:m", [each]).tokens - plain for each in parts]
        result = client.count_tokens(
            "acme:m",
            [parts[-1], ai.Message("tool", (ai.ToolResultPart("c1", "3 " * 50, files=(parts[0].parts[1],)),))],  # type: ignore[arg-type]
        )
    assert counts[:6] == [120, 1080, 1500, 4000, 101, 103]
    assert 5 < counts[6] < 30
    assert result.tokens - plain - counts[6] > 120 + 50


def test_a_failure_is_that_of_any_verb_and_a_route_goes_on(server: Server) -> None:
    server.say(reply(429, {"error": {"message": "slow down"}}))
    with ai.Client(**arguments(server)) as client, pytest.raises(ai.RateLimited):
        client.count_tokens(MODEL, "hi")
    server.say(reply(200, {"input_tokens": -1}), reply(200, {"nothing": 1}))
    with ai.Client(**arguments(server)) as client:
        for _ in range(2):
            with pytest.raises(ai.ProtocolError):
                client.count_tokens(MODEL, "hi")
        with estimating() as other:
            fallback = other.model("acme:m").count_tokens("hi")
    assert fallback.source == "estimate"
    server.say(reply(500, {}), reply(200, {"input_tokens": 3}))
    with ai.Client(**arguments(server)) as client:
        assert client.count_tokens(ai.Route(MODEL, "acme:claude-y"), "hi").tokens == 3


def test_a_prompt_that_is_too_long_for_the_model_can_be_counted() -> None:
    text = "word " * 2_000_000
    with ai.Client(keys={"groq": KEY}) as client:
        found = client.count_tokens("groq:llama-3.3-70b-versatile", text)
    assert found.tokens > 1_900_000


def test_a_model_that_does_not_chat_has_nothing_to_count(server: Server) -> None:
    row = manifest_for(
        server.url,
        chat=(Route(protocol="openai_chat", models="chat-*", path="/x"),),
        embeddings=(Route(protocol="openai_embeddings", path="/x"),),
    )
    with ai.Client(manifests=[row], keys={"acme": KEY}) as client, pytest.raises(ai.ConfigError, match="no chat route"):
        client.count_tokens("acme:embed-1", "hi")


def test_a_provider_of_this_process_may_count_or_not() -> None:
    class Counter:
        def run(self, request: ai.ChatRequest, emit: Emit[CountItem]) -> None:
            emit(Counted(len(request.messages), "tokenizer"))

    class Provider:
        def token_counting_model(self, model: str) -> Counter:
            return Counter()

    auth, worker = Auth(scheme="none", required=False), Route(protocol="worker")
    counting = Manifest(id="counts", name="C", docs="", auth=auth, chat=(worker,), token_counting=(worker,))
    silent = Manifest(id="silent", name="S", docs="", auth=auth, chat=(worker,))
    ai.register_provider(counting, Provider)
    ai.register_provider(silent, Provider)
    with ai.Client() as client:
        assert client.count_tokens("counts:m", "a").source == "tokenizer"
        assert client.count_tokens("silent:m", "a").source == "estimate"
        with client.stream_count_tokens("counts:m", "a") as stream:
            assert list(stream) == [Counted(1, "tokenizer")]


TILES = Pictures(
    models=("tiles-*",), source="https://example.org", short_edge=768, count="tiles", side=512, base=85, each=170
)


@pytest.mark.parametrize(
    ("model", "detail", "tokens"),
    [("tiles-1", None, 85 + 4 * 170), ("tiles-1", "low", 85), ("other", None, 1399), ("other", "low", 85)],
)
def test_an_estimate_counts_a_picture_by_the_rule_of_its_model(
    model: str, detail: Literal["low"] | None, tokens: int
) -> None:
    row = Manifest(
        id="acme", name="A", docs="", base_url="https://acme.test", auth=Auth(env=("ACME_KEY",)), pictures=(TILES,),
        chat=(Route(protocol="openai_chat", path="/x"),),
    )  # fmt: skip
    picture = ai.ImagePart(data=png(1024, 1024), detail=detail)
    with ai.Client(manifests=[row], keys={"acme": KEY}) as client:
        without = client.count_tokens(f"acme:{model}", [ai.Message("user", ai.TextPart("hi"))])
        found = client.count_tokens(f"acme:{model}", [ai.Message("user", (ai.TextPart("hi"), picture))])
    assert (found.source, found.tokens - without.tokens) == ("estimate", tokens)


@given(st.text())
def test_any_text_has_some_tokens_and_not_more_than_bytes(text: str) -> None:
    assert likely_tokens(text) > 0 or not text.strip()
    assert likely_tokens(text) <= 2 * len(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("data", "size"),
    [(png(640, 480), (640, 480)), (JPEG, (40, 30)), (WEBP, (1, 1)), (b"GIF87a\x03\x00\x04\x00", (3, 4)), (b"BM", None)],
)
def test_sizes_of_pictures_are_read(data: bytes, size: tuple[int, int] | None) -> None:
    assert picture_size(data) == size
    if data != b"BM":
        assert picture_size(data[:7]) is None
    chance = random.Random(7)
    for _ in range(300):
        damaged = bytearray(data)
        damaged[chance.randrange(len(data))] = chance.randrange(256)
        picture_size(bytes(damaged[: chance.randrange(len(data) + 1)]))  # ends, and raises nothing
