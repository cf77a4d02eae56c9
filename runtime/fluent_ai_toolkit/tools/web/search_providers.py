"""Services that search the web: Brave and Tavily by their HTTP interfaces, DuckDuckGo by the package ddgs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, Protocol
from urllib.parse import urlencode

import msgspec
from fluent_ai.arguments import as_text
from fluent_ai.errors import ConfigError, ConnectionFailed, DeadlineExceeded, ProtocolError
from fluent_ai.http.messages import HttpRequest, Timeouts
from fluent_ai.http.retry_headers import retry_after
from fluent_ai.http.transports import default_transport

from fluent_ai_toolkit.errors import SearchFailed

ANSWER_LIMIT: Final = 4_000_000
"""Bytes of an answer, unpacked."""
_TIMEOUTS: Final = Timeouts(connect=10.0, first_byte=30.0, read=30.0, write=10.0)


class SearchResult(msgspec.Struct, frozen=True):
    """A page that was found."""

    title: str
    """Its title."""
    url: str
    """Where it is."""
    snippet: str
    """Some of its text."""
    score: float | None = None
    """How well it fits, where the service says so; the more, the better."""


class SearchProvider(Protocol):
    """What `web_search` asks; any object with this method is one."""

    def search(self, query: str, count: int) -> Sequence[SearchResult]:
        """At most `count` pages, the best first; their texts may have markup. Raises SearchFailed."""
        ...


class BraveSearch:
    """Brave's index of the web (https://api-dashboard.search.brave.com/app/documentation).

    Args:
        key: The subscription token; by default BRAVE_API_KEY of the environment.
        base_url: Where the interface is.

    Raises ConfigError if there is no key.

    >>> import fluent_ai as ai
    >>> search = ai.tools.web_search(ai.tools.BraveSearch("a-key"))
    """

    def __init__(self, key: str | None = None, *, base_url: str = "https://api.search.brave.com/res/v1") -> None:
        self._key = _key(key, "BRAVE_API_KEY", "BraveSearch")
        self._url = base_url.rstrip("/") + "/web/search"

    def search(self, query: str, count: int) -> Sequence[SearchResult]:
        """At most `count` pages, of 20. Raises SearchFailed."""
        url = f"{self._url}?{urlencode({'q': query, 'count': min(count, 20)})}"
        headers = {"accept": "application/json", "x-subscription-token": self._key}
        found = _ask("Brave", HttpRequest("GET", url, headers))
        rows = _rows(_rows_of(found, "web"), "results")
        return [_result(row, "url", "description") for row in rows][:count]


class TavilySearch:
    """Tavily's search for models (https://docs.tavily.com).

    Args:
        key: The key; by default TAVILY_API_KEY of the environment.
        base_url: Where the interface is.

    Raises ConfigError if there is no key.

    >>> import fluent_ai as ai
    >>> search = ai.tools.web_search(ai.tools.TavilySearch("a-key"))
    """

    def __init__(self, key: str | None = None, *, base_url: str = "https://api.tavily.com") -> None:
        self._key = _key(key, "TAVILY_API_KEY", "TavilySearch")
        self._url = base_url.rstrip("/") + "/search"

    def search(self, query: str, count: int) -> Sequence[SearchResult]:
        """At most `count` pages, of 20. Raises SearchFailed."""
        body = msgspec.json.encode({"query": query, "max_results": min(count, 20)})
        headers = {"authorization": f"Bearer {self._key}", "content-type": "application/json"}
        found = _ask("Tavily", HttpRequest("POST", self._url, headers, body))
        return [_result(row, "url", "content") for row in _rows(found, "results")][:count]


class DuckDuckGoSearch:
    """DuckDuckGo by the package `ddgs`, which needs no key: `pip install ddgs`.

    Raises ConfigError if the package is not installed.
    """

    def __init__(self) -> None:
        if find_spec("ddgs") is None:
            raise ConfigError("DuckDuckGoSearch needs the package ddgs: pip install ddgs")

    def search(self, query: str, count: int) -> Sequence[SearchResult]:
        """At most `count` pages. Raises SearchFailed."""
        try:
            text: Callable[..., Any] = import_module("ddgs").DDGS().text
            rows = text(query, max_results=count)
        except Exception as error:  # the package's own, which has no common root in all of its versions
            kind = type(error).__name__
            if "No results" in str(error):
                return []
            raise SearchFailed(f"DuckDuckGo: {kind}", retryable=True) from None
        return [_result(row, "href", "body") for row in rows if isinstance(row, dict)][:count]


def default_provider() -> SearchProvider:
    """The service that there is a key for, or DuckDuckGo. Raises ConfigError if there is none."""
    if os.environ.get("BRAVE_API_KEY", "").strip():
        return BraveSearch()
    if os.environ.get("TAVILY_API_KEY", "").strip():
        return TavilySearch()
    if find_spec("ddgs") is not None:
        return DuckDuckGoSearch()
    allowed = "set BRAVE_API_KEY or TAVILY_API_KEY, install ddgs, or give a SearchProvider"
    raise ConfigError(f"web_search has no service to ask: {allowed}")


def _key(given: str | None, variable: str, name: str) -> str:
    key = as_text(given, "key") if given is not None else os.environ.get(variable, "").strip()
    if not key:
        raise ConfigError(f"{name} has no key: give key=, or set {variable}")
    if not key.isascii() or not key.isprintable():
        raise ConfigError(f"the key of {name} cannot stand in a header; allowed: printable ASCII")
    return key


def _ask(service: str, request: HttpRequest) -> object:
    """The JSON of the answer. Raises SearchFailed, without keys and queries."""
    transport = default_transport()
    try:
        response = transport.send(request, _TIMEOUTS)
        try:
            data = bytearray()
            for chunk in response.chunks():
                data += chunk
                if len(data) > ANSWER_LIMIT:
                    raise SearchFailed(f"{service}: the answer has more than {ANSWER_LIMIT:,} bytes")
        finally:
            response.close()
        if response.status != 200:
            raise SearchFailed(
                f"{service} answers with status {response.status}",
                status=response.status,
                retryable=response.status == 429 or response.status >= 500,
                retry_after=retry_after(response.headers),
            )
        found: object = msgspec.json.decode(bytes(data))
        return found
    except (ConnectionFailed, DeadlineExceeded) as error:
        raise SearchFailed(f"{service}: {error.message}", retryable=True) from None
    except (ProtocolError, msgspec.DecodeError, UnicodeDecodeError):
        raise SearchFailed(f"{service}: the answer is not JSON") from None
    finally:
        transport.close()


def _rows_of(found: object, name: str) -> object:
    return found.get(name) if isinstance(found, dict) else None


def _rows(found: object, name: str) -> list[dict[str, Any]]:
    rows = _rows_of(found, name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _result(row: dict[str, Any], url: str, snippet: str) -> SearchResult:
    score = row.get("score")
    title, where, text = (each if isinstance(each := row.get(name), str) else "" for name in ("title", url, snippet))
    return SearchResult(title, where, text, float(score) if isinstance(score, int | float) else None)
