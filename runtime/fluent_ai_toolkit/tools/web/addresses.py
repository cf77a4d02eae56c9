"""Which addresses belong to the public internet, however they are written.

Sources: the IANA registries of special-purpose addresses (RFC 6890, as of 2025), RFC 6052 (NAT64), RFC 3056 (6to4),
RFC 4380 (Teredo), RFC 5214 (ISATAP). The tables are our own: those of `ipaddress` differ from one Python to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

Network = IPv4Network | IPv6Network

_SPECIAL_V4: Final = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_SPECIAL_V6: Final = tuple(
    IPv6Network(text)
    for text in (
        "::/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_METADATA: Final = frozenset(
    ip_address(text)
    for text in (
        "169.254.169.254", "169.254.170.2", "169.254.170.23", "168.63.129.16", "100.100.100.200", "192.0.0.192",
        "fd00:ec2::254", "fd00:ec2::23", "fd00:42::42", "fd20:ce::254",
    )
)  # fmt: skip
"""Where clouds tell their machines keys: AWS, Azure, Google, Alibaba, Oracle, Scaleway and others."""


@lru_cache(1024)
def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet. Raises ValueError for what is no address."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv4Address):
        return found not in _METADATA and not any(found in network for network in _SPECIAL_V4)
    if found in _MAPPED or found in _NAT64:
        return is_public(str(_last(found)))
    if any(found in network for network in _SPECIAL_V6) or is_metadata(address):
        return False
    return not _is_isatap(found) or is_public(str(_last(found)))


@lru_cache(1024)
def is_metadata(address: str) -> bool:
    """Whether an address is where a cloud tells its machines keys, also within an IPv6 address that leads there."""
    found = ip_address(address.partition("%")[0])
    return found in _METADATA or (isinstance(found, IPv6Address) and any(each in _METADATA for each in _within(found)))


def is_within(address: str, networks: tuple[Network, ...]) -> bool:
    """Whether one of the networks holds the address; an IPv4 address in IPv6 form is that IPv4 address."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return any(found in network for network in networks)


def as_network(text: str) -> Network:
    """The network with this name, such as 10.0.0.0/8. Raises ValueError."""
    return ip_network(text)


def _within(address: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses that an IPv6 address may lead to."""
    bits = int(address)
    yield _last(address)  # mapped, translated, compatible, ISATAP, NAT64 with 96 bits of any network
    yield IPv4Address(~bits & 0xFFFFFFFF)  # Teredo
    yield IPv4Address(bits >> 80 & 0xFFFFFFFF)  # 6to4
    yield IPv4Address((bits >> 64 & 0xFFFF) << 16 | bits >> 40 & 0xFFFF)  # NAT64 with 48 bits of network


def _last(address: IPv6Address) -> IPv4Address:
    return IPv4Address(int(address) & 0xFFFFFFFF)


def _is_isatap(address: IPv6Address) -> bool:
    return int(address) >> 32 & 0xFDFFFFFF == 0x5EFE
