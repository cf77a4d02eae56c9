"""Connections to addresses that were checked: what the name of a host means is looked up once, and that is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fluent_ai.http.interrupts import Interrupt
from fluent_ai.http.transports.blocking_network import Network
from fluent_ai.http.transports.connecting import Address, resolve

from fluent_ai_toolkit.errors import FetchFailed


class CheckedNetwork(Network):
    """Connects to a host only if `allows` all of its addresses, so that no answer of a name server leads elsewhere."""

    def __init__(self, allows: Callable[[str], bool]) -> None:
        self._allows = allows

    def resolve(self, host: str, port: int, due: float, interrupt: Interrupt) -> Sequence[Address]:
        found = resolve(host, port, due, interrupt)
        if not all(self._allows(str(each.address[0])) for each in found):
            raise FetchFailed("its address is not one of the public internet", reason="address", url=host)
        return found
