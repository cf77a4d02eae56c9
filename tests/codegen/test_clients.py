"""The rendered clients, as a user of each provider finds them."""

from __future__ import annotations

import asyncio
import importlib
import json
import subprocess
import sys
from types import ModuleType

import pytest
from fluent_ai.client.provider_client import AsyncProviderClient, ProviderClient
from fluent_ai.http.messages import HttpRequest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.models import list as list_models
from fluent_ai.registry.facts import ModelInfo
from fluent_ai.registry.model_enum import ModelEnum
from fluent_ai.testing import AsyncFakeTransport, FakeResponse, FakeTransport
from fluent_ai_codegen.merge.identity import is_profile
from fluent_ai_providers.groq import AsyncGroq, Groq, Model

PROVIDERS = sorted(load_manifests())
VERBS = {
    "chat": "complete",
    "embeddings": "embed",
    "rerank": "rerank",
    "moderation": "moderate",
    "transcription": "transcribe",
    "speech": "speak",
    "images": "image",
    "pull": "pull",
    "token_counting": "count_tokens",
    "tokenization": "tokenize",
}
LITERALS = {
    "chat": "ChatModelName",
    "embeddings": "EmbeddingModelName",
    "rerank": "RerankModelName",
    "moderation": "ModerationModelName",
    "transcription": "TranscriptionModelName",
    "speech": "SpeechModelName",
    "images": "ImageModelName",
}
SSE = (
    b'data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"content":"Hello"}}]}\n\n'
    b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
)


def module(provider: str) -> ModuleType:
    return importlib.import_module(f"fluent_ai_providers.{provider}")


def answer(request: HttpRequest) -> FakeResponse:
    return FakeResponse([SSE])


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_provider_has_two_clients_options_and_models(provider: str) -> None:
    found = module(provider)
    row = load_manifests()[provider]
    name = row.client_name
    literals = [LITERALS[capability] for capability in row.capabilities if capability in LITERALS]
    options = ["ChatOptions"] if row.chat else []
    assert found.__all__ == sorted(["Model", "ModelName", *literals, *options, name, f"Async{name}"])
    assert issubclass(getattr(found, name), ProviderClient)
    assert issubclass(getattr(found, f"Async{name}"), AsyncProviderClient)
    if row.chat:
        assert set(row.options) <= set(found.ChatOptions.__annotations__)
    for capability in row.capabilities:
        assert hasattr(getattr(found, name), VERBS[capability])
        assert hasattr(getattr(found, f"Async{name}"), VERBS[capability])
    assert all(getattr(found, exported) is not None for exported in found.__all__)


def _vouched(model: ModelInfo) -> bool:
    """Whether it is listed, or its provider's list is not recorded: what sources alone know is no member."""
    profile = model.provider == "bedrock" and is_profile(model.id)
    return model.unlisted_on is None and model.unlisted_until is None and not profile


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_model_of_the_catalog_is_a_member(provider: str) -> None:
    members = list(module(provider).Model)
    assert all(isinstance(member, ModelEnum) and member.provider == provider for member in members)
    assert {member.id for member in members} >= {model.id for model in list_models(provider) if _vouched(model)}


def test_a_module_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match=r"module 'fluent_ai_providers.openai' has no attribute 'Modle'"):
        module("openai").Modle  # noqa: B018


def test_the_enum_is_built_only_when_it_is_asked_for() -> None:
    program = (
        "import sys, fluent_ai_providers.openrouter as m; print('fluent_ai_providers._models' in sys.modules);"
        "m.Model; print('fluent_ai_providers._models.openrouter' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\nTrue\n"


def test_a_typed_client_speaks_to_its_provider() -> None:
    transport = FakeTransport(answer)
    with Groq(api_key="a-key-for-tests", transport=transport) as client:
        reply = client.complete(Model.OPENAI_GPT_OSS_20B, "hi", reasoning_format="hidden")
        with client.stream("a-model-of-tomorrow", "hi", temperature=0.5) as stream:
            assert "".join(stream.text()) == "Hello"
    assert (reply.text, reply.provider) == ("Hello", "groq")
    first, second = (json.loads(request.body) for request in transport.requests)
    assert transport.requests[0].url == "https://api.groq.com/openai/v1/chat/completions"
    assert transport.requests[0].headers["authorization"] == "Bearer a-key-for-tests"
    assert (first["model"], first["reasoning_format"]) == ("openai/gpt-oss-20b", "hidden")
    assert (second["model"], second["temperature"]) == ("a-model-of-tomorrow", 0.5)


def test_its_asynchronous_twin() -> None:
    transport = AsyncFakeTransport(answer)

    async def talk() -> str:
        async with AsyncGroq(api_key="k", base_url="https://proxy.example", transport=transport) as client:
            return (await client.complete(Model.OPENAI_GPT_OSS_20B, "hi")).text

    assert asyncio.run(talk()) == "Hello"
    assert transport.requests[0].url == "https://proxy.example/openai/v1/chat/completions"
