"""What libcurl is told of a request."""

from __future__ import annotations

import sys
from typing import Final

from fluent_ai.http.decoding import accepted
from fluent_ai.http.messages import HttpRequest
from fluent_ai.http.transports.curl.libcurl import Easy, pycurl
from fluent_ai.http.transports.curl.routes import Route
from fluent_ai.http.transports.curl.trust import Trust

SENT_AT_ONCE: Final = 64 * 1024
"""In bytes. libcurl takes so much of a body at once; of a longer one it asks for piece after piece."""
READ_AT_ONCE: Final = 64 * 1024
"""In bytes, for one system call."""
KEEPALIVE_SECONDS: Final = 30
_SUPPRESS_CONNECT_HEADERS: Final = 265
_HAPPY_EYEBALLS_TIMEOUT_MS: Final = 271
_TCP_AFTER_MS: Final = 100
"""Where QUIC has not connected by then, TCP is tried as well."""
_NO_LIMIT_MS: Final = 2**31 - 1
"""The limits are ours; without one, libcurl takes 300 s to connect."""
_UNSAID: Final = ("user-agent", "content-type", "accept", "expect")
"""Headers that libcurl would send unasked."""
_ALLOWED: Final = pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS


def configure(easy: Easy, request: HttpRequest, route: Route, version: int, line: str | None) -> None:
    set_option = easy.setopt
    set_option(pycurl.URL, request.url)
    set_option(pycurl.PATH_AS_IS, 1)  # parts of it may be signed
    set_option(pycurl.PROTOCOLS, _ALLOWED)
    set_option(pycurl.HTTP_VERSION, version)
    set_option(pycurl.NOSIGNAL, 1)
    set_option(pycurl.CONNECTTIMEOUT_MS, _NO_LIMIT_MS)
    set_option(pycurl.MAXAGE_CONN, KEEPALIVE_SECONDS)
    set_option(pycurl.BUFFERSIZE, READ_AT_ONCE)
    set_option(pycurl.HTTPHEADER, _header_lines(request))
    if line is not None:
        set_option(pycurl.RESOLVE, [line])
    _set_method(easy, request)
    _set_proxy(easy, route)
    if route.target.secure:
        if version == pycurl.CURL_HTTP_VERSION_3:
            set_option(_HAPPY_EYEBALLS_TIMEOUT_MS, _TCP_AFTER_MS)
        if version != pycurl.CURL_HTTP_VERSION_1_1:
            set_option(pycurl.PIPEWAIT, 1)  # for a connection that is being opened and may carry this one too
        _set_trust(easy, route.trust)


def _header_lines(request: HttpRequest) -> list[str]:
    names = {name.lower() for name in request.headers}
    # An empty value is written with a semicolon; with a colon, libcurl would leave the header out.
    lines = [f"{name}: {value}" if value else f"{name};" for name, value in request.headers.items()]
    lines += [f"{name}:" for name in _UNSAID if name not in names]
    if "accept-encoding" not in names:
        lines.append(f"accept-encoding: {accepted()}")
    return lines


def _set_method(easy: Easy, request: HttpRequest) -> None:
    body, method = request.body, request.method
    if method == "HEAD":
        easy.setopt(pycurl.NOBODY, 1)
        return
    if body or method == "POST":
        easy.setopt(pycurl.POST, 1)
        easy.setopt(pycurl.POSTFIELDSIZE_LARGE, len(body))
        if len(body) <= SENT_AT_ONCE:
            easy.setopt(pycurl.POSTFIELDS, body)
    if method != ("POST" if body else "GET"):
        easy.setopt(pycurl.CUSTOMREQUEST, method)


def _set_proxy(easy: Easy, route: Route) -> None:
    proxy = route.proxy or ""
    if proxy.startswith("socks5:"):
        proxy = "socks5h:" + proxy.removeprefix("socks5:")  # which looks the name up itself
    easy.setopt(pycurl.PROXY, proxy)  # "" keeps libcurl from reading the environment itself
    easy.setopt(pycurl.NOPROXY, "")
    if proxy:
        easy.setopt(_SUPPRESS_CONNECT_HEADERS, 1)
        if proxy.startswith("https:"):
            _set_trust_of_proxy(easy, route.trust)


def _set_trust(easy: Easy, trust: Trust) -> None:
    if trust.file is None and trust.folder is None and sys.platform in ("win32", "darwin"):
        easy.setopt(pycurl.SSL_OPTIONS, pycurl.SSLOPT_NATIVE_CA)
        return
    # What was compiled in is the place of the machine that built the wheel.
    easy.setopt(pycurl.CAINFO, trust.file) if trust.file else easy.unsetopt(pycurl.CAINFO)
    easy.setopt(pycurl.CAPATH, trust.folder) if trust.folder else easy.unsetopt(pycurl.CAPATH)


def _set_trust_of_proxy(easy: Easy, trust: Trust) -> None:
    if trust.file is not None:
        easy.setopt(pycurl.PROXY_CAINFO, trust.file)
    if trust.folder is not None:
        easy.setopt(pycurl.PROXY_CAPATH, trust.folder)
