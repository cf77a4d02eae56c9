"""A real HTTP server on the loopback interface that says, byte by byte, what a test tells it to."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fluent_ai.manifest.schema import Auth, Manifest, ModelList, Route


@dataclass
class Sent:
    """A request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """What the server says: `pieces` are written one by one; a number is a pause in seconds, None closes the socket."""

    pieces: list[bytes | float | None] = field(default_factory=list)


def sse(*payloads: object, done: bool = True) -> list[bytes]:
    """Server-sent events of JSON payloads, one piece each, with `[DONE]` after them."""
    pieces = [f"data: {json.dumps(payload)}\n\n".encode() for payload in payloads]
    return [*pieces, b"data: [DONE]\n\n"] if done else pieces


def text_chunks(*texts: str, finish: str | None = "stop", usage: Mapping[str, int] | None = None) -> list[object]:
    """Chat-completion chunks that say these texts."""
    head = {"id": "chat-1", "model": "real-model"}
    rows: list[object] = [head | {"choices": [{"index": 0, "delta": {"content": text}}]} for text in texts]
    if finish:
        rows.append(head | {"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    if usage:
        rows.append(head | {"choices": [], "usage": dict(usage)})
    return rows


def stream(pieces: list[bytes | float | None], *, chunked: bool = True, end: bool = True) -> Answer:
    """A 200 event stream of these pieces; without `end` the connection is closed before the body's end."""
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
    framed = [b"%x\r\n%s\r\n" % (len(piece), piece) if isinstance(piece, bytes) else piece for piece in pieces]
    return Answer([head, *framed, *([b"0\r\n\r\n"] if end else [None])])


def reply(status: int, body: bytes | object, *, headers: Mapping[str, str] | None = None) -> Answer:
    """A whole answer; anything but bytes is sent as JSON."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"content-type": "application/json", "content-length": str(len(data)), **(headers or {})}
    head = f"HTTP/1.1 {status} Said\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"
    return Answer([head.encode() + data])


class Server:
    """Answers requests in turn from `answers`; the last one is repeated. `sent` holds the requests."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.sent: list[Sent] = []
        self.answers: list[Answer | Callable[[Sent], Answer]] = []
        self.connections = 0
        self.dropped = threading.Event()
        """Set when a client left before the answer was written."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def say(self, *answers: Answer | Callable[[Sent], Answer]) -> None:
        self.answers = list(answers)

    def close(self) -> None:
        self._listener.close()
        for connection in tuple(self._open):
            connection.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            connection = self._secure(connection)
            self._open.add(connection)
            with connection, connection.makefile("rb") as file:
                while (sent := self._read(file)) is not None:
                    self.sent.append(sent)
                    answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
                    for piece in (answer(sent) if callable(answer) else answer).pieces:
                        if piece is None:
                            return
                        if isinstance(piece, bytes):
                            connection.sendall(piece)
                        else:
                            self._pause(connection, piece)
        except OSError:
            self.dropped.set()
        finally:
            self._open.discard(connection)

    def _secure(self, connection: socket.socket) -> socket.socket:
        return connection if self._tls is None else self._tls.wrap_socket(connection, server_side=True)

    def _pause(self, connection: socket.socket, seconds: float) -> None:
        """Wait, but notice a client that leaves."""
        end = time.monotonic() + seconds
        connection.setblocking(False)
        try:
            while time.monotonic() < end:
                try:
                    if not socket.socket.recv(connection, 1, socket.MSG_PEEK):  # a TLS socket would refuse the flag
                        raise ConnectionResetError
                except BlockingIOError:
                    time.sleep(0.005)
        finally:
            connection.setblocking(True)

    def _read(self, file: Any) -> Sent | None:
        line = file.readline()
        if not line.strip():
            return None
        method, path, _ = line.decode().split(" ", 2)
        headers = {}
        while (row := file.readline().decode().strip()) != "":
            name, _, value = row.partition(":")
            headers[name.lower()] = value.strip()
        return Sent(method, path, headers, file.read(int(headers.get("content-length", 0))))


def manifest_for(url: str, **changes: Any) -> Manifest:
    """A provider `acme` that speaks chat completions at `url`."""
    fields: dict[str, Any] = {
        "id": "acme",
        "name": "Acme",
        "docs": "https://acme.example/docs",
        "base_url": url,
        "auth": Auth(env=("ACME_API_KEY",)),
        "model_list": ModelList(path="/models", shape="openai"),
        "chat": (Route(protocol="openai_chat", path="/chat/completions"),),
    }
    return Manifest(**fields | changes)
