"""What clients are given works, or is refused before anything is sent."""

from __future__ import annotations

import enum
from typing import Any

import fluent_ai as ai
import msgspec
import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.registry.request_checks import check_kind
from fluent_ai_providers.groq import AsyncGroq, Groq
from fluent_ai_providers.groq import Model as GroqModel
from fluent_ai_providers.openai import Model as OpenAIModel
from scripted_server import Server, manifest_for, sse, stream, text_chunks

KEYS = dict.fromkeys(("openai", "groq", "gemini", "cohere", "mistral", "together"), "k")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"keys": "sk-not-to-be-shown"}, "keys is of type str; allowed: a dict by provider"),
        ({"keys": ["sk-not-to-be-shown"]}, "keys is of type list"),
        ({"keys": {3: "k"}}, "keys has a key of type int"),
        ({"base_urls": "https://x"}, "base_urls is of type str"),
        ({"headers": "x: y"}, "headers is of type str"),
        ({"headers": {"authorization: not-to-be-shown": ""}}, "headers holds a malformed header name"),
        ({"headers": {"x": "not-to-be-shown\n"}}, "cannot stand in a header"),
        ({"manifests": "acme.toml"}, "manifests is of type str; allowed: a list"),
        ({"manifests": [3]}, "manifest is of type int; allowed: a Manifest, a dict"),
        ({"transport": 3}, "transport is of type int; allowed: an object with send and close"),
        ({"registry": "x"}, "registry is of type str"),
        ({"validate": 1}, "validate is of type int"),
        ({"timeout": "3"}, "timeout is '3'"),
        ({"api_key": "not-to-be-shown"}, r"'api_key' is not known for \w+\. Give keys to the client"),
        ({"base_url": "x"}, "base_urls="),
        ({"max_retries": 3}, "retries="),
        ({"http_client": 3}, "transport="),
        ({"nonsense": 3}, "Allowed: keys, base_urls"),
    ],
)
@pytest.mark.parametrize("kind", [ai.Client, ai.AsyncClient])
def test_a_client_refuses_what_it_cannot_use(kind: Any, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ai.ConfigError, match=message) as caught:
        kind(**arguments)
    assert "not-to-be-shown" not in str(caught.value)


@pytest.mark.parametrize("kind", [Groq, AsyncGroq])
def test_a_typed_client_refuses_the_same(kind: Any) -> None:
    for arguments, message in [
        ({"keys": {}}, "Give keys to the client"),
        ({"num_retries": 1}, "retries="),
        ({"transport": 3}, "transport is of type int"),
    ]:
        with pytest.raises(ai.ConfigError, match=message):
            kind(**arguments)


class Mine(str, enum.Enum):  # noqa: UP042  # as many still have it: its str() is not its value
    SMALL = "openai/gpt-oss-20b"


def test_a_typed_client_calls_its_own_models_by_any_of_their_names(server: Server) -> None:
    server.say(*[stream(sse(*text_chunks("hi")))] * 5)
    names: list[Any] = [
        "openai/gpt-oss-20b", "groq:openai/gpt-oss-20b", GroqModel.OPENAI_GPT_OSS_20B, Mine.SMALL,
        ai.models.get("groq:openai/gpt-oss-20b"),
    ]  # fmt: skip
    with Groq(api_key="k", base_url=server.url) as groq:
        for name in names:
            assert groq.complete(name, "hi").text == "hi"
    assert [sent.json()["model"] for sent in server.sent] == ["openai/gpt-oss-20b"] * 5


def test_a_typed_client_refuses_the_models_of_others(server: Server) -> None:
    names: list[Any] = ["openai:gpt-5.1", OpenAIModel.GPT_5_1, ai.models.get("openai:gpt-5.1")]
    with Groq(api_key="k", base_url=server.url) as groq:
        for name in names:
            with pytest.raises(ai.ConfigError, match="'gpt-5.1' of openai; allowed: a model of groq"):
                groq.stream(name, "hi")
        groq.stream("openai/gpt-oss-20b", "hi")
        groq.stream("mistral:7b", "hi")  # an id as Ollama has them: no model of Mistral is named so
    assert server.sent == []


