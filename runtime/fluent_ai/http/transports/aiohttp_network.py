"""The connections of the aiohttp transport, which tell their request how far it is."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import WeakSet

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.http_parser import RawResponseMessage
from aiohttp.payload import BytesIOPayload

from fluent_ai.http.messages import Timeouts
from fluent_ai.http.transports import looped_call
from fluent_ai.http.transports.tcp_keepalive import keep_alive

_MOST_HEADS = 100
_MOST_FRAMING = 128 * 1024
"""In bytes. A server that says nothing else would keep the parser, and so the event loop, busy without end."""
_READ_AT_ONCE = 256 * 1024
"""In bytes, as asyncio does by itself."""
_HEAD_END = re.compile(rb"\n\r?\n")
"""The blank line; aiohttp's parser takes lines without a carriage return too."""


class Call(looped_call.Call):
    """A request that learns of its connection."""

    __slots__ = ("_timeouts", "_used", "slow_body")

    def __init__(self, timeouts: Timeouts, used: WeakSet[ResponseHandler]) -> None:
        super().__init__()
        self._timeouts = timeouts
        self._used = used
        self.slow_body = False

    def connected(self, protocol: ResponseHandler) -> None:
        self.reused = protocol in self._used
        if not self.reused:
            self._used.add(protocol)
        if self.slow_body:
            self.begin("write", self._timeouts.write)
        else:
            self.sent()

    def sent(self) -> None:
        self.begin("first_byte", self._timeouts.first_byte)

    def unanswered(self, error: Exception) -> bool:
        """Whether a kept connection was lost before a byte of the answer; aiohttp shows what came of a head."""
        lost = isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientOSError)
        return lost and self.reused and not isinstance(getattr(error, "message", None), RawResponseMessage)


class Protocol(ResponseHandler, asyncio.BufferedProtocol):
    """Gives the parser the head of a response by itself, and does less for each chunk of a body.

    aiohttp's parser forgets what it has parsed of a segment that turns out to be malformed. Of a body that is no loss,
    since it is handed out as it is parsed, but heads come at the end of the segment.

    All connections of an event loop read into one `buffer`. Else the loop would allocate 256 kB for each chunk, which
    glibc takes from the operating system and gives back: a quarter of what a chunk costs.
    """

    _before = b""
    """The last bytes of the head before this segment, where the blank line may begin."""
    _heads = 0
    """How many heads have come for a request: of interim responses, or blank lines before one."""
    _framing = 0
    """How many bytes have come since the last one of a body."""
    _heard = 0.0
    """When something was read, by the clock of the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, buffer: memoryview) -> None:
        super().__init__(loop)
        self._buffer_of_loop = buffer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        keep_alive(transport.get_extra_info("socket"))

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._buffer_of_loop

    def buffer_updated(self, nbytes: int) -> None:
        self.data_received(bytes(self._buffer_of_loop[:nbytes]))

    def data_received(self, data: bytes) -> None:
        body = self._payload
        if body is not None and not body.is_eof():
            before = body.total_bytes
            ResponseHandler.data_received(self, data)  # as `super()` would, which takes longer before Python 3.12
            if body.total_bytes > before:
                self._framing = 0
            elif not body.is_eof():
                self._frame_more(len(data), body)
            return
        seen, given = self._before + data, len(self._before)
        while found := _HEAD_END.search(seen, given - len(self._before)):
            self._before = b""
            super().data_received(seen[given : found.end()])
            given = found.end()
            self._heads += 1
            if self._heads > _MOST_HEADS:
                self._refuse(HttpProcessingError(message="too many heads before the one of the answer"))
                return
            if not (self._payload is None or self._payload.is_eof()) or self.exception() is not None:
                break
        else:
            self._before = seen[max(given - len(self._before), len(seen) - 3) :]
        if given < len(seen) or not data:
            super().data_received(seen[given:])

    def set_response_params(self, **params: Any) -> None:
        """Called for each request."""
        self._heads = self._framing = 0
        super().set_response_params(**params)

    def _frame_more(self, size: int, body: aiohttp.StreamReader) -> None:
        """Bytes of a body said nothing of it: they were of a chunk's size, its extension, or a trailer."""
        self._framing += size
        if self._framing > _MOST_FRAMING:
            body.set_exception(aiohttp.ClientPayloadError())
            self._refuse(HttpProcessingError(message="the chunk has no end of its first line"))

    def _refuse(self, error: HttpProcessingError) -> None:
        self.set_exception(error)
        if self.transport is not None:
            self.transport.abort()

    def resume_reading(self, resume_parser: bool = True) -> None:
        """Called with each read of the body. Where nothing was paused, aiohttp would run its parser on no data."""
        if self._reading_paused or self._buffer_paused:
            super().resume_reading(resume_parser)

    def _reschedule_timeout(self) -> None:
        """Called with each chunk, for which aiohttp would start a timer anew; this one looks when it was last moved."""
        self._heard = self._loop.time()
        if self._read_timeout_handle is None:
            self._look_again()

    def _look_again(self) -> None:
        limit = self._read_timeout
        if not limit:
            self._read_timeout_handle = None
        elif (due := self._heard + limit) <= self._loop.time():
            self._read_timeout_handle = None
            self._on_read_timeout()
        else:
            self._read_timeout_handle = self._loop.call_at(due, self._look_again)


class Connector(aiohttp.TCPConnector):
    """Tells the request that it has its connection, so that the next of its limits begins."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        new: Callable[..., ResponseHandler] = Protocol
        self._factory = partial(new, loop=asyncio.get_running_loop(), buffer=memoryview(bytearray(_READ_AT_ONCE)))

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Any],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109
    ) -> Connection:
        while True:
            connection = await super().connect(req, traces, timeout)
            call = looped_call.current.get()
            if not isinstance(call, Call) or connection.protocol is None:
                return connection
            call.connected(connection.protocol)
            if not (call.reused and connection.protocol.should_close):
                return connection
            connection.close()  # the server has said something that nobody asked for


class SlowBody(BytesIOPayload):
    """A body that is written in pieces, and tells the request when the last is sent."""

    def __init__(self, body: bytes, call: Call) -> None:
        super().__init__(io.BytesIO(body))
        self._call = call
        call.slow_body = True

    async def write_with_length(self, writer: AbstractStreamWriter, content_length: int | None) -> None:
        await super().write_with_length(writer, content_length)
        self._call.sent()
