"""An MCP server for as long as a run, or a program, uses it: sessions that follow one another."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import mcp_types as types
from mcp import Client

from fluent_ai_toolkit.errors import MCPFailed
from fluent_ai_toolkit.tools.events import MCPRestarted
from fluent_ai_toolkit.tools.mcp_client.address import Address
from fluent_ai_toolkit.tools.mcp_client.link import Link, Lost, is_modern

T = TypeVar("T")
RESTARTS: Final = 1
"""How often a program that has ended is started again. Sessions over HTTP are opened as often as calls need them."""


class Connection:
    """Opens a session when it is needed, and a new one where the old one has ended."""

    def __init__(
        self,
        server: Address,
        callbacks: dict[str, Any],
        on_open: Callable[[Link], Awaitable[None]],
        tell_restart: Callable[[MCPRestarted], Awaitable[None]],
    ) -> None:
        self._server = server
        self._callbacks = callbacks
        self._on_open = on_open
        self._tell_restart = tell_restart
        self._link: Link | None = None
        self._old: list[Link] = []
        self._restarts = 0
        self._lock = asyncio.Lock()

    async def open(self) -> Link:
        """The session: the one that there is, or a new one. Raises MCPFailed."""
        async with self._lock:
            link = self._link
            why = None if link is None else link.ended
            if link is not None and why is None:
                return link
            if link is not None:
                if self._server.url is None and self._restarts >= RESTARTS:
                    raise link.failure(f"{why}, as it had before, and is not started again", "connection")
                self._restarts += 1
                await self._put_away(link)
            self._link = new = Link(self._server, self._callbacks)
            try:
                await self._begin(new)
            except BaseException:
                await new.close()
                raise
            if why is not None:
                await self._tell_restart(MCPRestarted(self._server.name, why))
            return new

    async def _begin(self, link: Link) -> None:
        seconds = self._server.start_timeout
        await link.client()
        try:
            async with asyncio.timeout(seconds):
                await self._on_open(link)
        except TimeoutError:
            raise link.failure(f"it has not told what it offers within {seconds:g} seconds", "timeout") from None
        except Lost as lost:
            raise link.failure(f"it cannot be started: {lost.why}", "start") from None

    async def request(self, action: Callable[[Client], Awaitable[T]], *, may_repeat: bool) -> T:
        """What the server answers. A request that was lost with its session is made again only if it may be, or if it
        was certainly not served. Raises MCPFailed and ToolError."""
        link = await self.open()
        try:
            return await link.request(action)
        except Lost as lost:
            if lost.was_made and not may_repeat:
                raise self._lost(lost) from None
        try:
            return await (await self.open()).request(action)
        except Lost as lost:
            raise self._lost(lost) from None

    async def notify_roots(self) -> None:
        """Tell the server that the folders have changed. Newer servers ask for them each time."""
        link = self._link
        if link is not None and link.ended is None:
            client = await link.client()
            if not is_modern(client):
                await client.session.send_notification(types.RootsListChangedNotification())

    async def close(self) -> None:
        """End all sessions."""
        links = [*self._old, *([self._link] if self._link is not None else [])]
        cancelled: asyncio.CancelledError | None = None
        for link in links:
            try:
                await link.close()
            except asyncio.CancelledError as error:
                cancelled = error
        if cancelled is not None:
            raise cancelled

    async def _put_away(self, link: Link) -> None:
        if link.idle:
            await link.close()
        else:
            self._old.append(link)

    def _lost(self, lost: Lost) -> MCPFailed:
        why = f"{lost.why}; the request may have had its effect" if lost.was_made else lost.why
        return MCPFailed(why, server=self._server.name, reason="connection")
