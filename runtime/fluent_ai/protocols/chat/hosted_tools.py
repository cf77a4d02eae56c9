"""How each protocol asks for tools that the provider runs itself: one vocabulary, written in its own words.

Sources: https://platform.openai.com/docs/guides/tools, https://docs.claude.com/en/docs/agents-and-tools/tool-use,
https://ai.google.dev/gemini-api/docs/tools, https://docs.x.ai/docs/guides/tools/overview,
https://console.groq.com/docs/compound, https://openrouter.ai/docs/features/web-search,
https://docs.perplexity.ai/api-reference, https://docs.mistral.ai/agents/connectors.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import HostedKind, HostedTool
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import Route


class WireForm(NamedTuple):
    """One hosted tool on the wire."""

    tool: Mapping[str, Any]
    """The object that asks for it."""
    options: Mapping[str, str] = {}
    """Our names of its options, with their places in that object."""
    field: str = "tools"
    """The list of the body that takes the object; empty where its fields are those of the body itself."""
    beta: str = ""
    """A feature that the header `anthropic-beta` must name."""


_DOMAINS = {"allowed_domains": "allowed_domains", "blocked_domains": "blocked_domains"}
_FILTERS = {"allowed_domains": "filters.allowed_domains"}
_SCREEN = {"width": "display_width", "height": "display_height", "environment": "environment"}
_OPENAI_MCP = {"name": "server_label", "url": "server_url", "token": "authorization", "allowed_tools": "allowed_tools"}

FORMS: dict[str, dict[HostedKind, WireForm]] = {
    "openai_responses": {
        "web_search": WireForm({"type": "web_search"}, {**_FILTERS, "location": "user_location"}),
        "code_interpreter": WireForm({"type": "code_interpreter", "container": {"type": "auto"}}),
        "file_search": WireForm(
            {"type": "file_search"}, {"stores": "vector_store_ids", "max_results": "max_num_results"}
        ),
        "image_generation": WireForm({"type": "image_generation"}, {"size": "size", "quality": "quality"}),
        "computer_use": WireForm({"type": "computer_use_preview", "environment": "browser"}, _SCREEN),
        "mcp": WireForm({"type": "mcp", "require_approval": "never"}, _OPENAI_MCP),
    },
    "xai": {
        "web_search": WireForm({"type": "web_search"}, {**_FILTERS, "blocked_domains": "filters.excluded_domains"}),
        "code_interpreter": WireForm({"type": "code_interpreter"}),
        "mcp": WireForm({"type": "mcp"}, _OPENAI_MCP),
    },
    "anthropic_messages": {
        "web_search": WireForm(
            {"type": "web_search_20250305", "name": "web_search"},
            {"max_uses": "max_uses", "location": "user_location", **_DOMAINS},
        ),
        "web_fetch": WireForm(
            {"type": "web_fetch_20250910", "name": "web_fetch"},
            {"max_uses": "max_uses", "max_tokens": "max_content_tokens", **_DOMAINS},
            beta="web-fetch-2025-09-10",
        ),
        "code_interpreter": WireForm(
            {"type": "code_execution_20250825", "name": "code_execution"}, beta="code-execution-2025-08-25"
        ),
        "computer_use": WireForm(
            {"type": "computer_20250124", "name": "computer"},
            {"width": "display_width_px", "height": "display_height_px"},
            beta="computer-use-2025-01-24",
        ),
        "mcp": WireForm(
            {"type": "url"},
            {
                "name": "name", "url": "url", "token": "authorization_token",
                "allowed_tools": "tool_configuration.allowed_tools",
            },
            field="mcp_servers",
            beta="mcp-client-2025-04-04",
        ),
    },
    "gemini": {
        "web_search": WireForm({"googleSearch": {}}),
        "web_fetch": WireForm({"urlContext": {}}),
        "code_interpreter": WireForm({"codeExecution": {}}),
        "file_search": WireForm({"fileSearch": {}}, {"stores": "fileSearch.fileSearchStoreNames"}),
    },
    "groq": {
        "web_search": WireForm({"type": "browser_search"}),
        "code_interpreter": WireForm({"type": "code_interpreter"}),
    },
    "openrouter": {
        "web_search": WireForm({"id": "web"}, {"max_results": "max_results"}, field="plugins"),
    },
    "mistral_conversations": {
        "web_search": WireForm({"type": "web_search"}),
        "code_interpreter": WireForm({"type": "code_interpreter"}),
        "file_search": WireForm({"type": "document_library"}, {"stores": "library_ids"}),
    },
    "perplexity_agent": {
        "web_search": WireForm(
            {"type": "web_search"}, {"allowed_domains": "filters.search_domain_filter", "location": "user_location"}
        ),
        "web_fetch": WireForm({"type": "fetch_url"}),
    },
    # Sonar models search in any case.
    "sonar": {
        "web_search": WireForm(
            {},
            {"allowed_domains": "search_domain_filter", "location": "web_search_options.user_location"},
            field="",
        ),
    },
}  # fmt: skip
"""By protocol, or by the dialect that a route names."""


def add_hosted(body: JsonObject, request: ChatRequest, route: Route) -> None:
    """Put the hosted tools of the request into the body. Raises ConfigError for an option that one does not have."""
    for tool in request.hosted_tools:
        form = _form(tool, route)
        made: JsonObject = deepcopy(dict(form.tool)) if form.field else body
        for name, value in tool.options.items():
            if name not in form.options:
                raise ConfigError(
                    f"{name} is no option of {tool.kind} here; allowed: {', '.join(form.options) or 'none'}"
                )
            *path, last = form.options[name].split(".")
            place = made
            for step in path:
                place[step] = {**place.get(step, {})}  # it may be the caller's
                place = place[step]
            place[last] = value
        if form.field:
            body[form.field] = [*body.get(form.field, ()), made]


def betas(request: ChatRequest, route: Route) -> list[str]:
    """What `anthropic-beta` must name for the hosted tools of the request."""
    return [form.beta for tool in request.hosted_tools if (form := _form(tool, route)).beta]


def _form(tool: HostedTool, route: Route) -> WireForm:
    return FORMS[route.hosted_dialect or route.protocol][tool.kind]
