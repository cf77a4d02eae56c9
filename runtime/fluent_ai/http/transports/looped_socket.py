"""A connected socket of an event loop, which costs one suspension and one system call for each chunk that is read."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from typing import Any

import httpcore2

from fluent_ai.http.loop_deadlines import LoopDeadline

READ_AT_ONCE = WRITTEN_AT_ONCE = 64 * 1024
MOST_UNREAD = 256 * 1024
"""Bytes that are received before somebody asks for them; then the other side must wait."""
_NO_LIMIT = 86400.0
"""Seconds, where asyncio wants a limit."""


class LoopedSocket(asyncio.BufferedProtocol):
    """Takes over a connection of asyncio. One reader and one writer at a time.

    It is received into `buffer`, which all sockets of an event loop may share. Raises the errors of httpcore2.
    """

    def __init__(self, transport: asyncio.Transport, buffer: memoryview) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport = transport
        self._buffer = buffer
        self._unread: deque[bytes] = deque()
        self._size = 0
        self._error: Exception | None = None
        self._ended = False
        self._secure = False
        self._paused = False
        self._reader: asyncio.Future[None] | None = None
        self._deadline: LoopDeadline[LoopedSocket] | None = None
        self._sending_paused = False
        self._writer: asyncio.Future[None] | None = None
        transport.set_write_buffer_limits(0)
        transport.set_protocol(self)
        transport.resume_reading()

    async def read(self, seconds: float | None) -> bytes:
        """What has come, or b"" at the end. Raises ReadTimeout if nothing comes for so many seconds, and ReadError."""
        if not self._unread and not self._ended:
            await self._wait_for_data(seconds)
        if not self._unread:
            if self._error is not None:
                raise httpcore2.ReadError(str(self._error)) from self._error
            return b""
        data = self._unread.popleft()
        self._size -= len(data)
        if self._paused and not self._unread:
            self._paused = False
            self._transport.resume_reading()
        return data

    async def write(self, data: bytes) -> None:
        """Returns once all is with the system, but for the last pieces over TLS. Raises WriteError."""
        # What TLS has encrypted counts as sent, so its writer learns only with the next piece that it must wait.
        for start in range(0, len(data), WRITTEN_AT_ONCE):
            if not self._transport.is_closing():
                self._transport.write(data[start : start + WRITTEN_AT_ONCE])
            if self._sending_paused:
                await self._wait_for_sending()
            if self._error is not None or self._transport.is_closing():
                raise httpcore2.WriteError(str(self._error or "the connection was closed")) from self._error

    async def start_tls(self, context: ssl.SSLContext, host: str | None, seconds: float | None) -> None:
        """Raises ConnectError."""
        self._secure = True
        try:
            secured = await self._loop.start_tls(
                self._transport, self, context, server_hostname=host, ssl_handshake_timeout=seconds or _NO_LIMIT
            )
        except (OSError, ValueError) as error:
            raise httpcore2.ConnectError(str(error)) from error
        if secured is None:
            raise httpcore2.ConnectError("the connection was closed")
        self._transport = secured
        secured.set_write_buffer_limits(high=1, low=0)  # of 0 it would not tell when the writer may go on

    async def close(self) -> None:
        self._transport.abort()
        await asyncio.sleep(0)  # until the socket is closed

    def info(self, name: str) -> Any:
        return self._transport.get_extra_info(name)

    @property
    def readable(self) -> bool:
        """Whether there is something to read, or the end of the connection."""
        return bool(self._unread) or self._ended or self._transport.is_closing()

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self._unread.append(bytes(self._buffer[:nbytes]))
        self._size += nbytes
        if self._size >= MOST_UNREAD and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> bool:
        self._ended = True
        _wake(self._reader)
        return not self._secure  # keeps it open for sending, which TLS knows not

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended, self._sending_paused = True, False
        # Its traceback would hold the frames of whoever runs the loop, for as long as the pool holds the connection.
        self._error = None if exc is None else exc.with_traceback(None)
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        self._sending_paused = True

    def resume_writing(self) -> None:
        self._sending_paused = False
        _wake(self._writer)

    async def _wait_for_sending(self) -> None:
        self._writer = self._loop.create_future()
        try:
            await self._writer
        finally:
            self._writer = None

    async def _wait_for_data(self, seconds: float | None) -> None:
        self._reader = self._loop.create_future()
        if seconds is not None:
            self._deadline = self._deadline or LoopDeadline(self, LoopedSocket._late)
            self._deadline.set(seconds)
        try:
            await self._reader
        finally:
            self._reader = None
            if self._deadline is not None:
                self._deadline.pause()

    def _late(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_exception(httpcore2.ReadTimeout("no progress in time"))


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)
