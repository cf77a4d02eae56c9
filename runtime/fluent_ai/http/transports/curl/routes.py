"""The way of a request: its host, through a proxy or not, and whom it trusts."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from fluent_ai.http.transports.curl.trust import Trust, trust
from fluent_ai.http.transports.environment import Proxies, checked_proxy

_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


class Place(NamedTuple):
    """Where a URL leads."""

    secure: bool
    host: str
    port: int
    numeric: bool
    """The host is an address, so it need not be looked up."""


class Route(NamedTuple):
    target: Place
    proxy: str | None
    first: Place
    """What is connected to: the proxy, or the target."""
    trust: Trust


class Routes:
    """Finds the routes by the environment's settings, or by `proxy`, which takes their place."""

    def __init__(self, proxy: str | None = None) -> None:
        self._proxy = None if proxy is None else checked_proxy(proxy, "that a setting names")
        self._proxies = Proxies() if proxy is None else None
        self._trust: Trust | None = None

    def to(self, url: str) -> Route:
        """Raises ConfigError for a proxy or for certificates that cannot be used."""
        target, proxy = place(url), self._proxy
        if self._proxies is not None and self._proxies.named("https" if target.secure else "http"):
            proxy = self._proxies.for_url(url)
        if proxy is None and not target.secure:
            return Route(target, None, target, Trust())
        if target.secure or str(proxy).startswith("https:"):
            self._trust = self._trust or trust()
        return Route(target, proxy, target if proxy is None else place(proxy), self._trust or Trust())


@lru_cache(256)
def place(url: str) -> Place:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        ip_address(host.partition("%")[0])
        numeric = True
    except ValueError:
        numeric = False
    return Place(parts.scheme == "https", host, parts.port or _PORTS[parts.scheme], numeric)
