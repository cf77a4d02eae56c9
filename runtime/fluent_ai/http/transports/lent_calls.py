"""Sending with a client of the caller's own, which nothing can interrupt: in a thread, so that its caller can leave."""

from __future__ import annotations

import math
import socket
import ssl
import threading
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

import httpcore2
import httpx2

from fluent_ai.http.interrupts import Interrupt
from fluent_ai.threads import submit, wait_for


def send_with_lent(
    client: httpx2.Client, request: httpx2.Request, seconds: float | None, interrupt: Interrupt
) -> httpx2.Response:
    """The response, once its head has arrived.

    Raises TimeoutError after `seconds`, and OSError as soon as the interrupt is called. Then a connection that was
    opened for the request is dropped. One that was kept cannot be told from others, and ends by the client's limits.
    """
    opened = _Opened()
    request.extensions["trace"] = opened.trace
    done = threading.Event()
    future = submit(partial(client.send, request, stream=True), name="request")
    future.add_done_callback(lambda _: done.set())
    interrupt.wait_with(done.set)
    try:
        came = wait_for(done, math.inf if seconds is None else seconds)
        if interrupt.called:
            raise OSError("the call was ended by another thread")
        if not came:
            raise TimeoutError("no head came in time")
        return future.result()
    except BaseException:
        shut_down(opened.stream)
        future.add_done_callback(_close)
        raise
    finally:
        del future  # its error has a traceback, which has this frame


def shut_down(stream: httpcore2.NetworkStream | httpcore2.AsyncNetworkStream | None) -> None:
    """Shut the socket of a connection down, which wakes a blocked reader; safe from any thread."""
    sock = stream.get_extra_info("socket") if stream is not None else None
    if sock is not None:
        # Not an SSLSocket's own, which forgets its TLS: the reader would take what is encrypted for the body.
        shut = partial(socket.socket.shutdown, sock) if isinstance(sock, ssl.SSLSocket) else sock.shutdown
        with suppress(OSError):
            shut(socket.SHUT_RDWR)


class _Opened:
    """The connection that a request opened, as httpcore2 tells of it."""

    def __init__(self) -> None:
        self.stream: httpcore2.NetworkStream | None = None

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self.stream = info["return_value"]


def _close(future: Future[httpx2.Response]) -> None:
    if future.exception() is None:
        with suppress(httpx2.HTTPError, OSError):
            future.result().close()
