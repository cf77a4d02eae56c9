"""An MCP server that a program uses itself, beside or without a run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from fluent_ai.content.parts import AudioPart, DocumentPart, ImagePart, Message, TextPart, Tool, ToolResultPart
from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.tools.events import MCPEvent
from fluent_ai_toolkit.tools.mcp_client.offers import MCPPrompt, MCPResource, to_prompt, to_resource

if TYPE_CHECKING:
    from mcp import Client

    from fluent_ai_toolkit.tools.mcp_client.server_tools import OpenServer

_KEPT: Final = 1_000
"""How many changes wait for a program that does not look at them; after that the oldest are dropped."""


class AsyncMCPSession:
    """A session with an MCP server in the caller's event loop, made by `MCPServer.asession`.

    async with server.asession() as session:
        messages = await session.prompt("review", code=code)
        reply = await client.complete("openai:gpt-5.1", messages)
    """

    def __init__(self, open_server: Callable[[Callable[[MCPEvent], Awaitable[None]]], OpenServer]) -> None:
        self._open_server = open_server
        self._opened: OpenServer | None = None
        self._readers: list[asyncio.Queue[MCPEvent]] = []

    async def __aenter__(self) -> AsyncMCPSession:
        """Open it. Raises MCPFailed."""
        opened = self._open_server(self._tell)
        try:
            await opened.connection.open()
        except BaseException:
            await opened.close()
            raise
        self._opened = opened
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Close it, and end the server if it is a process."""
        if self._opened is not None:
            await self._opened.close()

    async def tools(self) -> Sequence[Tool]:
        """The tools that a model may be offered, with functions that are asynchronous."""
        return tuple(self._server.tools)

    async def call(self, tool: str, /, **arguments: object) -> ToolResultPart:
        """Call a tool. Raises ToolError for the server's own errors, and MCPFailed."""
        from fluent_ai_toolkit.tools.mcp_client.content import to_result

        return to_result(await self._server.call(tool, arguments, may_repeat=False))

    async def resources(self) -> Sequence[MCPResource]:
        """The resources that the server lists."""
        return [to_resource(each) for each in await self._all("resources", "list_resources", "resources")]

    async def templates(self) -> Sequence[MCPResource]:
        """Templates of resources: `read` takes their `uri` with values for the variables."""
        found = await self._all("resources", "list_resource_templates", "resource_templates")
        return [to_resource(each) for each in found]

    async def read(self, uri: str, /, **variables: str) -> Sequence[TextPart | ImagePart | AudioPart | DocumentPart]:
        """A resource as parts of a message; with variables, `uri` is a template (RFC 6570)."""
        from fluent_ai_toolkit.tools.mcp_client.content import to_parts

        if variables:
            uri = _expanded(uri, variables)
        found = await self._server.request(lambda client: client.read_resource(uri))
        return to_parts(found.contents)

    async def prompts(self) -> Sequence[MCPPrompt]:
        """The prompts that the server lists."""
        return [to_prompt(each) for each in await self._all("prompts", "list_prompts", "prompts")]

    async def prompt(self, name: str, /, **arguments: str) -> list[Message]:
        """The messages of a prompt, to be given to a call."""
        from fluent_ai_toolkit.tools.mcp_client.content import to_messages

        return to_messages(await self._server.request(lambda client: client.get_prompt(name, arguments)))

    async def complete(self, of: MCPPrompt | MCPResource, argument: str, begun: str, **known: str) -> Sequence[str]:
        """What the value of an argument of a prompt, or of a variable of a template, may be, given how it begins and
        the arguments that are known."""
        import mcp_types as types

        reference = (
            types.PromptReference(name=of.name)
            if isinstance(of, MCPPrompt)
            else types.ResourceTemplateReference(uri=of.uri)
        )
        found = await self._server.request(
            lambda client: client.complete(reference, {"name": argument, "value": begun}, known or None)
        )
        return tuple(found.completion.values)

    async def ping(self) -> None:
        """Ask whether the server is there. Raises MCPFailed if it is not."""
        import mcp_types as types

        from fluent_ai_toolkit.tools.mcp_client.link import is_modern

        def ask(client: Client) -> Coroutine[Any, Any, object]:
            if is_modern(client):
                return client.session.send_discover(client.protocol_version)  # that protocol has no pings
            return client.session.send_request(types.PingRequest(), types.EmptyResult)

        await self._server.request(ask)

    async def changes(self, *uris: str) -> AsyncGenerator[MCPEvent, None]:
        """What the server says unasked from now on: changes of its lists and of the resources at `uris`, its log."""
        queue: asyncio.Queue[MCPEvent] = asyncio.Queue(_KEPT)
        self._readers.append(queue)
        try:
            async with _subscribed(await self._client(), uris):
                while True:
                    yield await queue.get()
        finally:
            self._readers.remove(queue)

    @property
    def _server(self) -> OpenServer:
        if self._opened is None:
            raise ConfigError("the session is not open; use it as a context: async with server.asession() as session")
        return self._opened

    async def _client(self) -> Client:
        return await (await self._server.connection.open()).client()

    async def _tell(self, event: MCPEvent) -> None:
        for queue in self._readers:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(event)

    async def _all(self, capability: str, method: str, field: str) -> list[Any]:
        """All pages of a list; none of a server that has no such list."""
        from fluent_ai_toolkit.tools.mcp_client.server_tools import pages

        async def list_all(client: Client) -> list[Any]:
            if getattr(client.server_capabilities, capability) is None:
                return []
            return [each async for page in pages(getattr(client, method)) for each in getattr(page, field)]

        found: list[Any] = await self._server.request(list_all)
        return found


@asynccontextmanager
async def _subscribed(client: Client, uris: Sequence[str]) -> AsyncIterator[None]:
    """Have the server tell of changes. Older servers tell of those of their lists unasked."""
    import mcp_types as types
    from mcp import MCPError

    from fluent_ai_toolkit.tools.mcp_client.link import is_modern

    if is_modern(client):
        async with client.listen(
            prompts_list_changed=True, resources_list_changed=True, resource_subscriptions=list(uris)
        ):
            yield
        return
    for uri in uris:
        request = types.SubscribeRequest(params=types.SubscribeRequestParams(uri=uri))
        await client.session.send_request(request, types.EmptyResult)
    try:
        yield
    finally:
        for uri in uris:
            end = types.UnsubscribeRequest(params=types.UnsubscribeRequestParams(uri=uri))
            with suppress(MCPError):  # there may be no connection any more
                await client.session.send_request(end, types.EmptyResult)


def _expanded(template: str, variables: dict[str, str]) -> str:
    from mcp.shared.uri_template import UriTemplate

    try:
        return UriTemplate.parse(template).expand(variables)
    except ValueError as error:
        raise ConfigError(f"{template!r} cannot be filled in: {error}") from None
