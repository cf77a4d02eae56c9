"""Probes for connections that are silent (RFC 9293, 3.8.4).

A model may think for minutes before its next byte, and routers forget connections on which nothing is said, some after
four minutes; then the answer would never come.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Any, Final

IDLE: Final = 60
"""Seconds of silence before the first probe, and between two."""
PROBES: Final = 5
"""How many may stay unanswered until the system drops the connection."""
_SETTINGS: Final = (("TCP_KEEPIDLE", IDLE), ("TCP_KEEPALIVE", IDLE), ("TCP_KEEPINTVL", IDLE), ("TCP_KEEPCNT", PROBES))
"""By the names in `socket`, of which each system has some; macOS calls the first one by the second."""


def keep_alive(sock: Any) -> None:
    """Probe the other side of a TCP socket while it is silent. Takes what an event loop gives as a socket, too."""
    if sock is None or sock.family not in (socket.AF_INET, socket.AF_INET6):
        return
    with suppress(OSError):  # a connection that has just been lost tells so by itself
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _SETTINGS:
            if hasattr(socket, name):
                sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
