"""Web addresses as models write them, in the one form that is sent."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from ipaddress import IPv6Address
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from fluent_ai_toolkit.errors import FetchFailed, FetchReason

LENGTH_LIMIT: Final = 8_192
"""Characters of a URL."""
_LOCAL: Final = ("localhost", "local", "internal", "home.arpa", "lan", "intranet")
"""Names that mean a machine or a network of one's own (RFC 6761, 6762, 8375)."""
_HOST: Final = re.compile(r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*")
_SAFE: Final = "%/:?#[]@!$&'()*+,;=-._~|"


class WebUrl(NamedTuple):
    """A URL that may be asked for, if its addresses are public."""

    url: str
    """With the host in ASCII and lower case, without a dot at its end; addresses in their usual form; no fragment."""
    host: str


def read_url(url: str) -> WebUrl:
    """The URL. Raises FetchFailed for other schemes than http and https, for passwords, and for what is malformed."""
    text = url.strip()
    if len(text) > LENGTH_LIMIT:
        raise FetchFailed(f"the URL has {len(text):,} characters; allowed: {LENGTH_LIMIT:,}", reason="url", url=url)
    if any(character <= " " or character in "\\\x7f" for character in text):
        raise _refused("it holds spaces, backslashes or control characters", url)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused("it is malformed", url) from None
    if parts.scheme not in ("http", "https"):
        raise _refused("its scheme is not http or https", url)
    if "@" in parts.netloc:
        raise _refused("it holds a user or a password", url)
    host = _host(host, url)
    netloc = (f"[{host}]" if ":" in host else host) + ("" if port is None else f":{port}")
    path, query = (quote(each, safe=_SAFE) for each in (parts.path or "/", parts.query))
    return WebUrl(urlunsplit((parts.scheme, netloc, path, query, "")), host)


def without_query(url: str) -> str:
    """The URL as messages show it: without its query, which may hold keys."""
    return re.split(r"[?#]", url.strip(), maxsplit=1)[0][:200]


def is_local(host: str) -> bool:
    """Whether a name means a machine or a network of one's own, whatever its address."""
    return any(host == name or host.endswith(f".{name}") for name in _LOCAL)


def is_of(host: str, domains: tuple[str, ...]) -> bool:
    """Whether a host is one of these domains, or below one of them."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def read_domain(text: str) -> str:
    """A domain as `is_of` takes it. Raises FetchFailed."""
    return _host(text.strip(), text)


def _host(text: str, url: str) -> str:
    if ":" in text:
        with suppress(ValueError):
            if "%" not in text:
                return _ipv6(IPv6Address(text))
        raise _refused("its host is malformed", url)
    host = text.rstrip(".").lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            raise _refused("its host is malformed", url) from None
    last = host.rpartition(".")[2]
    if last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last):  # a number means an address (WHATWG URL, 3.5)
        try:
            return socket.inet_ntoa(socket.inet_aton(host))
        except (OSError, ValueError):
            raise _refused("its host is malformed", url) from None
    if not _HOST.fullmatch(host):
        raise _refused("its host is malformed", url)
    return host


def _ipv6(address: IPv6Address) -> str:
    """In hexadecimal alone (WHATWG URL, 3.6); from 3.13 on, Python ends those of mapped IPv4 addresses with dots."""
    if (mapped := address.ipv4_mapped) is None:
        return str(address)
    return f"::ffff:{int(mapped) >> 16:x}:{int(mapped) & 0xFFFF:x}"


def _refused(why: str, url: str, reason: FetchReason = "url") -> FetchFailed:
    return FetchFailed(why, reason=reason, url=url)
