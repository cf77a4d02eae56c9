"""An MCP session for programs without an event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from fluent_ai.content.parts import AudioPart, DocumentPart, ImagePart, Message, TextPart, Tool, ToolResultPart
from fluent_ai.errors import ConfigError
from fluent_ai.threads import start, wait_for

from fluent_ai_toolkit.tools.events import MCPEvent
from fluent_ai_toolkit.tools.mcp_client.offers import MCPPrompt, MCPResource
from fluent_ai_toolkit.tools.mcp_client.session import AsyncMCPSession

if TYPE_CHECKING:
    from fluent_ai_toolkit.tools.mcp_client.server_tools import OpenServer

T = TypeVar("T")
_END_SECONDS: Final = 15.0
"""How long closing waits for the server to end."""


class MCPSession:
    """A session with an MCP server, made by `MCPServer.session`: the blocking twin of `AsyncMCPSession`.

    with server.session() as session:
        for resource in session.resources():
            print(resource.uri, resource.name)
        reply = client.complete("openai:gpt-5.1", session.prompt("review", code=code))
    """

    def __init__(self, open_server: Callable[[Callable[[MCPEvent], Awaitable[None]]], OpenServer]) -> None:
        self._session = AsyncMCPSession(open_server)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leave: asyncio.Event | None = None
        self._error: BaseException | None = None
        self._ready = threading.Event()
        self._ended = threading.Event()

    def __enter__(self) -> MCPSession:
        """Open it. Raises MCPFailed."""
        start(lambda: asyncio.run(self._hold()), name="session with an MCP server", stop=self._stop)
        while not wait_for(self._ready, _END_SECONDS):
            pass  # `start_timeout` ends that
        if self._error is not None:
            raise self._error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Close it, and end the server if it is a process."""
        self._stop()
        wait_for(self._ended, _END_SECONDS)

    def tools(self) -> Sequence[Tool]:
        """The tools that a model may be offered, with functions that are asynchronous."""
        return self._do(self._session.tools())

    def call(self, tool: str, /, **arguments: object) -> ToolResultPart:
        """Call a tool. Raises ToolError for the server's own errors, and MCPFailed."""
        return self._do(self._session.call(tool, **arguments))

    def resources(self) -> Sequence[MCPResource]:
        """The resources that the server lists."""
        return self._do(self._session.resources())

    def templates(self) -> Sequence[MCPResource]:
        """Templates of resources: `read` takes their `uri` with values for the variables."""
        return self._do(self._session.templates())

    def read(self, uri: str, /, **variables: str) -> Sequence[TextPart | ImagePart | AudioPart | DocumentPart]:
        """A resource as parts of a message; with variables, `uri` is a template (RFC 6570)."""
        return self._do(self._session.read(uri, **variables))

    def prompts(self) -> Sequence[MCPPrompt]:
        """The prompts that the server lists."""
        return self._do(self._session.prompts())

    def prompt(self, name: str, /, **arguments: str) -> list[Message]:
        """The messages of a prompt, to be given to a call."""
        return self._do(self._session.prompt(name, **arguments))

    def complete(self, of: MCPPrompt | MCPResource, argument: str, begun: str, **known: str) -> Sequence[str]:
        """What the value of an argument of a prompt, or of a variable of a template, may be."""
        return self._do(self._session.complete(of, argument, begun, **known))

    def ping(self) -> None:
        """Ask whether the server is there. Raises MCPFailed if it is not."""
        self._do(self._session.ping())

    def changes(self, *uris: str) -> Iterator[MCPEvent]:
        """What the server says unasked from now on: changes of its lists and of the resources at `uris`, its log."""
        changes = self._session.changes(*uris)
        try:
            while True:
                yield self._do(_next(changes))
        finally:
            if not self._ended.is_set():
                self._do(changes.aclose())

    async def _hold(self) -> None:
        self._loop, self._leave = asyncio.get_running_loop(), asyncio.Event()
        try:
            async with self._session:
                self._ready.set()
                await self._leave.wait()
        except BaseException as error:  # `__enter__` raises it
            self._error = error
        finally:
            self._ready.set()
            self._ended.set()

    def _stop(self) -> None:
        if self._loop is not None and self._leave is not None:
            with suppress(RuntimeError):  # the loop has just been closed
                self._loop.call_soon_threadsafe(self._leave.set)

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        if self._loop is None or self._ended.is_set():
            work.close()
            raise ConfigError("the session is not open; use it as a context: with server.session() as session")
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise


async def _next(changes: AsyncIterator[MCPEvent]) -> MCPEvent:
    return await anext(changes)
