"""The HTTP client of an MCP server: who asks, and how much may come back."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import Final

import httpx2
from fluent_ai.errors import AuthError, FluentError

from fluent_ai_toolkit.tools.mcp_client.address import Address
from fluent_ai_toolkit.tools.mcp_client.stdio import Ending
from fluent_ai_toolkit.tools.run_access import ask_user

SESSION: Final = "mcp-session-id"
EXPIRED: Final = "its session has expired"


def http_client(server: Address, ending: Ending) -> httpx2.AsyncClient:
    """A client that bounds what comes back, and notes a session that the server no longer knows (HTTP 404; MCP
    2025-11-25, "Session Management")."""

    async def look(response: httpx2.Response) -> None:
        request = response.request
        ending.status = response.status_code
        if response.status_code == httpx2.codes.NOT_FOUND and request.method == "POST" and SESSION in request.headers:
            ending.set(EXPIRED)
        if not response.headers.get("content-type", "").lower().startswith("text/event-stream"):
            if response.headers.get("content-encoding", "identity").lower() != "identity":
                raise httpx2.DecodingError("compressed, though that was not asked for", request=request)
            if isinstance(response.stream, httpx2.AsyncByteStream):
                response.stream = _Bounded(response.stream, server.message_limit)

    return httpx2.AsyncClient(
        headers={**server.headers, "accept-encoding": "identity"},
        timeout=httpx2.Timeout(server.start_timeout, read=None),  # a call has a limit of its own
        auth=_auth(server),
        event_hooks={"response": [look]},
    )


class _Bounded(httpx2.AsyncByteStream):
    """A body that may not be longer than the limit. Events are bounded one by one."""

    def __init__(self, body: httpx2.AsyncByteStream, limit: int) -> None:
        self._body = body
        self._limit = limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._body:
            size += len(chunk)
            if size > self._limit:
                raise httpx2.StreamError(f"a message of more than {self._limit:,} bytes")
            yield chunk

    async def aclose(self) -> None:
        await self._body.aclose()


def _auth(server: Address) -> httpx2.Auth | None:
    match server.auth:
        case None:
            return None
        case str() as token:
            return _Bearer(lambda: token, server)
        case httpx2.Auth() as auth:
            return auth
        case function:
            return _Bearer(function, server)


class _Bearer(httpx2.Auth):
    """A token that a function gives for each request; where it is refused (401), a newer one is tried once."""

    def __init__(self, function: Callable[[], str | Awaitable[str]], server: Address) -> None:
        self._function = function
        self._server = server

    async def async_auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        used = await self._token()
        request.headers["Authorization"] = f"Bearer {used}"
        response = yield request
        if response.status_code == httpx2.codes.UNAUTHORIZED and (newer := await self._token()) != used:
            request.headers["Authorization"] = f"Bearer {newer}"
            yield request

    async def _token(self) -> str:
        try:
            token = await ask_user(self._function)
        except FluentError:
            raise
        except Exception as error:
            raise AuthError(f"auth of MCP server {self._server.name!r} raised {type(error).__name__}") from error
        if not isinstance(token, str) or not token or not token.isascii() or not token.isprintable():
            raise AuthError(f"auth of MCP server {self._server.name!r} has given no token")
        self._server.secrets.add(token)
        return token
