from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass
class Answer:
    """What the server does; `fault` is truncate (half the body), reset (no answer) or hang (until the test ends)."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    fault: str = ""


@dataclass
class ListServer:
    """Answers each request by `answer(path)`; `requests` holds (path, headers)."""

    url: str
    answer: Callable[[str], Answer]
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def list_server() -> Iterator[ListServer]:
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet

        def log_message(self, *arguments: object) -> None:
            pass

        def do_GET(self) -> None:
            server.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answer = server.answer(self.path)
            if answer.fault == "hang":
                ended.wait(30)
            if answer.fault in ("reset", "hang"):
                self.close_connection = True
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            body = answer.body
            if answer.fault == "truncate":
                body = body[: len(body) // 2]
                self.close_connection = True
            self.wfile.write(body)

        def finish(self) -> None:
            if self.connection.fileno() != -1:
                super().finish()

    class Server(ThreadingHTTPServer):
        daemon_threads = False

        def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
            if request.fileno() != -1:
                super().shutdown_request(request)

    httpd = Server(("127.0.0.1", 0), Handler)
    server = ListServer(f"http://127.0.0.1:{httpd.server_port}", lambda path: Answer(status=404))
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    ended.set()
    httpd.shutdown()
    thread.join()
    httpd.server_close()
