"""What the environment says of proxies and certificates, read alike for all transports.

Sources: https://curl.se/libcurl/c/CURLOPT_NOPROXY.html, and https://pkg.go.dev/golang.org/x/net/http/httpproxy for
ports and ranges of addresses in NO_PROXY.
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit
from urllib.request import getproxies, getproxies_environment, proxy_bypass

from fluent_ai.errors import ConfigError

_PORTS = {"http": 80, "https": 443}
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
_SCHEMES = ("http", "https", "socks5", "socks5h")


class Proxies:
    """The proxies that the environment names, or the system's settings where it names none."""

    def __init__(self) -> None:
        self._by_scheme: Mapping[str, str] = getproxies()
        self._of_system = not getproxies_environment()
        self._direct = [entry for entry in re.split(r"[\s,]+", self._by_scheme.get("no", "")) if entry]

    def for_url(self, url: str) -> str | None:
        """The URL of the proxy for a request; None where it goes directly. Raises ConfigError for one of no use."""
        if not self._by_scheme:
            return None
        parts = urlsplit(url)
        if not (proxy := self.named(parts.scheme)):
            return None
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
        if any(goes_directly(entry, host, port) for entry in self._direct):
            return None
        if self._of_system and proxy_bypass(host):
            return None
        return checked_proxy(proxy if "://" in proxy else f"http://{proxy}", "that the environment names")

    def named(self, scheme: str) -> str | None:
        """What is named for URLs of this scheme, whatever their hosts."""
        return self._by_scheme.get(scheme) or self._by_scheme.get("all")

    @property
    def use_socks(self) -> bool:
        """Whether any of them is a SOCKS proxy, which not every transport can use."""
        return any(proxy.lower().startswith("socks") for name, proxy in self._by_scheme.items() if name != "no")


def checked_proxy(proxy: str, which: str) -> str:
    """The URL of a proxy. Raises ConfigError, which repeats nothing of it but its scheme: it may hold a password."""
    problem = f"its scheme is not one of {', '.join(_SCHEMES)}"
    with suppress(ValueError):
        parts = urlsplit(proxy)
        parts.port  # noqa: B018  # raises ValueError for a malformed port
        if parts.scheme in _SCHEMES and parts.hostname and proxy.isascii() and proxy.isprintable():
            return proxy
        problem = problem if parts.scheme not in _SCHEMES else "it has no host"
        raise ConfigError(f"the proxy {which} cannot be used: {problem}")
    raise ConfigError(f"the proxy {which} cannot be used: its host or port is malformed")


def goes_directly(entry: str, host: str, port: int) -> bool:
    """Whether an entry of NO_PROXY means this host: `*`, a name with all below it, an address, or a range of them.

    An entry with a port means this port only.
    """
    entry, host = entry.casefold(), host.casefold().rstrip(".")
    if entry == "*":
        return True
    entry = entry.rpartition("://")[2]
    with suppress(ValueError):
        return ip_address(host) in ip_network(entry.strip("[]"), strict=False)
    name, given = entry, ""
    if found := re.fullmatch(r"(\[.*\]|[^:]*):(\d+)", entry):
        name, given = found[1], found[2]
    if given and int(given) != port:
        return False
    with suppress(ValueError):
        return ip_address(host) == ip_address(name.strip("[]"))
    name = name.removeprefix("*").strip(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def tls_context() -> ssl.SSLContext:
    """Trusts the certificates that the environment names, else the system's.

    Raises ConfigError for a variable that names no certificates, or a place for keys where no file can be.
    """
    if (named := _named()) is not None:
        return _trusting(*named)
    import httpx2

    context = httpx2.create_ssl_context(trust_env=False)
    if log := os.environ.get("SSLKEYLOGFILE"):
        context.keylog_filename = log
    return context


def named_certificates() -> str | None:
    """The file or the folders of certificates that the environment names; None for the system's. Raises as above."""
    if (named := _named()) is None:
        return None
    _trusting(*named)
    return named[1]


def _named() -> tuple[str, str] | None:
    """The first variable that is set, and its value. Raises for a place for keys where no file can be."""
    if (problem := key_log_problem()) is not None:
        raise ConfigError(f"SSLKEYLOGFILE is {os.environ['SSLKEYLOGFILE']!r}; allowed: a file to write to: {problem}")
    return next(((variable, place) for variable in _CERTIFICATES if (place := os.environ.get(variable))), None)


def _trusting(variable: str, place: str) -> ssl.SSLContext:
    """SSL_CERT_DIR may name several folders, as for OpenSSL; those that are not there are left out if another is."""
    if variable == "SSL_CERT_DIR" and len(folders := place.split(os.pathsep)) > 1:
        if not (there := [each for each in folders if os.path.isdir(each)]):
            raise ConfigError(f"{variable} is {place!r}; allowed: folders with certificates, of which one is there")
        context = ssl.create_default_context(capath=there[0])
        for each in there[1:]:
            context.load_verify_locations(capath=each)
        return context
    folder = os.path.isdir(place)
    if folder == (variable == "SSL_CERT_FILE") or not os.path.exists(place):
        wanted = "a folder" if variable == "SSL_CERT_DIR" else "a file"
        if not (folder and variable == "REQUESTS_CA_BUNDLE"):
            raise ConfigError(f"{variable} is {place!r}; allowed: {wanted} with certificates that is there")
    try:
        if folder:
            return ssl.create_default_context(capath=place)
        return ssl.create_default_context(cafile=place)
    except (OSError, ValueError) as error:  # SSLError is an OSError
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or type(error).__name__
    raise ConfigError(f"{variable} is {place!r}; allowed: a file with certificates: {reason}")


def key_log_problem() -> str | None:
    """Why the keys of TLS cannot be written where SSLKEYLOGFILE says; None if they can, or if it is not set."""
    log = os.environ.get("SSLKEYLOGFILE")
    try:
        if log:
            with open(log, "ab"):
                pass
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or type(error).__name__
    return None
