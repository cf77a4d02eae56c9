"""The connections of the asynchronous httpx2 transport, which tell their request how far it is."""

# ruff: noqa: ASYNC109  # httpcore2's interface has these arguments

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any, cast

import httpcore2

from fluent_ai.http.transports.looped_call import Call, current


class Connection(httpcore2.AsyncNetworkStream):
    """A connection of httpcore2 with a request that it belongs to."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream, call: Call | None = None) -> None:
        self._stream = stream
        self._call = call

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        call = self._call
        if call is not None and call.phase == "write":
            call.begin("first_byte", timeout)
        data = await self._stream.read(max_bytes, None if call is not None and call.limited else timeout)
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
        await self._stream.write(buffer, None if call is not None and call.limited else timeout)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Connection:
        call = current.get()
        if call is not None and call.phase != "connect":  # a proxy has been asked meanwhile
            call.begin("connect", timeout)
        try:
            return Connection(await self._stream.start_tls(ssl_context, server_hostname, timeout), call)
        except BaseException:  # httpcore2 closes it only if the handshake failed, not if it was cancelled
            await self._stream.aclose()
            raise

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Network(httpcore2.AsyncNetworkBackend):
    """Opens connections with httpcore2's own backend."""

    def __init__(self) -> None:
        self._backend = cast("httpcore2.AsyncNetworkBackend", httpcore2.AnyIOBackend())

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
        return Connection(await self._backend.connect_tcp(host, port, timeout, local_address, socket_options))

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[tuple[Any, ...]] | None = None
    ) -> Connection:
        return Connection(await self._backend.connect_unix_socket(path, timeout, socket_options))

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)
