"""Tools that providers run themselves: one vocabulary, each provider's own words on the wire."""

from __future__ import annotations

import json
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.manifest.files import load_manifests
from fluent_ai.protocols.chat.hosted_tools import FORMS
from fluent_ai.testing import FakeResponse, FakeTransport, fake_provider

hosted = ai.tools.hosted


def sent(model: str, *tools: Any, **options: Any) -> tuple[str, dict[str, str], dict[str, Any]]:
    """The path, the headers and the body of the request that asks for these tools."""
    transport = FakeTransport(lambda request: FakeResponse(status=400, body=[b"{}"]))
    provider = model.partition(":")[0]
    client = ai.Client(keys={provider: "k"}, transport=transport, retries=0)
    with pytest.raises(ai.FluentError):
        client.complete(model, "hi", tools=list(tools), **options)
    (request,) = transport.requests
    return request.url, dict(request.headers), json.loads(request.body)


def test_openai_is_asked_on_the_api_that_has_them():
    url, _, body = sent(
        "openai:gpt-5.1",
        hosted.web_search(allowed_domains=["example.org"]),
        hosted.code_interpreter(),
        hosted.file_search(["vs_1"], max_results=3),
        hosted.mcp("docs", "https://mcp.example.org", allowed_tools=("look",)),
    )
    assert url == "https://api.openai.com/v1/responses"
    assert body["tools"] == [
        {"type": "web_search", "filters": {"allowed_domains": ["example.org"]}},
        {"type": "code_interpreter", "container": {"type": "auto"}},
        {"type": "file_search", "vector_store_ids": ["vs_1"], "max_num_results": 3},
        {
            "type": "mcp", "require_approval": "never", "server_label": "docs",
            "server_url": "https://mcp.example.org", "allowed_tools": ["look"],
        },
    ]  # fmt: skip


def test_without_them_nothing_changes():
    def add(a: int) -> int:
        """Add."""
        return a

    url, headers, _ = sent("openai:gpt-5.1", add)
    assert url == "https://api.openai.com/v1/chat/completions"
    _, headers, body = sent("anthropic:claude-sonnet-4-5", add)
    assert "anthropic-beta" not in headers
    assert len(body["tools"]) == 1


def test_functions_and_hosted_tools_stand_side_by_side():
    def add(a: int) -> int:
        """Add."""
        return a

    _, headers, body = sent("anthropic:claude-sonnet-4-5", add, hosted.web_search(max_uses=3), hosted.web_fetch())
    assert [each["name"] for each in body["tools"]] == ["add", "web_search", "web_fetch"]
    assert body["tools"][1] == {"type": "web_search_20250305", "name": "web_search", "max_uses": 3}
    assert headers["anthropic-beta"] == "web-fetch-2025-09-10"


def test_features_join_those_that_the_caller_names():
    mine = {"anthropic-beta": "mine-1,code-execution-2025-08-25"}
    tools = hosted.code_interpreter(), hosted.mcp("docs", "https://mcp.example.org", token="t")
    _, headers, body = sent("anthropic:claude-sonnet-4-5", *tools, extra_headers=mine)
    assert headers["anthropic-beta"] == "mine-1,code-execution-2025-08-25,mcp-client-2025-04-04"
    assert body["mcp_servers"] == [
        {"type": "url", "name": "docs", "url": "https://mcp.example.org", "authorization_token": "t"}
    ]


