"""A loopback server in a process of its own that streams chat completions, and the bytes that it says.

`python benchmarks/_loopback.py PER_WRITE CHUNKS PAUSE` prints its port. It says CHUNKS text deltas, PER_WRITE of them
in each TCP write, with PAUSE seconds after each; only 5 deltas when the request's body holds "short please".
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n"


def payloads(chunks: int) -> list[bytes]:
    """The JSON of a chat completion with so many text deltas, in the width that OpenAI's answers have."""
    base = {
        "id": "chatcmpl-A1b2C3d4E5f6G7h8I9j0K1l2M3n4O",
        "object": "chat.completion.chunk",
        "created": 1760000000,
        "model": "gpt-4o-2024-08-06",
        "service_tier": "default",
        "system_fingerprint": "fp_0123456789",
    }

    def row(delta: dict[str, str], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return json.dumps(base | {"choices": [choice]}, separators=(",", ":")).encode()

    usage = {"prompt_tokens": 10, "completion_tokens": chunks, "total_tokens": chunks + 10}
    return [
        row({"role": "assistant", "content": ""}),
        *(row({"content": f" token{number}"}) for number in range(chunks)),
        row({}, "stop"),
        json.dumps(base | {"choices": [], "usage": usage}, separators=(",", ":")).encode(),
    ]


def events(chunks: int) -> list[bytes]:
    """The same as server-sent events, one each."""
    return [b"data: " + payload + b"\n\n" for payload in [*payloads(chunks), b"[DONE]"]]


def frames(chunks: int, per_write: int) -> list[bytes]:
    """The same as pieces of a chunked body, one per write."""
    rows = events(chunks)
    pieces = [b"".join(rows[start : start + per_write]) for start in range(0, len(rows), per_write)]
    return [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces] + [b"0\r\n\r\n"]


async def serve(per_write: int, chunks: int, pause: float) -> None:
    long, short = frames(chunks, per_write), frames(5, per_write)

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
                size = next((int(value) for name, _, value in lines if name == b"content-length"), 0)
                body = await reader.readexactly(size)
                writer.write(HEAD)
                for frame in short if b"short please" in body else long:
                    writer.write(frame)
                    await writer.drain()
                    if pause:
                        time.sleep(pause)  # noqa: ASYNC251  # an event loop's own timer is too coarse; one client at a time
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has left
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def loopback(per_write: int, chunks: int, pause: float = 0.0) -> Iterator[str]:
    """The base URL of such a server."""
    command = [sys.executable, __file__, str(per_write), str(chunks), str(pause)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
        finally:
            server.kill()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
