"""Transports; this is the only package that imports an HTTP library.

`Client` uses httpx2. `AsyncClient` uses aiohttp if the extra `fast` is installed, else httpx2. With `http=` both use
libcurl, which the extra `http3` installs. Both accept another transport as `transport=`. The library is imported with
the first request.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from fluent_ai.http.messages import AsyncTransport, HttpVersion, Transport
from fluent_ai.lazy_names import lazy_names

if TYPE_CHECKING:
    from ssl import SSLContext

    from fluent_ai.http.transports.aiohttp import AiohttpTransport as AiohttpTransport
    from fluent_ai.http.transports.curl.blocking import CurlTransport as CurlTransport
    from fluent_ai.http.transports.curl.looped import AsyncCurlTransport as AsyncCurlTransport
    from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport as AsyncHttpx2Transport
    from fluent_ai.http.transports.httpx2 import Httpx2Transport as Httpx2Transport

_WHERE = {
    "aiohttp": ("AiohttpTransport",),
    "curl.blocking": ("CurlTransport",),
    "curl.looped": ("AsyncCurlTransport",),
    "httpx2": ("AsyncHttpx2Transport", "Httpx2Transport"),
}

if not TYPE_CHECKING:
    __all__, __getattr__, __dir__ = lazy_names(__name__, _WHERE)


def _needs_httpx2() -> bool:
    """Whether the environment names a SOCKS proxy, which aiohttp cannot use, or a key log at which its import fails."""
    from fluent_ai.http.transports.environment import Proxies, key_log_problem

    return Proxies().use_socks or key_log_problem() is not None


def default_transport(
    *, proxy: str | None = None, tls: SSLContext | None = None, http: HttpVersion | None = None
) -> Transport:
    """The default transport of `Client`, or with `http` the one that has this version.

    `proxy` and `tls` replace the environment's settings; `tls` is for the default alone.
    """
    if http is not None:
        from fluent_ai.http.transports.curl.blocking import CurlTransport

        return CurlTransport(http, proxy=proxy)
    from fluent_ai.http.transports.httpx2 import Httpx2Transport

    return Httpx2Transport(proxy=proxy, tls=tls)


def default_async_transport(*, http: HttpVersion | None = None) -> AsyncTransport:
    """The default transport of `AsyncClient`: the fastest that is installed and can use the environment's proxies.

    With `http` it is the one that has this version.
    """
    if http is not None:
        from fluent_ai.http.transports.curl.looped import AsyncCurlTransport

        return AsyncCurlTransport(http)
    if find_spec("aiohttp") is not None and not _needs_httpx2():
        from fluent_ai.http.transports.aiohttp import AiohttpTransport

        return AiohttpTransport()
    from fluent_ai.http.transports.httpx2 import AsyncHttpx2Transport

    return AsyncHttpx2Transport()
