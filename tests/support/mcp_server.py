"""A real MCP server: `python mcp_server.py` speaks over its pipes; with a token, over HTTP, to those who show it."""

from __future__ import annotations

import base64
import os
import socket
import sys
from typing import Annotated, Any

import anyio
import mcp_types as types
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.resolve import Elicit, ListRoots, Resolve, Sample
from pydantic import BaseModel

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")

server = MCPServer("things")


@server.tool()
def add(a: int, b: int) -> str:
    """Add two numbers."""
    return f"the server says {a + b}"


@server.tool(name="dotted.name")
def dotted() -> str:
    """A name that providers do not accept."""
    return "dotted"


@server.tool()
async def count(to: int, ctx: Context[Any]) -> str:
    """Count, and say how far it is."""
    for number in range(1, to + 1):
        await ctx.report_progress(number, to, f"step {number}")
    return "counted"


@server.tool(structured_output=False)
def show() -> types.CallToolResult:
    """All kinds of content."""
    return types.CallToolResult(
        content=[
            types.TextContent(text="a picture"),
            types.ImageContent(data=base64.b64encode(PIXEL).decode(), mime_type="image/png"),
            types.ImageContent(data="?", mime_type="image/png"),
            types.ResourceLink(name="report", uri="file:///report.txt", mime_type="text/plain"),
            types.EmbeddedResource(resource=types.TextResourceContents(uri="file:///a.txt", text="its text")),
            types.EmbeddedResource(
                resource=types.BlobResourceContents(uri="file:///a.zip", blob="UEs=", mime_type="application/zip")
            ),
        ]
    )


@server.tool(structured_output=False)
def structured() -> types.CallToolResult:
    """Structured content alone."""
    return types.CallToolResult(content=[], structured_content={"degrees": 21})


@server.tool(structured_output=False)
def fail() -> types.CallToolResult:
    """Say that it failed."""
    return types.CallToolResult(content=[types.TextContent(text="no such city")], is_error=True)


@server.tool()
async def hang(ctx: Context[Any]) -> str:
    """Never answer, but say which process that is."""
    await ctx.report_progress(os.getpid())
    await anyio.sleep_forever()
    return ""


@server.tool()
def die() -> str:
    """End the server at once."""
    os._exit(3)


@server.tool()
def process() -> str:
    """The process, and what its environment has."""
    return f"{os.getpid()} {' '.join(sorted(os.environ))}"


class Who(BaseModel):
    """What the form asks for."""

    name: str


def ask_name() -> Elicit[Who]:
    return Elicit("Who?", Who)


def ask_model() -> Sample:
    words = types.TextContent(text="hi")
    return Sample([types.SamplingMessage(role="user", content=words)], max_tokens=10)


def ask_folders() -> ListRoots:
    return ListRoots()


@server.tool()
async def inquire(
    who: Annotated[Who, Resolve(ask_name)],
    said: Annotated[types.CreateMessageResult, Resolve(ask_model)],
    folders: Annotated[types.ListRootsResult, Resolve(ask_folders)],
) -> str:
    """Ask the client for all that it may be asked for, as the newest protocol does: within the answer of the call."""
    return f"{who.name}, {getattr(said.content, 'text', '')}, {len(folders.roots)}"


def serve_http(token: str) -> None:
    import uvicorn  # it takes long, and pipes do not need it

    app = server.streamable_http_app()

    async def guarded(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and dict(scope["headers"]).get(b"authorization") != f"Bearer {token}".encode():
            await send({"type": "http.response.start", "status": 401, "headers": []})
            await send({"type": "http.response.body", "body": b"no"})
            return
        await app(scope, receive, send)

    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(guarded, log_level="critical", lifespan="on")).run(sockets=[listener])


if __name__ == "__main__":
    print("the server complains", file=sys.stderr)
    if len(sys.argv) > 1:
        serve_http(sys.argv[1])
    else:
        server.run()
