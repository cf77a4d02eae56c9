"""One session with an MCP server, from its start to its end."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Final, TextIO, TypeVar

import anyio
import httpx2
import mcp_types as types
from fluent_ai import __version__
from fluent_ai.errors import FluentError, ToolError
from mcp import Client, MCPError
from mcp.client.auth import OAuthFlowError
from mcp.client.streamable_http import streamable_http_client
from mcp.client.subscriptions import SubscriptionLost
from mcp_types.version import MODERN_PROTOCOL_VERSIONS
from pydantic import ValidationError

from fluent_ai_toolkit.errors import MCPFailed, MCPReason
from fluent_ai_toolkit.tools.mcp_client.address import Address
from fluent_ai_toolkit.tools.mcp_client.http import EXPIRED, http_client
from fluent_ai_toolkit.tools.mcp_client.stdio import Ending, pipes

if TYPE_CHECKING:
    from mcp.client._transport import Transport

T = TypeVar("T")
CLOSE_SECONDS: Final = 10.0
"""How long a server may take to end. One that is asked to and does not is killed after two seconds, and two more."""
LISTEN_SECONDS: Final = 10.0
"""How long a server may take to confirm that it tells of changes."""

logging.getLogger("mcp").addHandler(logging.NullHandler())  # a server's faults are told by errors, not on stderr
logging.getLogger("client").addHandler(logging.NullHandler())


class Lost(Exception):
    """The session ended under a request. `was_made` is False if the server has certainly not begun to serve it."""

    def __init__(self, why: str, *, was_made: bool = True) -> None:
        super().__init__(why)
        self.why = why
        self.was_made = was_made


class Link:
    """A session in a task of its own, so that nothing that ends it can cancel who uses it."""

    def __init__(self, server: Address, callbacks: dict[str, Any]) -> None:
        self._server = server
        self._callbacks = callbacks
        self._leave = asyncio.Event()
        self._ending = Ending()
        self._ready: asyncio.Future[Client] = asyncio.get_running_loop().create_future()
        self._requests: set[asyncio.Task[Any]] = set()
        self._holder = asyncio.create_task(self._hold())
        self._holder.add_done_callback(_seen)

    @property
    def ended(self) -> str | None:
        """Why the session cannot be used any more; None if it can."""
        if self._ending.why is None and self._holder.done():
            self._ending.set(self._why_ended())
        return self._ending.why

    @property
    def idle(self) -> bool:
        """True if nobody waits for an answer."""
        return not self._requests

    async def client(self) -> Client:
        """The SDK's client, once the server is there. Raises MCPFailed."""
        seconds = self._server.start_timeout
        either: set[asyncio.Future[Any]] = {self._ready, self._holder}
        await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if self._ready.done():
            return self._ready.result()
        if not self._holder.done():
            raise self.failure(f"it has not started within {seconds:g} seconds", "timeout")
        raise self.failure(f"it cannot be started: {self._why_ended()}", "auth" if self._is_refused() else "start")

    async def request(self, action: Callable[[Client], Awaitable[T]]) -> T:
        """What the server answers. Raises Lost where the session ends first, ToolError for the server's own errors,
        MCPFailed for an answer that the protocol does not have."""
        client = await self.client()

        async def work() -> T:
            return await action(client)

        request = asyncio.create_task(work())
        self._requests.add(request)
        request.add_done_callback(self._requests.discard)
        request.add_done_callback(_seen)
        try:
            await asyncio.wait({request, self._holder}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            request.cancel()
        if not request.done():
            self._ending.set(self._why_ended())
            raise Lost(self._why_ended())
        try:
            return request.result()
        except MCPError as error:
            if self._ending.why == EXPIRED:
                raise Lost(EXPIRED, was_made=False) from None
            if error.error.code == types.CONNECTION_CLOSED:
                why = self._ending.why or "the connection has ended"
                self._ending.set(why)
                raise Lost(why) from None
            if self._is_refused():
                raise self.failure(self._refusal(), "auth") from None
            raise ToolError(f"MCP server {self._server.name!r}: {self.reason(error)}") from None
        except (ValidationError, RuntimeError) as error:
            raise self.failure(f"its answer is not what the protocol has: {self.reason(error)}", "protocol") from None
        except (OSError, httpx2.HTTPError) as error:
            raise Lost(self.reason(error)) from None

    async def close(self) -> None:
        """End the session, and the server if it is a process. Raises CancelledError only after that."""
        if not self._ready.done():
            self._holder.cancel()
        for each in self._requests:
            each.cancel()
        try:
            await ended(set(self._requests), 1.0)  # the server is told of requests that nobody waits for
            self._leave.set()
            await ended({self._holder}, CLOSE_SECONDS)
        finally:
            left = {each for each in (self._holder, *self._requests) if not each.done()}
            for each in left:
                each.cancel()
            await ended(left, 1.0)

    def failure(self, why: str, reason: MCPReason) -> MCPFailed:
        """The error that says so."""
        return MCPFailed(why, server=self._server.name, reason=reason)

    def reason(self, error: BaseException | None) -> str:
        """The error in words, without addresses, which may hold keys."""
        match error := first_of(error):
            case MCPError() if error.error.code != types.CONNECTION_CLOSED:
                return self._server.redacted(error.error.message)
            case None | MCPError():
                return "it has ended the connection"
            case ValidationError():
                first = error.errors(include_url=False, include_context=False, include_input=False)[0]
                return self._server.redacted(f"{'.'.join(map(str, first['loc']))} is missing or wrong")
            case FluentError():
                return error.message
            case RuntimeError() | OAuthFlowError():
                return self._server.redacted(str(error).partition("\n")[0])
            case OSError() if error.strerror:
                return error.strerror
        return type(error).__name__

    def _is_refused(self) -> bool:
        return self._ending.status in (httpx2.codes.UNAUTHORIZED, httpx2.codes.FORBIDDEN)

    def _refusal(self) -> str:
        return f"it refuses who asks (HTTP {self._ending.status})"

    def _why_ended(self) -> str:
        error = None if self._holder.cancelled() or not self._holder.done() else first_of(self._holder.exception())
        if self._ending.why is not None and not isinstance(error, RuntimeError | ValidationError):
            return self._ending.why
        return self._refusal() if self._is_refused() and error is not None else self.reason(error)

    async def _hold(self) -> None:
        async with AsyncExitStack() as stack:
            transport = await self._transport(stack)
            us = types.Implementation(name="fluent-ai", version=__version__)
            client = await stack.enter_async_context(Client(transport, cache=None, client_info=us, **self._callbacks))
            await self._ask_for_logs(client)
            await self._listen(stack, client)
            self._ready.set_result(client)
            await self._leave.wait()

    async def _transport(self, stack: AsyncExitStack) -> Transport:
        server = self._server
        if server.url is None:
            return pipes(server, server.stderr or stack.enter_context(_nowhere()), self._ending)
        http = await stack.enter_async_context(http_client(server, self._ending))
        return streamable_http_client(server.url, http_client=http, max_sse_event_size=server.message_limit)

    async def _ask_for_logs(self, client: Client) -> None:
        level = self._server.log_level
        if level is None or client.server_capabilities.logging is None or is_modern(client):
            return  # newer servers are told with each request
        request = types.SetLevelRequest(params=types.SetLevelRequestParams(level=level))
        await client.session.send_request(request, types.EmptyResult)

    async def _listen(self, stack: AsyncExitStack, client: Client) -> None:
        """Hear of changes of the tools; older servers tell of them unasked."""
        tools = client.server_capabilities.tools
        if tools is None or not tools.list_changed or not is_modern(client):
            return
        try:
            with anyio.move_on_after(LISTEN_SECONDS):
                await stack.enter_async_context(client.listen(tools_list_changed=True))
        except (MCPError, SubscriptionLost):
            return  # it does not tell, then; each restart looks again


def first_of(error: BaseException | None) -> BaseException | None:
    """The first of the errors of a group."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def is_modern(client: Client) -> bool:
    """Whether the server speaks one of the protocols that the SDK calls modern."""
    return client.protocol_version in MODERN_PROTOCOL_VERSIONS


def _nowhere() -> TextIO:
    return open(os.devnull, "w")


def _seen(task: asyncio.Task[Any]) -> None:
    """Requests say what ended a session; asyncio would print what ended a task that nobody waits for any more."""
    if not task.cancelled():
        task.exception()


async def ended(tasks: set[asyncio.Task[Any]], seconds: float) -> None:
    """Wait for the tasks, whoever cancels that: the CancelledError is raised at the end."""
    cancelled: asyncio.CancelledError | None = None
    clock = asyncio.get_running_loop().time
    due = clock() + seconds
    while (left := {task for task in tasks if not task.done()}) and clock() < due:
        try:
            await asyncio.wait(left, timeout=due - clock())
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
