"""The addresses of hosts. libcurl is told them, because its own look-up could not be interrupted."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from time import monotonic
from typing import Final

from fluent_ai.http.interrupts import Interrupt
from fluent_ai.http.transports.connecting import resolve

KEPT_SECONDS: Final = 60.0
"""How long an address is taken for known; the system's resolver says nothing of its age."""


class Names:
    """Looks hosts up, and remembers them for a while, as lines for libcurl's RESOLVE."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], tuple[float, str]] = {}

    def known(self, host: str, port: int) -> str | None:
        due, line = self._known.get((host, port), (0.0, None))
        return line if monotonic() < due else None

    def wait_for(self, host: str, port: int, due: float, interrupt: Interrupt) -> str:
        """Raises OSError, and TimeoutError after `due`."""
        return self.known(host, port) or self._keep(
            host, port, (str(each.address[0]) for each in resolve(host, port, due, interrupt))
        )

    async def look_up(self, host: str, port: int) -> str:
        """Raises OSError."""
        if (line := self.known(host, port)) is not None:
            return line
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return self._keep(host, port, (str(address[0]) for _, _, _, _, address in found))

    def _keep(self, host: str, port: int, addresses: Iterable[str]) -> str:
        plain = dict.fromkeys(address.partition("%")[0] for address in addresses)
        line = f"{host}:{port}:" + ",".join(f"[{each}]" if ":" in each else each for each in plain)
        self._known[host, port] = monotonic() + KEPT_SECONDS, line
        return line
