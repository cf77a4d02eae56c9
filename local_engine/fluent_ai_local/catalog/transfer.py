"""One file on its way to the disk, in as many attempts and processes as it takes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from fluent_ai.errors import FluentError, ModelLoadFailed, ProtocolError, ServerError
from fluent_ai.http.messages import Response
from fluent_ai.kept_files import replace_file
from fluent_ai.type_info import prepare

from fluent_ai_local.catalog.index_urls import without_login
from fluent_ai_local.catalog.simple_pages import Link

Send = Callable[[str, Mapping[str, str]], tuple[Response, str]]


class _Version(msgspec.Struct, frozen=True):
    """Which content it is that a file has the beginning of: of which address (a hash, as it may hold a token), by which
    strong ETag, and of how many bytes.
    """

    address: str
    etag: str
    size: int | None = None


_read = msgspec.json.Decoder(_Version).decode


class Transfer:
    """What came is kept, with its version in a file beside it, and goes on if the server says that the rest belongs to
    it. A file that has changed is fetched from its beginning.
    """

    def __init__(self, send: Send, link: Link, path: Path, limit: int) -> None:
        self.done = 0
        self.total = link.size
        self._send = send
        self._url = link.url
        self._path = path
        self._limit = limit
        self._beside = path.with_name(f"{path.name}.json")
        self._address = hashlib.sha256(without_login(link.url).encode()).hexdigest()
        self._version = self._fetched_before()

    def go_on(self) -> None:
        """One attempt. Raises FluentError, after which another may go on, and OSError."""
        if self.done and self._version is not None and self.done == self._version.size:
            return
        headers = {}
        if self.done and self._version is not None:
            headers = {"range": f"bytes={self.done}-", "if-range": self._version.etag}
        response, _ = self._send(self._url, headers)
        try:
            if response.status == 416:  # there is less of it now
                self._forget()
                raise ServerError("has another file now", status=416, retryable=True)
            if response.status not in (200, 206):
                raise refused(response.status)
            self._begin(response)
            with self._path.open("r+b") as sink:
                sink.seek(self.done)
                for chunk in response.chunks():
                    if self.done + len(chunk) > self._limit:
                        self._forget()
                        raise ProtocolError(f"the file is larger than {self._limit} bytes")
                    sink.write(chunk)
                    self.done += len(chunk)
        finally:
            response.close()

    def _begin(self, response: Response) -> None:
        """Where the body starts, and how long it is (RFC 9110, sections 13.1.5 and 14.4)."""
        if response.status == 206 and not response.headers.get("content-range", "").startswith(f"bytes {self.done}-"):
            self._forget()
            raise ServerError("another part came than was asked for", retryable=True)
        length = response.headers.get("content-length", "")
        if response.status != 206:
            self._forget()
        if length.isdecimal():
            self.total = self.done + int(length)
        if response.status != 206:
            etag = response.headers.get("etag", "")
            if etag.startswith('"'):  # a weak one does not vouch for bytes
                self._version = _Version(self._address, etag, self.total if length.isdecimal() else None)
                replace_file(self._beside, msgspec.json.encode(self._version))

    def _forget(self) -> None:
        """Begin anew. The version goes first, so that a process that dies here leaves no content of another version."""
        self._beside.unlink(missing_ok=True)
        self._path.write_bytes(b"")
        self.done = 0
        self._version = None

    def _fetched_before(self) -> _Version | None:
        """The version of what an earlier transfer has left, if it is the beginning of this file."""
        try:
            version = _read(self._beside.read_bytes())
            done = self._path.stat().st_size
        except (FileNotFoundError, msgspec.MsgspecError):
            return None
        if version.address != self._address or (version.size is not None and done > version.size):
            return None
        self.done = done
        if version.size is not None:
            self.total = version.size
        return version


def refused(status: int) -> FluentError:
    """What an answer of this status means."""
    if status == 404:
        return ModelLoadFailed("does not know it", status=status)
    if status in (401, 403):
        return ModelLoadFailed(f"refuses the login, or needs one ({status})", status=status)
    if status >= 500 or status == 429:
        return ServerError(f"failed with status {status}", status=status, retryable=True)
    return ProtocolError(f"answered with status {status}", status=status)


prepare(_Version)