@pytest.mark.parametrize(
    ("model", "tool", "field", "wire"),
    [
        ("gemini:gemini-2.5-flash", hosted.web_search(), "tools", {"googleSearch": {}}),
        (
            "gemini:gemini-2.5-flash",
            hosted.file_search(["s"]),
            "tools",
            {"fileSearch": {"fileSearchStoreNames": ["s"]}},
        ),
        ("groq:openai/gpt-oss-20b", hosted.web_search(), "tools", {"type": "browser_search"}),
        ("openrouter:openai/gpt-5.1", hosted.web_search(max_results=2), "plugins", {"id": "web", "max_results": 2}),
        (
            "xai:grok-4",
            hosted.web_search(blocked_domains=["example.org"]),
            "tools",
            {"type": "web_search", "filters": {"excluded_domains": ["example.org"]}},
        ),
        (
            "perplexity:openai/gpt-5.1",
            hosted.web_search(allowed_domains=["example.org"], location={"country": "FR"}),
            "tools",
            {
                "type": "web_search",
                "filters": {"search_domain_filter": ["example.org"]},
                "user_location": {"country": "FR"},
            },
        ),
        ("perplexity:openai/gpt-5.1", hosted.web_fetch(), "tools", {"type": "fetch_url"}),
        ("mistral:mistral-large-latest", hosted.web_search(), "tools", {"type": "web_search"}),
        (
            "mistral:mistral-large-latest",
            hosted.file_search(["lib_1"]),
            "tools",
            {"type": "document_library", "library_ids": ["lib_1"]},
        ),
    ],
)
def test_each_provider_is_asked_in_its_own_words(model: str, tool: ai.tools.hosted.HostedTool, field: str, wire: Any):
    _, _, body = sent(model, tool, validate=False)
    assert body[field] == [wire]


def test_a_model_that_always_searches_takes_how():
    given = {"search_context_size": "high"}
    tool = hosted.web_search(allowed_domains=["example.org"], location={"country": "FR"})
    _, _, body = sent("perplexity:sonar-pro", tool, web_search_options=given)
    assert body["search_domain_filter"] == ["example.org"]
    assert body["web_search_options"] == {"search_context_size": "high", "user_location": {"country": "FR"}}
    assert "tools" not in body
    assert given == {"search_context_size": "high"}


@pytest.mark.parametrize(
    ("model", "tool", "said"),
    [
        ("deepseek:deepseek-chat", hosted.web_search(), "web_search, which deepseek does not run .*: none"),
        (
            "mistral:mistral-large-latest",
            hosted.image_generation(),
            "it runs: web_search, code_interpreter, file_search",
        ),
        ("groq:llama-3.3-70b-versatile", hosted.web_search(), "web_search, which groq does not run"),
        ("gemini:gemini-2.5-flash", hosted.image_generation(), "it runs: web_search, web_fetch, code_interpreter"),
        (
            "openai:gpt-5.1",
            hosted.web_search(max_uses=3),
            "max_uses is no option of web_search here; allowed: allowed",
        ),
        ("gemini:gemini-2.5-flash", hosted.web_search(max_uses=3), "allowed: none"),
        (
            "perplexity:sonar",
            hosted.web_fetch(),
            "web_fetch, which perplexity does not run for 'sonar'; it runs: web_s",
        ),
    ],
)
def test_what_a_provider_does_not_run_is_refused_by_name(model: str, tool: Any, said: str):
    provider = model.partition(":")[0]
    with pytest.raises(ai.ConfigError, match=said):
        ai.Client(keys={provider: "k"}).stream(model, "hi", tools=[tool], validate=False)


def test_models_of_this_process_run_none():
    with fake_provider("never") as fake, pytest.raises(ai.ConfigError, match="web_search, which fake does not run"):
        ai.Client().complete("fake:x", "hi", tools=[hosted.web_search()])
    assert fake.requests == []


def test_a_run_passes_them_on():
    with pytest.raises(ai.ConfigError, match="does not run"), fake_provider("never"):
        ai.Client().run("fake:x", "hi", tools=[hosted.web_search()])


def test_every_route_that_lists_tools_has_words_for_them():
    routes = [(each.id, route) for each in load_manifests().values() for route in each.chat if route.hosted_tools]
    assert len(routes) >= 8
    for provider, route in routes:
        assert set(route.hosted_tools) <= set(FORMS[route.hosted_dialect or route.protocol]), provider


def test_a_token_is_not_shown():
    assert "secret" not in repr(hosted.mcp("docs", "https://mcp.example.org", token="secret"))
