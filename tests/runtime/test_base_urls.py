"""Base URLs as vendors and other tools print them: joined once, taken from the environment, or refused."""

from __future__ import annotations

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.protocols.shared.codec import other_url
from fluent_ai.providers.addresses import join, resolve
from fluent_ai.providers.table import Credentials, ProviderTable
from scripted_server import Server

OPENAI = "https://api.openai.com/v1"


@pytest.mark.parametrize(
    ("provider", "given", "path", "expected"),
    [
        ("groq", "https://api.groq.com/openai/v1", "/openai/v1/models", "https://api.groq.com/openai/v1/models"),
        ("groq", "https://gw.example/groq/openai/v1/", "/openai/v1/x", "https://gw.example/groq/openai/v1/x"),
        ("groq", "https://api.groq.com/openai/v1/chat/completions", "/openai/v1/x", "https://api.groq.com/openai/v1/x"),
        ("azure", "https://r.openai.azure.com/openai/v1/", "/openai/deployments/d/x", "https://r.openai.azure.com/openai/deployments/d/x"),
        ("anthropic", "https://api.anthropic.com/v1/messages", "/v1/models", "https://api.anthropic.com/v1/models"),
        ("cohere", "https://api.cohere.com/v2", "/v1/models", "https://api.cohere.com/v1/models"),
        ("cohere", "https://gw.example/v12/mount", "/v2/chat", "https://gw.example/v12/mount/v2/chat"),
        ("ollama", "http://localhost:11434/v1", "/api/chat", "http://localhost:11434/api/chat"),
        ("openai", OPENAI, "/chat/completions", f"{OPENAI}/chat/completions"),
        ("openai", f"{OPENAI}/chat/completions", "/embeddings", f"{OPENAI}/embeddings"),
        ("perplexity", "https://gw.example/v1", "/chat/completions", "https://gw.example/v1/chat/completions"),
        ("perplexity", "https://gw.example/v1", "/v1/agent", "https://gw.example/v1/agent"),
        ("openai", "https://gw.example/chat", "/chat/completions", "https://gw.example/chat/chat/completions"),
        ("openai", "api.openai.com", "/responses", f"{OPENAI}/responses"),
        ("openai", "https://gw.example", "/responses", "https://gw.example/responses"),
        ("mistral", "https://api.mistral.ai", "/x", "https://api.mistral.ai/v1/x"),
        ("openrouter", "https://openrouter.ai/api", "/x", "https://openrouter.ai/api/v1/x"),
        ("gemini", "https://generativelanguage.googleapis.com/", "/x", "https://generativelanguage.googleapis.com/v1beta/x"),
        ("gemini", "https://generativelanguage.googleapis.com/v1beta/openai/", "/x", "https://generativelanguage.googleapis.com/v1beta/x"),
        ("gemini", "https://generativelanguage.googleapis.com/v1", "/x", "https://generativelanguage.googleapis.com/v1/x"),
        ("deepseek", "https://api.deepseek.com/anthropic", "/x", "https://api.deepseek.com/x"),
        ("deepseek", "https://api.deepseek.com/beta", "/x", "https://api.deepseek.com/beta/x"),
        ("qianwen", "https://dashscope-intl.aliyuncs.com/api/v1", "/x", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1/x"),
        ("azure_foundry", "https://r.services.ai.azure.com", "/x", "https://r.services.ai.azure.com/models/x"),
        ("databricks", "https://h.example", "/x", "https://h.example/x"),
    ],
)  # fmt: skip
def test_a_base_url_that_holds_the_start_of_the_path_is_joined_once(
    provider: str, given: str, path: str, expected: str
) -> None:
    assert join(resolve(ProviderTable().get(provider), given), path) == expected


def test_addresses_of_the_manifests_are_joined_as_they_stand() -> None:
    for manifest in ProviderTable().all().values():
        for capability in manifest.capabilities:
            for route in manifest.routes(capability):
                base = route.base_url or manifest.base_url
                assert join(base, route.path) == base + route.path, (manifest.id, route.path)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (":11434", "http://localhost:11434"),
        ("::1", "http://[::1]:11434"),
        ("[::1]:9", "http://[::1]:9"),
        ("0.0.0.0", "http://127.0.0.1:11434"),  # noqa: S104  # what people set
        ("0.0.0.0:9", "http://127.0.0.1:9"),
        ("[::]:9", "http://[::1]:9"),
        ("box", "http://box:11434"),
        (" http://box:9/api/ ", "http://box:9"),
    ],
)
def test_the_forms_of_ollama_host(host: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", host)
    assert resolve(ProviderTable().get("ollama"), None) == expected


def test_a_variable_that_names_a_host_gets_the_providers_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Google's own SDK reads it."""
    monkeypatch.setenv("GOOGLE_GEMINI_BASE_URL", "https://gw.example/gemini/")
    gemini = ProviderTable().get("gemini")
    assert resolve(gemini, None) == "https://gw.example/gemini/v1beta"
    assert resolve(gemini, "https://gw.example/v1beta") == "https://gw.example/v1beta"


def test_the_address_of_every_provider_can_be_set_by_the_environment() -> None:
    table = ProviderTable().all().values()
    assert [each.id for each in table if each.base_url and not (each.base_url_env or each.host_env)] == []


@pytest.mark.parametrize(
    ("provider", "region", "meant"), [("bedrock", "us-esat-1", "us-east-1"), ("watsonx", "us-sout", "us-south")]
)
def test_an_unknown_region_is_refused(provider: str, region: str, meant: str) -> None:
    manifest = ProviderTable().get(provider)
    with pytest.raises(ai.ConfigError, match=f"is '{region}', which is not known. Did you mean .*{meant}"):
        resolve(manifest, {"region": region})
    assert f"{meant}." in resolve(manifest, {"region": meant})


def test_an_unknown_region_of_vertex_is_refused() -> None:
    vertex = ProviderTable().get("vertexai")
    assert "us-central1" in resolve(vertex, {"project": "p", "location": "us-central1"})
    with pytest.raises(ai.ConfigError, match="'us-centrall1', which is not known. Did you mean us-central1"):
        resolve(vertex, {"project": "p", "location": "us-centrall1"})


def test_azure_has_sovereign_clouds_and_versions_of_its_api(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AZURE_OPENAI_ENDPOINT", "AZURE_API_BASE", "OPENAI_API_VERSION", "AZURE_API_VERSION"):
        monkeypatch.delenv(name, raising=False)
    azure = ProviderTable().get("azure")
    assert resolve(azure, {"resource": "r"}) == "https://r.openai.azure.com"
    assert resolve(azure, {"resource": "r", "cloud": "us_government"}) == "https://r.openai.azure.us"
    for provider in ("azure", "azure_deployments"):
        credentials = Credentials({provider: "key-0123456789"}, {provider: {"resource": "r"}})
        manifest = ProviderTable().get(provider)
        route = manifest.transcription[0]
        monkeypatch.setenv("OPENAI_API_VERSION", "2026-01-01")
        endpoint = credentials.endpoint(manifest, route)
        assert endpoint.url.endswith("/openai/deployments/{model}/audio/transcriptions?api-version=2026-01-01")
        assert other_url(endpoint).endswith("/openai/deployments/{model}/audio/translations?api-version=2026-01-01")
        given = Credentials({provider: "key-0123456789"}, {provider: {"resource": "r", "api_version": "2027-07-07"}})
        assert given.endpoint(manifest, route).url.endswith("api-version=2027-07-07")


@pytest.mark.parametrize("provider", ["azure", "azure_deployments"])
def test_azure_is_called_in_a_version_that_has_every_route(monkeypatch: pytest.MonkeyPatch, provider: str) -> None:
    """Speech was in previews only, and no version before this one has gpt-image and the changing of pictures."""
    for name in ("AZURE_OPENAI_ENDPOINT", "AZURE_API_BASE", "OPENAI_API_VERSION", "AZURE_API_VERSION"):
        monkeypatch.delenv(name, raising=False)
    manifest = ProviderTable().get(provider)
    credentials = Credentials({provider: "key-0123456789"}, {provider: {"resource": "r"}})
    for route in (*manifest.transcription, *manifest.speech, *manifest.images):
        endpoint = credentials.endpoint(manifest, route)
        assert endpoint.url.endswith("?api-version=2025-04-01-preview")
        if route.media.other_path:
            assert other_url(endpoint).endswith("?api-version=2025-04-01-preview")


@pytest.mark.parametrize(
    ("provider", "given", "base"),
    [
        ("openai", "https://proxy.example/v1/models", "https://proxy.example/v1"),
        ("openai", "https://proxy.example/v1/embeddings", "https://proxy.example/v1"),
        ("openai", "https://proxy.example/openai/v1/responses/", "https://proxy.example/openai/v1"),
        ("openai", "https://proxy.example/models", "https://proxy.example/models"),
        ("openai", "https://proxy.example/embeddings", "https://proxy.example/embeddings"),
        ("gemini", "https://proxy.example/v1beta/models", "https://proxy.example/v1beta"),
        ("gemini", "https://proxy.example/v1beta/models/gemini-x:generateContent", "https://proxy.example/v1beta"),
    ],
)
def test_an_endpoint_that_was_given_whole_is_joined_once(provider: str, given: str, base: str) -> None:
    """Without a version before it, a single segment is a folder of somebody's gateway."""
    assert resolve(load_manifests()[provider], given) == base


@pytest.mark.parametrize("given", ["http://h\x00", "http://h\x7f/v1", "https://h/v1\x1b[31m"])
def test_control_characters_are_no_part_of_an_address(given: str) -> None:
    with pytest.raises(ai.ConfigError, match=r"base URL .*; allowed: an http\(s\) URL") as caught:
        resolve(load_manifests()["openai"], given)
    assert str(caught.value).isprintable()
