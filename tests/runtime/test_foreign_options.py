"""What people bring along from other SDKs: refused before anything is sent, with the name that it has here."""

from __future__ import annotations

from typing import Any

import fluent_ai as ai
import msgspec
import pytest
from fluent_ai.content.requests import ChatRequest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.verbs.base import Target
from fluent_ai.verbs.chat_options import build_chat_request
from fluent_ai.verbs.foreign_options import _ANYWHERE, _HINTS
from scripted_server import Server, manifest_for


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("stream", True, r"client\.stream\("),
        ("stream", None, r"client\.stream\("),
        ("response_format", {"type": "json_object"}, "output="),
        ("functions", [{}], "tools="),
        ("function_call", "auto", "tool_choice="),
        ("max_completion_tokens", 10, "max_tokens="),
        ("max_output_tokens", 10, "max_tokens="),
        ("stream_options", {"include_usage": True}, "Usage comes"),
        ("stop_sequences", ["x"], "stop="),
        ("system_instruction", "x", "system="),
        ("thinking", {"type": "enabled"}, "reasoning="),
        ("generation_config", {}, "one by one"),
        ("num_retries", 3, "retries= to the client"),
        ("api_key", "sk-not-to-be-shown", r"Client\(keys="),
        ("api_base", "http://x", "base_urls="),
        ("request_timeout", 3, "timeout= to the client"),
        ("user", "u", "It is one of .*openai"),
        ("parallel_tool_calls", False, "It is one of .*openai"),
        ("n", 2, "A reply is one answer"),
        ("dimensions", 3, "extra_body="),
    ],
)
def test_an_option_of_another_sdk_is_named_as_it_is_here(
    server: Server, client: ai.Client, name: str, value: object, hint: str
) -> None:
    options: dict[str, Any] = {name: value}
    with pytest.raises(ai.ConfigError, match=hint) as caught:
        client.stream("acme:m", "hi", **options)
    assert repr(name) in str(caught.value) or name == "n"
    assert "not-to-be-shown" not in str(caught.value)
    assert server.sent == []


def test_other_verbs_have_hints_of_their_own() -> None:
    with ai.Client(keys={"openai": "k", "cohere": "k"}) as client:
        calls: list[tuple[Any, tuple[object, ...], dict[str, object], str]] = [
            (client.embed, ("openai:text-embedding-3-small", "x"), {"output_dimensionality": 2}, "dimensions="),
            (client.rerank, ("cohere:rerank-v3.5", "q", ["d"]), {"return_documents": True}, "holds the documents"),
            (client.moderate, ("openai:omni-moderation-latest", "x"), {"input": "x"}, "Pass inputs"),
            (client.transcribe, ("openai:whisper-1", b"ID3"), {"response_format": "json"}, "timestamps="),
            (client.speak, ("openai:tts-1", "x"), {"response_format": "wav"}, "format="),
            (client.image, ("openai:gpt-image-1", "x"), {"aspect_ratio": "1:1"}, "size="),
            (client.pull, ("ollama:llama3",), {"stream": True}, "stream_pull"),
        ]
        for verb, arguments, options, hint in calls:
            with pytest.raises(ai.ConfigError, match=hint):
                verb(*arguments, **options)


def test_a_hint_hides_no_option_of_ours() -> None:
    known = {*ChatRequest.COMMON, "extra_body", "extra_headers", "validate"}
    assert not known & {name for names in _HINTS["chat"].values() for name in names.split()}
    assert not known & {name for names in _ANYWHERE.values() for name in names.split()}
    for rows in (*_HINTS.values(), _ANYWHERE):
        named = [name for names in rows.values() for name in names.split()]
        assert len(named) == len(set(named)), "a name has two hints"


@pytest.mark.parametrize("provider", sorted(load_manifests()))
def test_what_a_provider_has_of_its_own_is_sent_whatever_others_call_it(provider: str) -> None:
    """`thinking` of Anthropic is no foreign option there."""
    row = load_manifests()[provider]
    values = {"string": "x", "integer": 1, "number": 1.0, "boolean": True, "object": {"a": 1}, "array": ["a"]}
    for option, kind in row.options.items():
        request = build_chat_request(Target(row, row.chat[0], "m"), "hi", {option: values[kind]})
        assert request.options == {option: values[kind]}


def test_one_answer_may_be_asked_for(server: Server) -> None:
    row = msgspec.structs.replace(manifest_for(server.url), options={"n": "integer"})
    with ai.Client(keys={"acme": "k"}, manifests=[row]) as client:
        for several in (2, 0, "1", True, 1.5):
            with pytest.raises(ai.ConfigError, match="make one call for each"):
                client.stream("acme:m", "hi", n=several)  # type: ignore[call-arg]
        client.stream("acme:m", "hi", n=1)  # type: ignore[call-arg]
    with pytest.raises(ai.ConfigError, match="make one call for each"):
        ai.Client(keys={"gemini": "k"}).stream("gemini:gemini-2.5-flash", "hi", candidateCount=2)  # type: ignore[call-arg]
