"""A package index on the loopback interface that can be told to misbehave."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class PackageIndex:
    """Serves `/simple/<name>/` and the files of `folder`. `asked` holds path and headers of every request."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.pages: dict[str, tuple[str, bytes]] = {}
        self.statuses: dict[str, list[int]] = {}
        """By path: statuses to answer with before anything else."""
        self.redirects: dict[str, str] = {}
        self.login: str | None = None
        """The authorization header without which everything is refused."""
        self.cuts: list[int] = []
        """After how many bytes the next answers with a file break off."""
        self.etag: str | None = '"1"'
        self.ranges = True
        self.together: threading.Barrier | None = None
        """Where requests for files wait for one another."""
        self.pause_after: int | None = None
        """After how many bytes of a file to say no more; `paused` is set then."""
        self.paused = threading.Event()
        self._over = threading.Event()
        index = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                index.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                index._answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/simple"

    def offer(self, wheel: Path, *, as_json: bool = False, name: str = "toy-weights") -> None:
        """Have the page of the package link to the wheel."""
        url = f"../../files/{wheel.name}"
        if as_json:
            digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
            file = {"filename": wheel.name, "url": url, "hashes": {"sha256": digest}, "size": wheel.stat().st_size}
            page = json.dumps({"meta": {"api-version": "1.0"}, "name": name, "files": [file]}).encode()
            self.pages[f"/simple/{name}/"] = ("application/vnd.pypi.simple.v1+json", page)
        else:
            page = f'<!DOCTYPE html><html><body><a href="{url}#sha256=00">{wheel.name}</a></body></html>'.encode()
            self.pages[f"/simple/{name}/"] = ("text/html; charset=utf-8", page)

    def close(self) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path
        if self.login is not None and request.headers.get("authorization") != self.login:
            self._say(request, 401)
        elif self.statuses.get(path):
            self._say(request, self.statuses[path].pop(0))
        elif path in self.redirects:
            self._say(request, 302, location=self.redirects[path])
        elif path in self.pages:
            kind, body = self.pages[path]
            self._say(request, 200, body, **{"content-type": kind})
        elif path.startswith("/files/") and (file := self.folder / path.removeprefix("/files/")).is_file():
            self._send(request, file.read_bytes())
        else:
            self._say(request, 404)

    def _say(self, request: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def _send(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        if self.together is not None:
            self.together.wait(60)
        start = 0
        asked = request.headers.get("range")
        if asked and self.ranges and request.headers.get("if-range") == self.etag:
            start = int(asked.removeprefix("bytes=").partition("-")[0])
        request.send_response(206 if start else 200)
        if start:
            request.send_header("content-range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        if self.etag is not None:
            request.send_header("etag", self.etag)
        request.send_header("content-length", str(len(body) - start))
        request.end_headers()
        rest = body[start:]
        if self.pause_after is not None:
            request.wfile.write(rest[: self.pause_after])
            request.wfile.flush()
            self.paused.set()
            self._over.wait(60)
        elif self.cuts:
            request.wfile.write(rest[: self.cuts.pop(0)])
            request.close_connection = True
        else:
            request.wfile.write(rest)
