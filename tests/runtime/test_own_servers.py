"""Servers that users run for themselves: an address, and no key where none is wanted."""

from __future__ import annotations

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.protocols import build_request
from scripted_server import Server
from wire_answers import HELLO, model_list

OWN = ("litellm", "llama_cpp", "lm_studio", "openai_compatible", "sglang", "tgi", "vllm")


def test_they_are_the_rows_of_which_nothing_is_fetched() -> None:
    rows = load_manifests().values()
    assert tuple(row.id for row in rows if row.model_list is not None and not row.model_list.shared) == OWN
    assert not any(row.auth.required for row in rows if row.id in OWN)


@pytest.mark.parametrize("provider", OWN)
def test_no_key_is_sent_where_there_is_none(provider: str, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "LLAMA_API_KEY", "HF_TOKEN"):
        monkeypatch.setenv(name, "a-key-of-somebody-else")
    for name in load_manifests()[provider].auth.env:
        monkeypatch.delenv(name, raising=False)
    server.say(HELLO["openai_chat"])
    with ai.Client(base_urls={provider: server.url}) as client:
        assert client.complete(f"{provider}:my-model", "hi").text == "Hello"
    assert "authorization" not in server.sent[0].headers
    assert b"somebody" not in server.sent[0].body + repr(server.sent[0].headers).encode()


def test_the_generic_row_has_no_address_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_COMPATIBLE_BASE_URL", raising=False)
    with pytest.raises(ai.ConfigError, match="no base URL. Set OPENAI_COMPATIBLE_BASE_URL, or pass base_urls="):
        build_request("openai_compatible", "m", "hi")
    with pytest.raises(ai.ConfigError, match="no base URL"):
        ai.Client().models("openai_compatible")
    monkeypatch.setenv("OPENAI_COMPATIBLE_BASE_URL", "localhost:8000/v1")
    monkeypatch.setenv("OPENAI_COMPATIBLE_API_KEY", "my-own-key")
    request = build_request("openai_compatible", "m", "hi")
    assert (request.url, request.headers["authorization"]) == (
        "http://localhost:8000/v1/chat/completions",
        "Bearer my-own-key",
    )
    monkeypatch.setenv("OPENAI_COMPATIBLE_BASE_URL", "models.example.com/v1")
    assert build_request("openai_compatible", "m", "hi").url == "https://models.example.com/v1/chat/completions"


def test_their_models_are_asked_for(server: Server) -> None:
    row = load_manifests()["vllm"]
    assert row.model_list is not None
    server.say(model_list(row.model_list))
    with ai.Client(base_urls={"vllm": server.url}) as client:
        assert client.models("vllm")


def test_the_gateway_of_cloudflare_takes_its_token_in_a_header_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CF_AIG_TOKEN", "gateway-token")
    monkeypatch.setenv("CLOUDFLARE_ACCOUNT_ID", "acme")
    monkeypatch.delenv("CLOUDFLARE_GATEWAY_ID", raising=False)
    request = build_request("cloudflare_gateway", "openai/gpt-4.1", "hi")
    assert request.url == "https://gateway.ai.cloudflare.com/v1/acme/default/compat/chat/completions"
    assert request.headers["cf-aig-authorization"] == "Bearer gateway-token"
    assert "authorization" not in request.headers
