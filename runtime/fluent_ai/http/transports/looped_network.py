"""The connections of the asynchronous httpx2 transport, which tell their request how far it is."""

# ruff: noqa: ASYNC109  # httpcore2's interface has these arguments

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any, Final, cast
from weakref import WeakKeyDictionary

import httpcore2

from fluent_ai.http.transports.blocking_network import readable
from fluent_ai.http.transports.looped_call import Call, current
from fluent_ai.http.transports.looped_socket import READ_AT_ONCE, LoopedSocket
from fluent_ai.http.transports.tcp_keepalive import keep_alive

_NAMES: Final = {"client_addr": "sockname", "server_addr": "peername"}
"""What asyncio calls what httpcore2 asks for."""


class Connection(httpcore2.AsyncNetworkStream):
    """A connection of httpcore2 with a request that it belongs to."""

    def __init__(self, sock: LoopedSocket, call: Call | None = None) -> None:
        self._socket = sock
        self._call = call

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        call = self._call
        if call is not None and call.phase == "write":
            call.begin("first_byte", timeout)
        data = await self._socket.read(None if call is not None and call.limited else timeout)
        if call is not None and data:
            call.received = True
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        call = current.get()
        if call is not None:
            if call is not self._call:
                call.reused = self._call is not None
                self._call = call
            if call.phase != "write":
                call.begin("write", timeout)
        await self._socket.write(buffer)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Connection:
        call = current.get()
        if call is not None and call.phase != "connect":  # a proxy has been asked meanwhile
            call.begin("connect", timeout)
        try:
            await self._socket.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._socket.close()
            raise
        return Connection(self._socket, call)

    async def aclose(self) -> None:
        await self._socket.close()

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._socket.readable or readable(self._socket.info("socket"))
        return self._socket.info(_NAMES.get(info, info))


class Network(httpcore2.AsyncNetworkBackend):
    """Opens connections as httpcore2's own backend does, with anyio, and takes them over from it."""

    def __init__(self) -> None:
        self._backend = cast("httpcore2.AsyncNetworkBackend", httpcore2.AnyIOBackend())
        self._buffers: WeakKeyDictionary[asyncio.AbstractEventLoop, memoryview] = WeakKeyDictionary()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[tuple[Any, ...]] | None = None,
    ) -> Connection:
        if (call := current.get()) is not None:
            call.begin("connect", timeout)
        return self._taken_over(await self._backend.connect_tcp(host, port, timeout, local_address, socket_options))

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[tuple[Any, ...]] | None = None
    ) -> Connection:
        return self._taken_over(await self._backend.connect_unix_socket(path, timeout, socket_options))

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)

    def _taken_over(self, connected: Any) -> Connection:
        loop = asyncio.get_running_loop()
        if (buffer := self._buffers.get(loop)) is None:
            buffer = self._buffers[loop] = memoryview(bytearray(READ_AT_ONCE))
        transport: asyncio.Transport = connected._stream._transport  # noqa: SLF001  # anyio reads from it only slowly
        keep_alive(transport.get_extra_info("socket"))
        return Connection(LoopedSocket(transport, buffer))
