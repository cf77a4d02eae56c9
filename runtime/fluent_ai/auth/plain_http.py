"""Keys are never sent in the clear: plain http is allowed only to this machine and its private network."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from fluent_ai.errors import ConfigError

_LOCAL = (
    "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
    "::1/128", "fc00::/7", "fe80::/10",
)  # fmt: skip
"""Loopback, private use (RFC 1918, RFC 4193) and link-local."""
_LOCAL_NAMES = (".localhost", ".local", ".internal")
"""Top-level names that are reserved for private use (RFC 6761, RFC 6762, and ICANN's reservation of `internal`)."""


@lru_cache(256)
def refuse_plain_http(provider: str, url: str) -> None:
    """Raises ConfigError if a key sent to this URL could be read in transit."""
    parts = urlsplit(url)
    if parts.scheme == "http" and not is_local(parts.hostname or ""):
        raise ConfigError(
            f"{provider}: the base URL http://{parts.hostname} would send the key unencrypted; allowed: "
            "https, or http to this machine, a private address, or a host name without a dot",
            provider=provider,
        )


@lru_cache(256)
def is_local(host: str) -> bool:
    """True for this machine and hosts of its private network, judged by name or address alone."""
    import socket  # imported here with `ipaddress`: 5 ms that only plain http pays
    from ipaddress import IPv4Address, ip_address, ip_network

    host = host.rstrip(".").lower()
    try:
        # inet_aton's notations count too: `2130706433` and `127.1` are addresses, not host names.
        address = ip_address(host) if ":" in host else IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return ":" not in host and bool(host) and ("." not in host or host.endswith(_LOCAL_NAMES))
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in ip_network(network) for network in _LOCAL)
