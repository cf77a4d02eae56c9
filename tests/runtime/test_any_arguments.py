"""Whatever the public surface is given, it works or raises a FluentError.

A missing, doubled or positional argument is Python's own TypeError, as everywhere; these are not tried.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.protocols import build_request
from fluent_ai.testing import FakeResponse, FakeTransport
from fluent_ai.verbs.chat_options import ChatOptions
from fluent_ai.verbs.embed import EmbedOptions
from fluent_ai.verbs.image import ImageOptions
from fluent_ai.verbs.rerank import RerankOptions
from fluent_ai.verbs.speak import SpeakOptions
from fluent_ai.verbs.transcribe import TranscribeOptions
from fluent_ai_providers.groq import AsyncGroq, Groq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PROVIDERS = ("openai", "anthropic", "gemini", "cohere", "mistral", "groq", "voyageai", "xai", "bedrock", "ollama")
MODELS = st.sampled_from([f"{provider}:m" for provider in PROVIDERS] + ["local:smollm2-135m"])
many = settings(max_examples=25, suppress_health_check=list(HealthCheck))


def tool(text: str) -> str:
    return text


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(["user", "auto", "low", "http://127.0.0.1:9", "openai:m", "\ud800", "a\0b", "1x1", "wav", "query"]),
    st.sampled_from([10**400, -1, float("nan"), object(), int, tool, print, Path("x"), Path("\0"), ..., 1j]),
    st.binary(max_size=6),
    st.sampled_from([bytearray(b"x"), memoryview(b"x"), {1}, range(2), Exception("x")]),
    st.builds(ai.TextPart, st.one_of(st.text(max_size=3), st.integers())),
    st.sampled_from([
        ai.Message("user", "hi"), ai.Message(3, "x"), ai.Message("user", [3]),  # type: ignore[arg-type, list-item]
        ai.Reply(), ai.Tool("f"), ai.Tool(3), ai.ToolCall("1", "f", {}),  # type: ignore[arg-type]
        ai.Tool("f", parameters={"type": "object", "properties": {"a": object()}}),
        ai.ToolCallPart(3), ai.ToolCallPart(ai.ToolCall(1, 2, 3)), ai.ToolResultPart("1", 2),  # type: ignore[arg-type]
        ai.ToolCallPart(ai.ToolCall("1", "f", {"a": object()})), ai.ReasoningPart("x", signature=3),  # type: ignore[arg-type]
        ai.ImagePart(data=b"x"), ai.ImagePart(url="x"), ai.AudioPart(path="/nowhere"), ai.DocumentPart(data=b"%PDF-"),
        ai.Usage(), ai.Timeouts(), ai.Timeouts(connect="x"), ai.Timeouts(read=-1),  # type: ignore[arg-type]
    ]),
)  # fmt: skip
ROWS = st.fixed_dictionaries({}, optional={
    "role": st.one_of(st.sampled_from(["user", "assistant", "tool", "system"]), LEAVES), "content": LEAVES,
    "tool_calls": LEAVES, "tool_call_id": LEAVES, "cache": LEAVES, "type": st.one_of(st.just("function"), LEAVES),
    "function": LEAVES, "name": LEAVES,
})  # fmt: skip
JUNK = st.recursive(
    st.one_of(LEAVES, ROWS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner),
        st.dictionaries(st.one_of(st.text(max_size=3), st.sampled_from(PROVIDERS), st.integers()), inner, max_size=2),
    ),
    max_leaves=5,
)


def options(*kinds: type) -> st.SearchStrategy[dict[str, Any]]:
    names = sorted({name for kind in kinds for name in kind.__annotations__})
    return st.dictionaries(st.sampled_from(names), JUNK, max_size=2)


def only_fluent(call: Callable[[], object]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            call()
        except ai.FluentError as error:
            assert str(error)  # noqa: PT017  # any of them will do
            repr(error)


def answer(_: object) -> FakeResponse:
    return FakeResponse([b"{}"], 400, {"content-type": "application/json"})


@pytest.fixture(scope="module")
def client() -> Any:
    keys: dict[str, Any] = dict.fromkeys(PROVIDERS[:-2], "k") | {"bedrock": ai.AwsKeys("a", "b")}
    where: dict[str, Any] = {"bedrock": {"region": "us-east-1"}}
    with ai.Client(keys=keys, base_urls=where, retries=0, transport=FakeTransport(answer)) as made:  # type: ignore[arg-type]
        yield made


@many
@given(MODELS, JUNK, options(ChatOptions))
def test_chat(client: ai.Client, model: str, messages: Any, given: dict[str, Any]) -> None:
    if model.startswith("local:"):
        only_fluent(lambda: client.stream(model, messages, **given))
    else:
        only_fluent(lambda: client.complete(model, messages, **given))
        only_fluent(lambda: build_request(model.partition(":")[0], "m", messages, **given))


@many
@given(MODELS, options(ChatOptions))
def test_chat_options(client: ai.Client, model: str, given: dict[str, Any]) -> None:
    only_fluent(lambda: client.stream(model, "hi", **given))


@many
@given(st.one_of(MODELS, JUNK), JUNK, st.dictionaries(st.text(max_size=5), JUNK, max_size=2), st.data())
def test_other_verbs(client: ai.Client, model: Any, subject: Any, stray: dict[str, Any], data: st.DataObject) -> None:
    verbs: list[tuple[Callable[..., object], tuple[object, ...], type]] = [
        (client.embed, (subject,), EmbedOptions),
        (client.rerank, (subject, data.draw(JUNK)), RerankOptions),
        (client.moderate, (subject,), EmbedOptions),
        (client.transcribe, (subject,), TranscribeOptions),
        (client.speak, (subject,), SpeakOptions),
        (client.image, (subject,), ImageOptions),
    ]
    verb, subjects, kind = data.draw(st.sampled_from(verbs))
    chosen = data.draw(options(kind))
    only_fluent(lambda: verb(model, *subjects, **chosen))
    only_fluent(lambda: client.stream_pull(model, **chosen))
    names = [name for name in stray if name not in ("self", "model", "inputs", "query", "documents", "text", "audio")]
    only_fluent(lambda: client.stream_embed("openai:m", "x", **{name: stray[name] for name in names}))


@many
@given(st.dictionaries(st.sampled_from(
    ["keys", "base_urls", "headers", "timeout", "retries", "transport", "manifests", "registry", "validate", "x"]
), JUNK, max_size=3))  # fmt: skip
def test_clients(arguments: dict[str, Any]) -> None:
    def use(kind: Any) -> None:
        made = kind(**arguments)
        made.providers()
        made.stream("ollama:m", "hi")

    only_fluent(lambda: use(ai.Client))
    only_fluent(lambda: ai.AsyncClient(**arguments))
    typed = {{"keys": "api_key", "base_urls": "base_url"}.get(name, name): value for name, value in arguments.items()}
    only_fluent(lambda: Groq(**typed).stream("m", "hi"))
    only_fluent(lambda: AsyncGroq(**typed))


@many
@given(JUNK, JUNK)
def test_what_clients_are_asked(client: ai.Client, one: Any, other: Any) -> None:
    fresh = ai.Client()
    for call in (
        lambda: client.model(one),
        lambda: client.stream(one, "hi"),
        lambda: fresh.set_key(one, other),
        lambda: fresh.set_key("openai", one),
        lambda: ai.register_provider(one) if not isinstance(one, ai.Manifest) else None,
        lambda: ai.register_provider(one, other),
        lambda: ai.unregister_provider(one),
        lambda: Groq(api_key="k").stream(one, other),
    ):
        only_fluent(call)


@many
@given(JUNK, JUNK)
def test_structs(one: Any, other: Any) -> None:
    for call in (
        lambda: ai.ImagePart(data=one),
        lambda: ai.ImagePart(path=one, media_type=other),
        lambda: ai.DocumentPart(url=one, name=other),
        lambda: hash(ai.Message("user", "x")) and ai.Message(one, other),
        lambda: ai.Message("user", one),
        lambda: ai.fold(one),
        lambda: ai.parse_partial(one),
        lambda: ai.PartialJSON().feed(one),
        lambda: ai.call_tool(one, other),
        lambda: ai.call_tool(ai.ToolCall("1", "tool", one), [tool]),
        lambda: ai.call_tool(ai.ToolCall("1", "tool", {"text": "x"}), one),
        lambda: ai.Reply(parts=(ai.TextPart("{}"),)).output_as(one),
    ):
        only_fluent(call)


@many
@given(st.one_of(st.sampled_from(["openai:gpt-5.1", "gpt", "openai", "tools", "id", "-prices.input"]), JUNK), JUNK)
def test_models(one: Any, other: Any) -> None:
    registry = ai.models.Registry()
    filters = ("kind", "provider", "tools", "min_context", "max_input_price", "status", "input", "available_on", "x")
    calls: list[Callable[[], object]] = [
        lambda: registry.get(one),
        lambda: registry.list(one),
        lambda: registry.find(one, limit=other),
        lambda: registry.find("gpt", sort=one),
        *(lambda name=name: registry.find(**{name: one}) for name in filters),  # type: ignore[misc]
        lambda: registry.cost(one, other),
        lambda: registry.cost(ai.Usage(input_tokens=1), one),
        lambda: registry.estimate("openai:gpt-5.1", one, other),
        lambda: registry.cheapest(input_tokens=one, limit=other),
        lambda: registry.compare(one, other),
        lambda: registry.define(one, tools=other),
        lambda: registry.define("openai:mine", context_window=one),
        lambda: registry.overlay(one),
        lambda: registry.as_of(one),
    ]
    for call in calls:
        only_fluent(call)
