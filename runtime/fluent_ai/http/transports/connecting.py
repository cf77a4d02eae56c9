"""Finding the addresses of a host and connecting to one of them, until a deadline or until another thread ends it."""

from __future__ import annotations

import errno
import os
import selectors
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any, Final, NamedTuple

from fluent_ai.http.interrupts import Interrupt
from fluent_ai.threads import submit, wait_for

NEXT_ADDRESS: Final = 0.25
"""Seconds after which the next address of a host is tried as well (RFC 8305, 5)."""
SLICE: Final = 0.05
"""Seconds after which a thread that waits looks for an interrupt, which not every system lets wake a connecting one."""


class Address(NamedTuple):
    family: socket.AddressFamily
    address: tuple[Any, ...]


def resolve(host: str, port: int, due: float, interrupt: Interrupt) -> list[Address]:
    """The addresses of a host. The system's resolver cannot be interrupted, so it is left to a thread of its own.

    Raises OSError, and TimeoutError after `due`.
    """
    if (numeric := _numeric(host, port)) is not None:
        return [numeric]
    done = threading.Event()
    found = submit(partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM), name="name resolution")
    found.add_done_callback(lambda _: done.set())
    interrupt.wait_with(done.set)
    wait_for(done, due - monotonic())
    if interrupt.called:
        raise _interrupted()
    if not found.done():
        raise TimeoutError("the name was not resolved in time")
    return _alternating([Address(family, address) for family, _, _, _, address in found.result()])


def connect(addresses: Sequence[Address], due: float, interrupt: Interrupt, local: str | None = None) -> socket.socket:
    """A socket connected to the first address that answers; each is tried a moment after the one before it.

    Raises OSError, and TimeoutError after `due`.
    """
    left = list(addresses)
    failure = OSError("the host has no address")
    next_at = monotonic()
    with selectors.DefaultSelector() as waiting:
        try:
            while left or waiting.get_map():
                now = monotonic()
                if interrupt.called:
                    raise _interrupted()
                if now >= due:
                    raise TimeoutError("not connected in time")
                if left and now >= next_at:
                    next_at = now + NEXT_ADDRESS
                    try:
                        begun = _begin(left.pop(0), local)
                        waiting.register(begun, selectors.EVENT_WRITE, begun)
                    except OSError as error:
                        failure, next_at = error, now
                        continue
                for key, _ in waiting.select(min(SLICE, due - now, *([next_at - now] if left else []))):
                    sock: socket.socket = key.data
                    waiting.unregister(sock)
                    if not (code := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)):
                        return sock
                    sock.close()
                    failure, next_at = OSError(code, os.strerror(code)), now
        finally:
            for key in tuple(waiting.get_map().values()):
                key.data.close()
    raise failure


def _begin(to: Address, local: str | None) -> socket.socket:
    sock = socket.socket(to.family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        if local is not None:
            sock.bind((local, 0))
        code = sock.connect_ex(to.address)
        if code not in (0, errno.EINPROGRESS, errno.EWOULDBLOCK):
            raise OSError(code, os.strerror(code))
    except BaseException:
        sock.close()
        raise
    return sock


def _numeric(host: str, port: int) -> Address | None:
    with suppress(OSError):
        socket.inet_pton(socket.AF_INET, host)
        return Address(socket.AF_INET, (host, port))
    return None


def _alternating(addresses: Sequence[Address]) -> list[Address]:
    """The same addresses, with the families taking turns (RFC 8305, 4)."""
    first = [each for each in addresses if each.family == addresses[0].family]
    others = [each for each in addresses if each.family != addresses[0].family]
    paired = [each for pair in zip(first, others, strict=False) for each in pair]
    return [*paired, *first[len(others) :], *others[len(first) :]]


def _interrupted() -> OSError:
    return OSError("the call was ended by another thread")
