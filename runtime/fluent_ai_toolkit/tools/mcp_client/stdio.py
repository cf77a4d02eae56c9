"""An MCP server as a process, spoken to over its pipes (MCP 2025-11-25, "stdio").

The SDK's own transport keeps a line of any length in memory, and joins its pieces again with each one; this one has a
limit. A server that does not end when its input is closed is ended, with all that it has started.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final, TextIO, cast

import anyio
import mcp_types as types
from anyio.abc import ByteReceiveStream, ByteSendStream
from mcp.client.stdio import get_default_environment
from mcp.os.posix.utilities import terminate_posix_process_tree
from mcp.os.win32.utilities import (
    FallbackProcess,
    ServerProcess,
    close_process_job,
    create_windows_process,
    get_windows_executable_command,
    terminate_windows_process_tree,
)
from mcp.shared.message import SessionMessage

from fluent_ai_toolkit.tools.mcp_client.address import Address

if TYPE_CHECKING:
    from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
    from mcp.client._transport import TransportStreams

GRACE_SECONDS: Final = 2.0
"""How long a server may take to end after its input is closed, and again after it was asked to."""
_FLUSH_SECONDS: Final = 0.5
"""How long what was said to the server at last may take to reach it."""
_CHUNK: Final = 65_536
_GONE: Final = (anyio.ClosedResourceError, anyio.BrokenResourceError, anyio.EndOfStream, ConnectionError, OSError)


class Ending:
    """That a server has ended the connection, and why."""

    def __init__(self) -> None:
        self.why: str | None = None
        self.status: int | None = None
        """The status of the last answer of HTTP."""

    def set(self, why: str) -> None:
        self.why = self.why or why


@asynccontextmanager
async def pipes(server: Address, errors: TextIO, ending: Ending) -> AsyncIterator[TransportStreams]:
    """Start the process, and end it. Raises OSError if it cannot be started."""
    process = await _started(server, errors)
    incoming, from_server = anyio.create_memory_object_stream[SessionMessage | Exception](0)
    to_server, outgoing = anyio.create_memory_object_stream[SessionMessage](0)
    written = anyio.Event()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_read, process, incoming, server.message_limit, ending)
        tasks.start_soon(_write, process, outgoing, incoming, written)
        try:
            yield from_server, to_server
        finally:
            with anyio.CancelScope(shield=True):
                from_server.close()
                to_server.close()
                with anyio.move_on_after(_FLUSH_SECONDS):
                    await written.wait()
                await _end(process)
            tasks.cancel_scope.cancel()
    await anyio.lowlevel.cancel_shielded_checkpoint()


async def _started(server: Address, errors: TextIO) -> ServerProcess:
    program, *arguments = server.command
    environment = get_default_environment() | dict(server.env)
    if sys.platform == "win32":
        found = await anyio.to_thread.run_sync(get_windows_executable_command, program)
        return await create_windows_process(found, arguments, environment, errors, server.cwd)
    return await anyio.open_process(
        [program, *arguments], env=environment, stderr=errors, cwd=server.cwd, start_new_session=True
    )


async def _read(
    process: ServerProcess,
    incoming: MemoryObjectSendStream[SessionMessage | Exception],
    limit: int,
    ending: Ending,
) -> None:
    """Pass on what the server says, line by line; a server that says too much at once is listened to no more."""
    try:
        async with incoming:
            try:
                async for line in lines(_output(process), limit):
                    await incoming.send(_parsed(line))
                ending.set("the process has ended")
            except ValueError as error:
                ending.set(str(error))
                with anyio.CancelScope(shield=True):
                    await _end(process)
            except _GONE:
                ending.set("the connection has ended")
    finally:
        with anyio.CancelScope(shield=True), suppress(*_GONE):
            while True:  # a server that cannot write does not end
                await _output(process).receive(_CHUNK)


async def lines(stream: ByteReceiveStream, limit: int) -> AsyncIterator[bytes]:
    """The lines of a stream. Raises ValueError for one that is longer than the limit."""
    held = bytearray()
    while True:
        try:
            chunk = await stream.receive(_CHUNK)
        except anyio.EndOfStream:
            return
        first, *rest = chunk.split(b"\n")
        held += first
        for piece in rest:
            if len(held) > limit:
                break
            yield bytes(held)
            held = bytearray(piece)
        if len(held) > limit:
            raise ValueError(f"it has sent a message of more than {limit:,} bytes")


def _parsed(line: bytes) -> SessionMessage | Exception:
    try:
        return SessionMessage(types.jsonrpc_message_adapter.validate_json(line, by_name=False))
    except ValueError as error:
        return error


async def _write(
    process: ServerProcess,
    outgoing: MemoryObjectReceiveStream[SessionMessage],
    incoming: MemoryObjectSendStream[SessionMessage | Exception],
    written: anyio.Event,
) -> None:
    try:
        async with outgoing:
            async for message in outgoing:
                text = message.message.model_dump_json(by_alias=True, exclude_unset=True)
                await _input(process).send(text.encode("utf-8", "replace") + b"\n")
    except _GONE:
        await incoming.aclose()  # the session sees that the connection has ended
    finally:
        written.set()


async def _end(process: ServerProcess) -> None:
    """Close its input, and end it if it does not end (MCP 2025-11-25, "Shutdown")."""
    with suppress(*_GONE):
        await _input(process).aclose()
    if not await _has_ended(process):
        if sys.platform == "win32":
            await terminate_windows_process_tree(process)
        elif not isinstance(process, FallbackProcess):
            await terminate_posix_process_tree(process, GRACE_SECONDS)
        await _has_ended(process)
    close_process_job(process)
    with suppress(*_GONE):
        await _output(process).aclose()
    # What left the process group may hold the pipes; asyncio would warn of them, and anyio shows no other way.
    transport = getattr(getattr(process, "_process", None), "_transport", None)
    if transport is not None:
        with suppress(PermissionError):
            transport.close()


def _input(process: ServerProcess) -> ByteSendStream:
    return cast("ByteSendStream", process.stdin)  # it was started with pipes


def _output(process: ServerProcess) -> ByteReceiveStream:
    return cast("ByteReceiveStream", process.stdout)


async def _has_ended(process: ServerProcess) -> bool:
    """Whether it has within the time. Waiting for the process itself would wait for all that hold its pipes."""
    due = anyio.current_time() + GRACE_SECONDS
    while process.returncode is None:
        if anyio.current_time() >= due:
            return False
        await anyio.sleep(0.01)
    return True
