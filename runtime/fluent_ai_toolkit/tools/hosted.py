"""Tools that the provider runs itself, in one vocabulary; a provider without one refuses it by its name.

ai.Client().complete("anthropic:claude-sonnet-4-5", "What is new?", tools=[ai.tools.hosted.web_search(max_uses=3)])
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fluent_ai.content.parts import HostedTool


def web_search(
    *,
    max_uses: int | None = None,
    max_results: int | None = None,
    allowed_domains: Sequence[str] | None = None,
    blocked_domains: Sequence[str] | None = None,
    location: Mapping[str, str] | None = None,
) -> HostedTool:
    """Search the web: at most so often, in these domains only, or in none of those, as from a place."""
    return HostedTool(
        "web_search",
        _given(
            max_uses=max_uses,
            max_results=max_results,
            allowed_domains=allowed_domains,
            blocked_domains=blocked_domains,
            location=location,
        ),
    )


def web_fetch(
    *,
    max_uses: int | None = None,
    max_tokens: int | None = None,
    allowed_domains: Sequence[str] | None = None,
    blocked_domains: Sequence[str] | None = None,
) -> HostedTool:
    """Read pages whose addresses stand in the conversation, each of at most so many tokens."""
    return HostedTool(
        "web_fetch",
        _given(
            max_uses=max_uses,
            max_tokens=max_tokens,
            allowed_domains=allowed_domains,
            blocked_domains=blocked_domains,
        ),
    )


def code_interpreter() -> HostedTool:
    """Write code and run it in the provider's sandbox."""
    return HostedTool("code_interpreter")


def file_search(stores: Sequence[str], *, max_results: int | None = None) -> HostedTool:
    """Search files that were uploaded to these stores of the provider."""
    return HostedTool("file_search", _given(stores=stores, max_results=max_results))


def image_generation(*, size: str | None = None, quality: str | None = None) -> HostedTool:
    """Draw pictures, which come as Media in the reply."""
    return HostedTool("image_generation", _given(size=size, quality=quality))


def computer_use(*, width: int, height: int, environment: str | None = None) -> HostedTool:
    """Use a screen of so many pixels. Its calls, marked `hosted`, are carried out by the caller, not by a run."""
    return HostedTool("computer_use", _given(width=width, height=height, environment=environment))


def mcp(name: str, url: str, *, token: str | None = None, allowed_tools: Sequence[str] | None = None) -> HostedTool:
    """Tools of an MCP server that the provider connects to, without asking for approval."""
    return HostedTool("mcp", _given(name=name, url=url, token=token, allowed_tools=allowed_tools))


def _given(**options: Any) -> dict[str, Any]:
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in options.items()}
    return {name: value for name, value in plain.items() if value is not None}
