"""MCP servers as toolsets of a run."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from fluent_ai.content.parts import Tool
from fluent_ai.errors import ConfigError, ToolError

from fluent_ai_toolkit.tools.events import MCPEvent
from fluent_ai_toolkit.tools.mcp_client.address import Address
from fluent_ai_toolkit.tools.run_access import RunAccess, current_run

if TYPE_CHECKING:
    from fluent_ai_toolkit.tools.mcp_client.blocking_session import MCPSession
    from fluent_ai_toolkit.tools.mcp_client.server_tools import OpenServer
    from fluent_ai_toolkit.tools.mcp_client.session import AsyncMCPSession

Folders = Sequence[str | os.PathLike[str]]


class MCPServer:
    """An MCP server among the tools of a run, made by `mcp`. Each run that has it opens a session of its own.

    `session` and `asession` open one for a program that wants the server's resources and prompts.
    """

    def __init__(self, address: Address, roots: Folders | None, definitions: Mapping[str, str] | None) -> None:
        self._address = address
        self._roots = None if roots is None else _folders(roots)
        self._pinned = None if definitions is None else dict(definitions)
        self._known: dict[str, str] = {}
        self._open: set[OpenServer] = set()

    @property
    def name(self) -> str:
        """What errors call it, and what is put before the name of a tool that another tool has, too."""
        return self._address.name

    @property
    def definitions(self) -> Mapping[str, str]:
        """The SHA-256 of the definition of each tool that was seen, by the server's own name: what `mcp` takes as
        `definitions`."""
        return dict(self._known)

    @property
    def roots(self) -> Sequence[str] | None:
        """The folders that the server is told it may use. Sessions that are open are told of others that are set."""
        return self._roots

    @roots.setter
    def roots(self, folders: Folders) -> None:
        if self._roots is None:
            raise ConfigError(f"MCP server {self.name!r} was made without roots; give mcp the folders, or []")
        self._roots = _folders(folders)
        for each in tuple(self._open):
            each.roots_changed()

    def tools(self) -> NoReturn:
        """Raises ToolError: there are tools only while a run has the server open."""
        raise ToolError(f"MCP server {self.name!r} is opened by a run only; give it to client.run")

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Sequence[Tool]]:
        """Its tools, which can be called as long as the context lasts. Raises MCPFailed if it cannot be reached."""
        run = current_run.get()

        async def nobody(event: MCPEvent) -> None:
            return

        opened = self._opened(nobody if run is None else run.tell, run)
        try:
            await opened.connection.open()
            yield opened.tools
        finally:
            await opened.close()

    def session(self) -> MCPSession:
        """A session for a program: `with server.session() as session`. Raises ConfigError for sampling that has no
        client of its own."""
        from fluent_ai_toolkit.tools.mcp_client.blocking_session import MCPSession

        return MCPSession(self._for_program())

    def asession(self) -> AsyncMCPSession:
        """The asynchronous twin of `session`: `async with server.asession() as session`."""
        from fluent_ai_toolkit.tools.mcp_client.session import AsyncMCPSession

        return AsyncMCPSession(self._for_program())

    def __repr__(self) -> str:
        return f"<MCP server {self.name!r}>"

    def _for_program(self) -> Callable[[Callable[[MCPEvent], Awaitable[None]]], OpenServer]:
        sampling = self._address.sampling
        if sampling is not None and sampling.client is None:
            raise ConfigError("sampling outside of a run needs a client: Sampling(..., model=..., client=...)")
        return lambda tell: self._opened(tell, None)

    def _opened(self, tell: Callable[[MCPEvent], Awaitable[None]], run: RunAccess | None) -> OpenServer:
        from fluent_ai_toolkit.tools.mcp_client.server_tools import OpenServer

        opened = OpenServer(self._address, (self._known, self._pinned), lambda: self._roots, tell, run)
        opened.kept_in(self._open)
        return opened


def _folders(given: Folders) -> Sequence[str]:
    if isinstance(given, str | bytes) or not all(isinstance(each, str | os.PathLike) for each in given):
        raise ConfigError("roots of mcp holds something else than paths of folders")
    return [str(Path(each).absolute()) for each in given]
