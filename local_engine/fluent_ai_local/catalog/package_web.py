"""GETs for a worker: pages into memory, files to disk, over the runtime's own HTTP."""

from __future__ import annotations

import os
import ssl
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, Self, TypeVar
from urllib.parse import urljoin

from fluent_ai.content.events import Event, Ping, Progress
from fluent_ai.errors import ConfigError, FluentError, ProtocolError
from fluent_ai.http.messages import HttpRequest, Response, Timeouts, Transport
from fluent_ai.http.transports import default_transport
from fluent_ai.interfaces import Emit
from fluent_ai.resilience.retry import RetryPolicy
from fluent_ai.threads import submit

from fluent_ai_local.catalog.index_config import Places
from fluent_ai_local.catalog.index_urls import is_url, login_in, login_in_netrc, origin, without_login
from fluent_ai_local.catalog.simple_pages import ACCEPT, Link
from fluent_ai_local.catalog.transfer import Transfer, refused

T = TypeVar("T")

MAX_PAGE: Final = 64 * 2**20
"""Bytes of an index's page about one package."""

_HEARTBEAT: Final = 0.25
"""Seconds between two events, each of which is a chance to be cancelled."""
_TIMEOUTS: Final = Timeouts(connect=15.0, first_byte=60.0, read=60.0)
_POLICY: Final = RetryPolicy(retries=4)
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS: Final = 5


class Web:
    """Each GET runs in a thread of its own, so that the worker can be cancelled while it waits. `left` says it was."""

    def __init__(self, places: Places, emit: Emit[Event], logins: Mapping[str, str] = MappingProxyType({})) -> None:
        """`logins` are headers by the origin that they are for, beside those in the URLs of `places`."""
        self._places = places
        self._emit = emit
        named = [url for url in (*places.indexes, *places.find_links) if is_url(url)]
        self._logins = {origin(url): login for url in named if (login := login_in(url)) is not None} | dict(logins)
        self._transports: dict[bool, Transport] = {}
        self._response: Response | None = None
        self.left = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for transport in self._transports.values():
            transport.close()

    def get(self, url: str, *, accept: str = ACCEPT) -> tuple[bytes, str, str]:
        """The body, its content type, and the URL that it came from after redirects."""

        def work() -> tuple[bytes, str, str]:
            response, final = self._send(url, {"accept": accept})
            try:
                body = bytearray()
                for chunk in response.chunks():
                    body += chunk
                    if len(body) > MAX_PAGE:
                        raise ProtocolError(f"the page is larger than {MAX_PAGE} bytes")
            finally:
                response.close()
            if response.status != 200:
                raise refused(response.status)
            return bytes(body), response.headers.get("content-type", ""), final

        return self._retried(lambda: self._watch(submit(work, name="index"), Ping))

    def download(self, link: Link, path: Path, limit: int) -> None:
        """Write the file at the link to `path`, from where an earlier transfer ended, and emit how far it is."""
        transfer = Transfer(self._send, link, path, limit)

        def progress() -> Event:
            return Progress("download", transfer.done, transfer.total)

        self._retried(lambda: self._watch(submit(transfer.go_on, name="download"), progress))
        self._say(progress())

    def _retried(self, attempt: Callable[[], T]) -> T:
        number = 0
        while True:
            try:
                return attempt()
            except FluentError as error:
                delay = None if self.left else _POLICY.delay(error, number)
                if delay is None:
                    raise
            number += 1
            until = time.monotonic() + delay
            while (left := until - time.monotonic()) > 0:
                self._say(Ping())
                time.sleep(min(left, _HEARTBEAT))

    def _watch(self, call: Future[T], event: Callable[[], Event]) -> T:
        """The result of a call; meanwhile says something now and then. When that raises, the transfer is broken off."""
        try:
            while not wait([call], _HEARTBEAT).done:
                self._say(event())
        except BaseException:
            self.left = True  # also where no event was refused: a signal's handler may raise
            if (response := self._response) is not None:
                response.abort()
                wait([call], _TIMEOUTS.connect)
            raise
        return call.result()

    def _say(self, event: Event) -> None:
        try:
            self._emit(event)
        except BaseException:
            self.left = True
            raise

    def _send(self, url: str, headers: Mapping[str, str]) -> tuple[Response, str]:
        """The answer, of whatever status, after redirects. A login goes to its own host only."""
        for _ in range(_MAX_REDIRECTS + 1):
            login = login_in(url) or self._logins.get(origin(url)) or login_in_netrc(url)
            url = without_login(url)
            headers = {**headers, "accept-encoding": "identity"}
            request = HttpRequest("GET", url, headers if login is None else {**headers, "authorization": login})
            self._response = None
            response = self._response = self._transport(url).send(request, _TIMEOUTS)
            if self.left:  # looked at only now: who leaves sets it first, and aborts the response then
                response.abort()
                raise ProtocolError("the transfer was left")
            if response.status not in _REDIRECTS:
                return response, url
            response.close()
            target = urljoin(url, response.headers.get("location", ""))
            if not target.startswith("https:" if url.startswith("https:") else ("http:", "https:")):
                raise ProtocolError("a redirect that is not followed")
            url = target
        raise ProtocolError(f"more than {_MAX_REDIRECTS} redirects")

    def _transport(self, url: str) -> Transport:
        host = origin(url).partition("://")[2]
        trusted = bool({host, host.partition(":")[0]} & {*self._places.trusted})
        if trusted not in self._transports:
            self._transports[trusted] = default_transport(proxy=self._places.proxy, tls=self._tls(trusted))
        return self._transports[trusted]

    def _tls(self, trusted: bool) -> ssl.SSLContext | None:
        path = self._places.certificates
        if path is None and not trusted:
            return None
        try:
            context = ssl.create_default_context(
                cafile=path if path and not os.path.isdir(path) else None,
                capath=path if path and os.path.isdir(path) else None,
            )
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(f"the certificates {path} cannot be used ({type(error).__name__})") from None
        if trusted:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context
