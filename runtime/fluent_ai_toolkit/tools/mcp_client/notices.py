"""What an MCP server says unasked: its log, and that something has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeAlias

import mcp_types as types
from fluent_ai.errors import Cancelled, ToolError

from fluent_ai_toolkit.tools.events import LogLevel, MCPChanged, MCPEvent, MCPLog

WAITING: Final = 256
"""How many events of a server may wait for whoever reads them; more are dropped, and counted."""
US: Final = "fluent_ai"

Tell: TypeAlias = Callable[[MCPEvent], Awaitable[None]]


class Notices:
    """Turns what a server says into events. A server that floods us fills no memory."""

    def __init__(self, server: str, tell: Tell, tools_changed: Callable[[], Awaitable[None]]) -> None:
        self._server = server
        self._tell = tell
        self._tools_changed = tools_changed
        self._waiting = 0
        self._dropped = 0
        self._look_again = False
        self._settled = asyncio.Event()
        self._settled.set()
        self._noise = False

    async def log(self, said: types.LoggingMessageNotificationParams) -> None:
        """The server has written into its log."""
        await self.tell(MCPLog(self._server, said.level, said.data, said.logger))

    async def warn(self, text: str, level: LogLevel = "warning") -> None:
        """Say what is wrong with what the server sends."""
        await self.tell(MCPLog(self._server, level, text, US))

    async def message(self, message: object) -> None:
        """Something else than an answer has come."""
        match message:
            case types.ToolListChangedNotification():
                await self._look()
            case types.ResourceListChangedNotification():
                await self.tell(MCPChanged(server=self._server, what="resources"))
            case types.PromptListChangedNotification():
                await self.tell(MCPChanged(server=self._server, what="prompts"))
            case types.ResourceUpdatedNotification(params=changed):
                await self.tell(MCPChanged(server=self._server, what="resource", uri=changed.uri))
            case Exception() if not self._noise:
                self._noise = True
                await self.warn("it has sent something that is no message of the protocol, which is ignored")

    async def tell(self, event: MCPEvent) -> None:
        """Pass an event on, unless too many wait already."""
        if self._waiting >= WAITING:
            self._dropped += 1
            return
        self._waiting += 1
        try:
            await self._tell(event)
            if self._dropped:
                number, self._dropped = self._dropped, 0
                await self._tell(MCPLog(self._server, "warning", f"{number:,} events of it were dropped", US))
        except Cancelled:
            return  # nobody reads them any more
        finally:
            self._waiting -= 1

    async def _look(self) -> None:
        """Look at the tools once more, and once again if they have changed meanwhile; never twice at once."""
        self._look_again = True
        if not self._settled.is_set():
            return
        self._settled.clear()
        try:
            while self._look_again:
                self._look_again = False
                await self._tools_changed()
        except ToolError as error:
            await self.warn(f"its tools have changed, and it does not list them: {error.message}")
        finally:
            self._settled.set()

    async def settled(self) -> None:
        """Wait until the tools are what the server has said last."""
        await self._settled.wait()


def of_progress(progress: float, total: float | None, message: str | None) -> dict[str, Any]:
    """The value of a ToolProgress."""
    told = {"progress": progress, "total": total, "message": message}
    return {name: value for name, value in told.items() if value is not None}
