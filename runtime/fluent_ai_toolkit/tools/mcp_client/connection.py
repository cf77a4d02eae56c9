"""A session with an MCP server, from its start to its end."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TextIO

import httpx2
import mcp_types as types
from fluent_ai.content.parts import Tool, ToolResultPart
from fluent_ai.errors import ToolError
from mcp import Client, MCPError, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from pydantic import ValidationError

from fluent_ai_toolkit.errors import MCPFailed, MCPReason
from fluent_ai_toolkit.tools.declared import ConfiguredTool, ToolSettings, current_call
from fluent_ai_toolkit.tools.mcp_client.address import Address
from fluent_ai_toolkit.tools.mcp_client.results import to_result

if TYPE_CHECKING:
    from mcp.client._transport import Transport

CLOSE_SECONDS: Final = 10.0
"""How long a server may take to end. One that is asked to and does not is killed after two seconds, and two more."""
PAGES: Final = 100
"""How many pages a list of tools may have."""

logging.getLogger("mcp").addHandler(logging.NullHandler())  # a server's faults are told by errors, not on stderr


class Connection:
    """A session in a task of its own, so that nothing that ends it can cancel the run."""

    def __init__(self, server: Address) -> None:
        self._server = server
        self._leave = asyncio.Event()
        self._ready: asyncio.Future[tuple[Client, list[types.Tool]]] = asyncio.get_running_loop().create_future()
        self._holder = asyncio.create_task(self._hold())
        self._holder.add_done_callback(_seen)
        self._requests: set[asyncio.Task[types.CallToolResult]] = set()

    async def tools(self) -> Sequence[Tool]:
        """The tools, once the server is there. Raises MCPFailed."""
        seconds = self._server.start_timeout
        either: set[asyncio.Future[Any]] = {self._ready, self._holder}
        await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if self._ready.done():
            client, tools = self._ready.result()
            return [self._tool(client, each) for each in tools]
        if not self._holder.done():
            raise self._failed(f"it has not started within {seconds:g} seconds", "timeout")
        error = None if self._holder.cancelled() else self._holder.exception()
        raise self._failed(f"it cannot be started: {self._reason(error)}", "start") from None

    async def close(self) -> None:
        """End the session, and the server if it is a process. Raises CancelledError only after that."""
        if not self._ready.done():
            self._holder.cancel()
        self._leave.set()
        try:
            await _ended({self._holder}, CLOSE_SECONDS)
        finally:
            left = {each for each in (self._holder, *self._requests) if not each.done()}
            for each in left:
                each.cancel()
            await _ended(left, 1.0)

    async def _hold(self) -> None:
        async with AsyncExitStack() as stack:
            transport = await self._transport(stack)
            client = await stack.enter_async_context(Client(transport, cache=None))
            self._ready.set_result((client, await _listed(client)))
            await self._leave.wait()

    async def _transport(self, stack: AsyncExitStack) -> Transport:
        server = self._server
        if server.url is not None:
            limits = httpx2.Timeout(server.start_timeout, read=None)  # a call has a limit of its own
            http = await stack.enter_async_context(httpx2.AsyncClient(headers=server.headers, timeout=limits))
            return streamable_http_client(server.url, http_client=http)
        command, *arguments = server.command
        parameters = StdioServerParameters(command=command, args=arguments, env=dict(server.env), cwd=server.cwd)
        return stdio_client(parameters, errlog=server.stderr or stack.enter_context(_nowhere()))

    def _tool(self, client: Client, tool: types.Tool) -> Tool:
        settings = ToolSettings(timeout=self._server.timeout, approval=self._server.approval)
        function = ConfiguredTool(partial(self._call, client, tool.name), tool.name, settings)
        return Tool(tool.name, tool.description or "", tool.input_schema, function)

    async def _call(self, client: Client, tool_name: str, /, **arguments: Any) -> ToolResultPart:
        context = current_call.get()

        async def report(progress: float, total: float | None, message: str | None) -> None:
            if not context.cancelled:
                told = {"progress": progress, "total": total, "message": message}
                await context.aprogress({name: value for name, value in told.items() if value is not None})

        request = asyncio.create_task(client.call_tool(tool_name, arguments, progress_callback=report))
        self._requests.add(request)
        request.add_done_callback(self._requests.discard)
        request.add_done_callback(_seen)
        try:
            await asyncio.wait({request, self._holder}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            request.cancel()
        if not request.done():
            raise self._failed("the connection has ended", "connection")
        try:
            return to_result(request.result())
        except MCPError as error:
            if error.error.code == types.CONNECTION_CLOSED:
                raise self._failed("the connection has ended", "connection") from None
            raise ToolError(f"MCP server {self._server.name!r}: {self._reason(error)}") from None
        except (ValidationError, RuntimeError):
            raise self._failed(f"its answer to {tool_name!r} is not what the protocol has", "protocol") from None
        except (OSError, httpx2.HTTPError) as error:
            raise self._failed(self._reason(error), "connection") from None

    def _failed(self, why: str, reason: MCPReason) -> MCPFailed:
        return MCPFailed(why, server=self._server.name, reason=reason)

    def _reason(self, error: BaseException | None) -> str:
        """The error in words, without addresses, which may hold keys."""
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        match error:
            case MCPError() if error.error.code != types.CONNECTION_CLOSED:
                return self._server.redacted(error.error.message)
            case None | MCPError():
                return "it has ended the connection"
            case OSError() if error.strerror:
                return error.strerror
        return type(error).__name__


def _nowhere() -> TextIO:
    return open(os.devnull, "w")


def _seen(task: asyncio.Task[Any]) -> None:
    """Calls say what ended a session; asyncio would print what ended a task that nobody waits for any more."""
    if not task.cancelled():
        task.exception()


async def _listed(client: Client) -> list[types.Tool]:
    """All tools. Servers that have none need not know the request."""
    if client.server_capabilities.tools is None:
        return []
    page = await client.list_tools()
    found = [*page.tools]
    for _ in range(PAGES - 1):
        if page.next_cursor is None:
            break
        page = await client.list_tools(cursor=page.next_cursor)
        found += page.tools
    return found


async def _ended(tasks: set[asyncio.Task[Any]], seconds: float) -> None:
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
