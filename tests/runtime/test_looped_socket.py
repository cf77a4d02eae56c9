"""A socket of an event loop waits for its other side, in both directions, with and without TLS."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias, cast

import httpcore2
import pytest
import trustme
from fluent_ai.http.transports.looped_socket import MOST_UNREAD, READ_AT_ONCE, LoopedSocket

LIMIT = 30.0
"""Seconds until a test gives up."""
MUCH = bytes(range(256)) * 4 * 8192
"""More than the system takes for a socket that nobody reads."""
Talk: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def connected(server: Talk, *, secure: bool, trusted: bool = True) -> AsyncIterator[LoopedSocket]:
    """A socket whose other side the server is."""
    authority = trustme.CA()
    theirs, ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.issue_cert("localhost").configure_cert(theirs)
    if trusted:
        authority.configure_trust(ours)
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(cast("asyncio.Task[None]", asyncio.current_task()))
        _keep_little(writer.transport)
        try:
            await server(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass  # the test has left
        finally:
            writer.transport.abort()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=theirs if secure else None)
    host, port = listening.sockets[0].getsockname()
    transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, host, port)
    _keep_little(transport)
    sock = LoopedSocket(cast("asyncio.Transport", transport), memoryview(bytearray(READ_AT_ONCE)))
    try:
        async with asyncio.timeout(LIMIT):
            if secure:
                await sock.start_tls(ours, "localhost", LIMIT)
            yield sock
    finally:
        await sock.close()
        listening.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving)


def _keep_little(transport: asyncio.BaseTransport) -> None:
    """Else the system may keep more than `MUCH` of what is sent."""
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, READ_AT_ONCE)


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def all_of_it() -> None:
        await test()

    asyncio.run(all_of_it())


@pytest.mark.parametrize("secure", [False, True])
def test_what_nobody_reads_is_not_received_without_end(secure: bool) -> None:
    async def test() -> None:
        stuck = asyncio.Event()

        async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(MUCH)
            stuck.set()
            await writer.drain()
            await reader.read(1)

        async with connected(server, secure=secure) as sock:
            await stuck.wait()
            while not sock._paused:  # noqa: ASYNC110  # nothing tells of it
                await asyncio.sleep(0)
            assert sum(map(len, sock._unread)) < MOST_UNREAD + READ_AT_ONCE
            received = bytearray()
            while len(received) < len(MUCH):
                received += await sock.read(LIMIT)
            assert received == MUCH

    run(test)


@pytest.mark.parametrize("secure", [False, True])
def test_who_writes_waits_until_the_other_side_reads(secure: bool) -> None:
    async def test() -> None:
        may_read = asyncio.Event()
        received = bytearray()

        async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await may_read.wait()
            while len(received) < len(MUCH):
                received.extend(await reader.read(READ_AT_ONCE))
            writer.write(b"all")
            await reader.read(1)

        async with connected(server, secure=secure) as sock:
            writing = asyncio.create_task(sock.write(MUCH))
            assert not (await asyncio.wait([writing], timeout=0.05))[0]
            may_read.set()
            await writing
            assert await sock.read(LIMIT) == b"all"
            assert received == MUCH

    run(test)


def test_it_still_sends_after_the_other_side_has_said_all() -> None:
    async def test() -> None:
        heard = asyncio.get_running_loop().create_future()

        async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write_eof()
            heard.set_result(await reader.readexactly(4))

        async with connected(server, secure=False) as sock:
            assert await sock.read(LIMIT) == b""
            assert sock.readable
            await sock.write(b"late")
            assert await heard == b"late"

    run(test)


@pytest.mark.parametrize("secure", [False, True])
def test_a_read_that_was_late_or_cancelled_loses_nothing(secure: bool) -> None:
    async def test() -> None:
        go_on = asyncio.Event()

        async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await go_on.wait()
            writer.write(b"data")
            await reader.read(1)

        async with connected(server, secure=secure) as sock:
            with pytest.raises(httpcore2.ReadTimeout):
                await sock.read(0.01)
            reading = asyncio.create_task(sock.read(LIMIT))
            await asyncio.sleep(0)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
            go_on.set()
            assert await sock.read(LIMIT) == b"data"

    run(test)


@pytest.mark.parametrize("secure", [False, True])
def test_a_lost_connection_ends_reading_and_writing(secure: bool) -> None:
    async def test() -> None:
        async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)

        async with connected(server, secure=secure) as sock:
            await sock.write(b"x")
            with pytest.raises((httpcore2.ReadError, EOFError)):
                if not await sock.read(LIMIT):
                    raise EOFError
            with pytest.raises(httpcore2.WriteError):
                while True:  # the system takes what is written until it hears that nobody is there
                    await sock.write(b"x")
                    await asyncio.sleep(0)

    run(test)


def test_a_certificate_that_is_not_trusted_is_refused() -> None:
    async def test() -> None:
        async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()

        with pytest.raises(httpcore2.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            async with connected(server, secure=True, trusted=False):
                pass

    run(test)
