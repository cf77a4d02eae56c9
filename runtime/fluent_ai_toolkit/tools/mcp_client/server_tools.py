"""The tools of an MCP server, and their calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final, TypeVar

import mcp_types as types
from fluent_ai.content.parts import Tool, ToolResultPart
from fluent_ai.errors import Cancelled
from mcp import Client, MCPError
from mcp.shared.dispatcher import ProgressFnT

from fluent_ai_toolkit.errors import MCPFailed
from fluent_ai_toolkit.tools.declared import ConfiguredTool, ToolSettings, current_call
from fluent_ai_toolkit.tools.events import MCPChanged
from fluent_ai_toolkit.tools.mcp_client.address import Address
from fluent_ai_toolkit.tools.mcp_client.asking import Asking
from fluent_ai_toolkit.tools.mcp_client.connection import Connection
from fluent_ai_toolkit.tools.mcp_client.content import to_result
from fluent_ai_toolkit.tools.mcp_client.definitions import TOOLS, digest, sorted_out
from fluent_ai_toolkit.tools.mcp_client.link import Link, Lost
from fluent_ai_toolkit.tools.mcp_client.notices import WAITING, Notices, Tell, of_progress
from fluent_ai_toolkit.tools.run_access import RunAccess

PAGES: Final = 100
"""How many pages a list may have."""
PageT = TypeVar("PageT", bound=types.PaginatedResult)


class OpenServer:
    """A server that is in use: its tools, which come and go, and what else it is asked."""

    def __init__(
        self,
        server: Address,
        definitions: tuple[dict[str, str], Mapping[str, str] | None],
        roots: Callable[[], Sequence[str] | None],
        tell: Tell,
        run: RunAccess | None,
    ) -> None:
        self._server = server
        self._known, self._pinned = definitions
        self._loop = asyncio.get_running_loop()
        self._among: set[OpenServer] | None = None
        self._listed: dict[str, str] = {}
        self._opened = False
        self.tools: list[Tool] = []
        """What a model is offered. The list itself changes when the server's does."""
        self._notices = Notices(server.name, tell, self._tools_changed)
        self._asking = Asking(server, roots, self._notices, run)
        self.connection = Connection(server, self._asking.callbacks(), self._look, self._notices.tell)

    async def request(self, action: Callable[[Client], Any], *, may_repeat: bool = True) -> Any:
        """What the server answers, or what a function of the caller's has raised meanwhile."""
        try:
            answer = await self.connection.request(action, may_repeat=may_repeat)
            await self._notices.settled()  # what was said before the answer holds after it
        except Exception:
            if (failure := self._asking.failure()) is not None:
                raise failure from None
            raise
        if (failure := self._asking.failure()) is not None:
            raise failure
        return answer

    def kept_in(self, among: set[OpenServer]) -> None:
        """Stay in a set until it is closed."""
        self._among = among
        among.add(self)

    def roots_changed(self) -> None:
        """Tell the server that the folders have changed. Safe from any thread."""
        with suppress(RuntimeError):  # its loop has just been closed
            asyncio.run_coroutine_threadsafe(self.connection.notify_roots(), self._loop)

    async def close(self) -> None:
        """End the session, and the server if it is a process."""
        if self._among is not None:
            self._among.discard(self)
        await self.connection.close()

    async def _tools_changed(self) -> None:
        link = await self.connection.open()
        try:
            await self._look(link)
        except Lost as lost:
            raise link.failure(lost.why, "connection") from None

    async def _look(self, link: Link) -> None:
        """List the tools, and offer those that may be offered."""
        found, refused = sorted_out(await link.request(_listed), self._known, self._pinned)
        now = {tool.name: digest(tool) for tool in found}
        if now != self._listed:
            before, self._listed = self._listed, now
            kept = {each.name: each for each in self.tools if before.get(each.name) == now.get(each.name)}
            self.tools[:] = [kept.get(each.name) or self._tool(each) for each in found]
            added, removed = tuple(now.keys() - before.keys()), tuple(before.keys() - now.keys())
        else:
            added, removed = (), ()
        if refused or (self._opened and (added or removed)):
            at_first = not self._opened
            await self._notices.tell(
                MCPChanged(
                    server=self._server.name,
                    what="tools",
                    added=() if at_first else tuple(sorted(added)),
                    removed=tuple(sorted(removed)),
                    refused={
                        self._server.redacted(name)[:256]: self._server.redacted(why) for name, why in refused.items()
                    },
                )
            )
        self._opened = True

    def _tool(self, tool: types.Tool) -> Tool:
        settings = ToolSettings(timeout=self._server.timeout, approval=self._server.approval)
        function = ConfiguredTool(partial(self._call, tool), tool.name, settings)
        return Tool(tool.name, tool.description or "", tool.input_schema, function)

    async def _call(self, tool: types.Tool, /, **arguments: Any) -> ToolResultPart:
        if self._listed.get(tool.name) != digest(tool):
            why = f"its tool {self._server.redacted(tool.name)!r} is not what it was, or gone, and is not called"
            raise MCPFailed(why, server=self._server.name, reason="changed")
        hints = tool.annotations
        may_repeat = hints is not None and bool(hints.idempotent_hint or hints.read_only_hint)
        return to_result(await self.call(tool.name, arguments, may_repeat=may_repeat))

    async def call(self, name: str, arguments: dict[str, Any], *, may_repeat: bool) -> types.CallToolResult:
        """Call a tool, and once more where it first sends the user to an address, and the user has been there."""
        report = _reporter()

        async def action(client: Client) -> types.CallToolResult:
            return await client.call_tool(name, arguments, progress_callback=report)

        async def visit_first(client: Client) -> types.CallToolResult:
            try:
                return await action(client)
            except MCPError as error:
                if error.error.code != types.URL_ELICITATION_REQUIRED or not await self._visited(error):
                    raise
            return await action(client)

        found: types.CallToolResult = await self.request(
            action if self._server.elicit is None else visit_first, may_repeat=may_repeat
        )
        return found

    async def _visited(self, error: MCPError) -> bool:
        """Whether the user has visited all the addresses without which there is no answer."""
        wanted = types.ElicitationRequiredErrorData.model_validate(error.error.data).elicitations
        for each in wanted:
            answer = await self._asking.ask_for_url(each)
            if not isinstance(answer, types.ElicitResult) or answer.action != "accept":
                return False
        return bool(wanted)


def _reporter() -> ProgressFnT | None:
    """Streams the progress of the call of a run that is under way, if there is one."""
    context = current_call.get(None)
    if context is None:
        return None
    waiting = 0

    async def report(progress: float, total: float | None, message: str | None) -> None:
        nonlocal waiting
        if context.cancelled or waiting >= WAITING:
            return
        waiting += 1
        try:
            await context.aprogress(of_progress(progress, total, message))
        except Cancelled:
            return
        finally:
            waiting -= 1

    return report


async def _listed(client: Client) -> list[types.Tool]:
    """All tools. Servers that have none need not know the request."""
    if client.server_capabilities.tools is None:
        return []
    found: list[types.Tool] = []
    async for page in pages(client.list_tools):
        found += page.tools
        if len(found) > TOOLS:
            raise RuntimeError(f"more than {TOOLS:,} tools")
    return found


async def pages(list_page: Callable[..., Awaitable[PageT]]) -> AsyncIterator[PageT]:
    """The pages of a list. Raises RuntimeError where there are too many."""
    cursor: str | None = None
    for _ in range(PAGES):
        page = await list_page(cursor=cursor)
        yield page
        if (cursor := page.next_cursor) is None:
            return
    raise RuntimeError(f"a list of more than {PAGES} pages")
