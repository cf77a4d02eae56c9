"""An MCP server over HTTP, of the handshake era, that forgets sessions, wants tokens and answers badly when told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class HttpServer:
    """What the handler does, and what it has seen."""

    def __init__(self) -> None:
        self.url = ""
        self.sessions: list[str] = []
        self.forgotten: set[str] = set()
        self.tokens: set[str] | None = None
        """The tokens that it takes; None for all who ask."""
        self.authorizations: list[str | None] = []
        self.calls: list[str] = []
        self.resumed: list[str | None] = []
        self.moods: list[str] = []
        """What becomes of the next calls of a tool: `break`, `drop`, `huge`, `squeezed` or `html`."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: HttpServer

    def log_message(self, *arguments: object) -> None:
        pass

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer(self, message: dict[str, Any], result: dict[str, Any], **headers: str) -> None:
        body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode()
        self.send(200, body, Content_Type="application/json", **headers)

    def do_DELETE(self) -> None:
        self.send(200)

    def do_GET(self) -> None:
        last = self.headers.get("Last-Event-ID")
        if last is None:
            self.send(405)
            return
        self.state.resumed.append(last)
        number = int(self.state.calls[-1].split()[1])
        found = {"jsonrpc": "2.0", "id": number, "result": words("the rest")}
        self.send(200, f"id: 2\ndata: {json.dumps(found)}\n\n".encode(), Content_Type="text/event-stream")

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        state = self.state
        state.authorizations.append(self.headers.get("Authorization"))
        if state.tokens is not None and self.headers.get("Authorization") not in {f"Bearer {t}" for t in state.tokens}:
            self.send(401)
        elif message["method"] == "initialize":
            state.sessions.append(f"session-{len(state.sessions) + 1}")
            capabilities = {"tools": {}}
            about = {"name": "web", "version": "1"}
            result = {"protocolVersion": "2025-06-18", "capabilities": capabilities, "serverInfo": about}
            self.answer(message, result, Mcp_Session_Id=state.sessions[-1])
        elif message["method"] == "server/discover":
            self.send(400)
        elif self.headers.get("Mcp-Session-Id") in state.forgotten:
            error = {"jsonrpc": "2.0", "id": None, "error": {"code": -32001, "message": "Session not found"}}
            self.send(404, json.dumps(error).encode(), Content_Type="application/json")
        elif "id" not in message:
            self.send(202)
        elif message["method"] == "tools/list":
            self.answer(message, {"tools": [{"name": "echo", "inputSchema": {"type": "object"}}]})
        else:
            self.call(message)

    def call(self, message: dict[str, Any]) -> None:
        state = self.state
        state.calls.append(f"{self.headers.get('Mcp-Session-Id')} {message['id']}")
        mood = state.moods.pop(0) if state.moods else ""
        if mood == "break":  # after an event that can be gone on from
            self.send(200, b"id: 1\nretry: 10\ndata:\n\n", Content_Type="text/event-stream")
        elif mood == "huge":
            self.answer(message, words("x" * 3_000_000))
        elif mood == "squeezed":
            self.send(200, b"\x1f\x8b", Content_Type="application/json", Content_Encoding="gzip")
        elif mood == "html":
            self.send(200, b"<html>", Content_Type="text/html")
        elif mood == "drop":
            self.close_connection = True
            self.connection.close()
        else:
            self.answer(message, words(json.dumps(message["params"].get("arguments", {}))))


def words(text: str) -> dict[str, Any]:
    return {"content": [{"type": "text", "text": text}]}


@contextmanager
def http_mcp_server() -> Iterator[HttpServer]:
    state = HttpServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"state": state}))
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}/mcp"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
