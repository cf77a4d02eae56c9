"""The connections of the aiohttp transport, which tell their request how far it is."""

from __future__ import annotations

import io
from typing import Any
from weakref import WeakSet

import aiohttp
from aiohttp.abc import AbstractStreamWriter
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.http_parser import RawResponseMessage
from aiohttp.payload import BytesIOPayload

from fluent_ai.http.messages import Timeouts
from fluent_ai.http.transports import looped_call


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


class Connector(aiohttp.TCPConnector):
    """Tells the request that it has its connection, so that the next of its limits begins."""

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
