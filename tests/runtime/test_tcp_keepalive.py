"""Connections are probed while they are silent, over every transport and event loop."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from typing import Any

import pytest
from fluent_ai.http.messages import HttpRequest
from fluent_ai.http.transports.tcp_keepalive import IDLE, PROBES, keep_alive
from scripted_server import Server, reply
from transports import BLOCKING, KINDS, Caller


def socket_of(kind: str, response: Any) -> Any:
    if kind.endswith("curl"):
        import pycurl

        inner = getattr(response, "_response", response)  # that of a blocking transport
        return socket.socket(fileno=os.dup(inner._exchange.easy.getinfo(pycurl.ACTIVESOCKET)))
    if kind == BLOCKING:
        response = response._response
    if kind == "aiohttp":
        return response._response.connection.transport.get_extra_info("socket")
    return response._response.extensions["network_stream"].get_extra_info("socket")


def new_loops() -> list[Callable[[], asyncio.AbstractEventLoop] | None]:
    try:
        import uvloop
    except ImportError:
        return [None]
    return [None, uvloop.new_event_loop]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("new_loop", new_loops())
def test_a_connection_is_probed_and_does_not_wait_for_more_to_send(
    server: Server, kind: str, new_loop: Callable[[], asyncio.AbstractEventLoop] | None
) -> None:
    server.say(reply(200, b"x" * 1_000_000))  # so that the connection is not back in the pool when the head has come
    caller = Caller(kind, new_loop=new_loop)
    response = caller.send(HttpRequest("POST", server.url, {}))
    sock = socket_of(kind, response)
    assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    if hasattr(socket, "TCP_KEEPIDLE"):
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == IDLE
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT) == PROBES
    if kind.endswith("curl"):
        sock.close()
    assert len(caller.read(response)) == 1_000_000
    caller.do(response.close())
    caller.close()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no such sockets")
def test_a_socket_that_is_not_tcp_stays_as_it_is() -> None:
    with socket.socket(socket.AF_UNIX) as sock:
        keep_alive(sock)
        assert not sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
