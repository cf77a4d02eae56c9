"""A loopback server in a process of its own, for clients that leave: `python abandoned.py` prints its port.

It answers by the first word of the path: `talk` says deltas until the client leaves, `mute` says one and no more, `cut`
closes after one, `reset` resets after one, `error` sends an error event, `whole` ends well. `GET /open` tells how many
connections are open.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
DELTA = b'data: {"id":"1","model":"m","choices":[{"index":0,"delta":{"content":"word"}}]}\n\n'
FINISH = b'data: {"id":"1","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
ERROR = b'data: {"error":{"message":"busy","code":503}}\n\n'
WAYS = ("talk", "mute", "cut", "reset", "error", "whole")

connections: set[asyncio.StreamWriter] = set()


def frame(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


async def answer(way: str, writer: asyncio.StreamWriter) -> bool:
    """Say it; whether the connection stays open."""
    if way == "open":
        body = str(len(connections)).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body))
        return False
    writer.write(HEAD + frame(DELTA))
    await writer.drain()
    if way in ("talk", "mute"):
        while not writer.is_closing():
            await asyncio.sleep(0.01)
            if way == "talk":
                writer.write(frame(DELTA))
    elif way == "reset":
        raw = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    elif way != "cut":
        writer.write(frame(FINISH if way == "whole" else ERROR) + b"0\r\n\r\n")
        return True
    return False


async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    connections.add(writer)
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
            await reader.readexactly(next((int(value) for name, _, value in lines if name == b"content-length"), 0))
            way = head.split(b" ", 2)[1].decode().strip("/").split("/")[0]
            if way in ("talk", "mute"):
                saying = asyncio.ensure_future(answer(way, writer))
                await reader.read(1)
                saying.cancel()
                return
            if not await answer(way, writer):
                return
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # the client has left
    finally:
        connections.discard(writer)
        writer.close()


async def main() -> None:
    server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def serving() -> Iterator[str]:
    """The URL of such a server."""
    with subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.kill()


if __name__ == "__main__":
    asyncio.run(main())
