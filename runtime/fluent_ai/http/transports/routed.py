"""Transports of httpx2 that go directly or through a proxy, as the environment says; each is made on first use."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import httpcore2
import httpx2

from fluent_ai.errors import ConfigError
from fluent_ai.http.transports.environment import Proxies, checked_proxy, tls_context
from fluent_ai.threads import new_lock

T = TypeVar("T", bound=httpx2.HTTPTransport | httpx2.AsyncHTTPTransport)
_LIMITS = httpx2.Limits(max_connections=1000, max_keepalive_connections=100, keepalive_expiry=30.0)


class _Routes(Generic[T]):
    """One transport for each proxy, and one without; those for plain http need no certificates.

    `proxy` and `tls` replace the environment's settings; none of its proxies is used if all goes `direct`.
    """

    def __init__(
        self,
        kind: Callable[..., T],
        network: httpcore2.NetworkBackend | httpcore2.AsyncNetworkBackend,
        proxy: str | None,
        tls: ssl.SSLContext | None,
        direct: bool = False,
    ) -> None:
        self._kind = kind
        self._network = network
        self._proxy = None if proxy is None else checked_proxy(proxy, "that a setting names")
        self._proxies = None if proxy is not None or direct else Proxies()
        self._tls = tls
        self._made: dict[tuple[bool, str | None], T] = {}
        self._lock = new_lock()

    def to(self, url: httpx2.URL) -> T:
        """The transport for this URL. Raises ConfigError for a proxy or for certificates that cannot be used."""
        proxy, proxies = self._proxy, self._proxies
        if proxies is not None and proxies.named(url.scheme):  # most have none, and the URL as a text is costly
            proxy = proxies.for_url(str(url))
        secure = url.scheme == "https" or (proxy or "").startswith("https:")
        with self._lock:
            found = self._made.get((secure, proxy))
            if found is None:
                found = self._made[secure, proxy] = self._new(secure, proxy)
            return found

    def all(self) -> list[T]:
        """Those that were made."""
        with self._lock:
            return list(self._made.values())

    def _new(self, secure: bool, proxy: str | None) -> T:
        if secure and self._tls is None:
            self._tls = tls_context()
        verify = self._tls if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            made = self._kind(verify=verify, limits=_LIMITS, proxy=proxy, trust_env=False)
        except ImportError:
            reason = "a SOCKS proxy needs the extra socks: pip install 'fluent-ai[socks]'"
        except (ValueError, httpx2.InvalidURL):
            reason = "its URL is malformed"
        else:
            pool: Any = made._pool  # noqa: SLF001
            pool._network_backend = self._network  # noqa: SLF001  # there is no argument for it
            return made
        # Raised outside the handler, because the original error holds the proxy's password.
        raise ConfigError(f"the proxy that the environment or a setting names cannot be used: {reason}")


class RoutedTransport(httpx2.BaseTransport):
    """Of a blocking client."""

    def __init__(
        self,
        network: httpcore2.NetworkBackend,
        proxy: str | None = None,
        tls: ssl.SSLContext | None = None,
        *,
        direct: bool = False,
    ) -> None:
        self._routes = _Routes(httpx2.HTTPTransport, network, proxy, tls, direct)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._routes.to(request.url).handle_request(request)

    def close(self) -> None:
        for transport in self._routes.all():
            transport.close()


class AsyncRoutedTransport(httpx2.AsyncBaseTransport):
    """Of an asynchronous client."""

    def __init__(
        self, network: httpcore2.AsyncNetworkBackend, proxy: str | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self._routes = _Routes(httpx2.AsyncHTTPTransport, network, proxy, tls)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return await self._routes.to(request.url).handle_async_request(request)

    async def aclose(self) -> None:
        for transport in self._routes.all():
            await transport.aclose()