@pytest.mark.parametrize(
    ("verb", "arguments", "use"),
    [
        ("embed", ("openai:gpt-5.1", "x"), "Use complete"),
        ("complete", ("openai:text-embedding-3-small", "x"), "Use embed"),
        ("complete", ("groq:whisper-large-v3", "x"), "Use transcribe"),
        ("complete", ("cohere:rerank-v3.5", "x"), "Use rerank"),
        ("transcribe", ("openai:tts-1", b"ID3"), "Use speak"),
        ("moderate", ("openai:text-embedding-3-small", "x"), "Use embed"),
        ("speak", ("gemini:gemini-2.5-flash-image", "x"), "Use image"),
        ("image", ("openai:tts-1", "x"), "Use speak"),
        ("rerank", ("cohere:cohere-transcribe-03-2026", "q", ["d"]), "Use transcribe"),
    ],
)
def test_a_model_of_another_kind_is_refused_with_the_verb_for_it(
    verb: str, arguments: tuple[Any, ...], use: str
) -> None:
    with ai.Client(keys=KEYS) as client, pytest.raises(ai.ConfigError, match=f"is of kind .*; allowed for .*{use}"):
        getattr(client, verb)(*arguments)
    with ai.Client(keys=KEYS, validate=False) as client:
        name = "stream" if verb == "complete" else f"stream_{verb}"
        getattr(client, name)(*arguments)


def test_chat_models_that_draw_or_are_reached_by_chat_alone_are_let_through() -> None:
    with ai.Client(keys=KEYS) as client:
        client.stream("gemini:gemini-2.5-flash-image", "a cat")
        client.stream_image("gemini:gemini-2.5-flash-image", "a cat")
        client.stream("together:meta-llama/Llama-Guard-4-12B", "is it safe?")


def test_a_disputed_kind_warns() -> None:
    disputed = [
        model for model in ai.models.find(kind="realtime") if (source := model.source("kind")) and source.differ
    ]
    assert disputed, "no such kind is disputed any more: choose another"
    said = check_kind(disputed[0], load_manifests()[disputed[0].provider], "embeddings")
    assert len(said) == 1
    assert "is of kind realtime" in said[0]
    assert said[0].endswith("other sources disagree")


def test_the_local_engine_refuses_when_it_is_called() -> None:
    def tool(text: str) -> str:
        return text

    image = ai.Message("user", ai.ImagePart(data=b"x"))
    with ai.Client() as client:
        for messages, options, message in [
            ("hi", {"tools": [tool], "template": ""}, "tools and template = '' are given"),
            ("hi", {"output": {"not": {}}}, "output cannot be enforced"),
            ("hi", {"extra_body": {"a": 1}}, "extra_body is given"),
            ("hi", {"tail_free": 0.9}, "'tail_free' is not known for local"),
            ([image], {}, r"messages\[0\] holds an ImagePart"),
        ]:
            with pytest.raises(ai.ConfigError, match=message):
                client.stream("local:smollm2-135m", messages, **options)  # type: ignore[arg-type]
        with pytest.raises(ai.ConfigError, match="extra_headers is given"):
            client.stream_pull("local:smollm2-135m", extra_headers={"x": "y"})


def test_a_provider_is_registered_from_the_fields_of_its_manifest(server: Server) -> None:
    row = manifest_for(server.url)
    fields = {**msgspec.to_builtins(row), "id": "emca", "name": "Emca"}
    server.say(stream(sse(*text_chunks("hi"))))
    ai.register_provider(fields)
    try:
        with ai.Client(keys={"emca": "k"}) as client:
            assert client.complete("emca:m", "hi").text == "hi"
    finally:
        ai.unregister_provider("emca")
    with pytest.raises(ai.ConfigError, match="'emca' is not known"):
        ai.Client().stream("emca:m", "hi")
    for bad, message in [
        ({"id": "x"}, "the manifest of 'x': .*missing required field `name`"),
        ({"id": "x", "name": "X", "docs": "", "nam": 1}, "unknown field `nam`"),
        (3, "manifest is of type int"),
        ("no\0path", "is no path"),
    ]:
        with pytest.raises(ai.ConfigError, match=message):
            ai.register_provider(bad)  # type: ignore[arg-type]
    with pytest.raises(ai.ConfigError, match="factory is of type int"):
        ai.register_provider(row, 3)  # type: ignore[arg-type]
