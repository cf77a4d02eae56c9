"""A loopback server in a process of its own that streams chat completions, and the bytes that it says."""

from __future__ import annotations

import argparse
import asyncio
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlsplit

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n"
SHORT = 5
"""The text deltas of an answer to a request whose body holds "short please"."""
BEGIN = 0.1
"""Seconds that the client has to read the first events of all streams."""
SPREAD = 0.618
"""The golden ratio: the beginnings of any number of streams spread evenly over a gap when each is this much later."""


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
    """The same as pieces of a chunked body, one per write; the first event is alone in its piece."""
    first, *rows = events(chunks)
    pieces = [first, *(b"".join(rows[start : start + per_write]) for start in range(0, len(rows), per_write))]
    return [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces] + [b"0\r\n\r\n"]


class Answers(NamedTuple):
    """What the server says."""

    chunks: int
    """The text deltas of an answer."""
    per_write: int = 1
    """How many of them are in one TCP write."""
    gap: float = 0.0
    """Seconds from one write of an answer to its next; 0 for as fast as the client reads."""
    streams: int = 1
    """How many long answers begin together: each says its first event, and no more until all have begun."""


class _Server:
    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._long = frames(answers.chunks, answers.per_write)
        self._short = frames(SHORT, answers.per_write)
        self._asked = 0
        self._all_asked = asyncio.Event()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
                size = next((int(value) for name, _, value in lines if name == b"content-length"), 0)
                body = await reader.readexactly(size)
                writer.write(HEAD)
                await (self._say(self._short, writer) if b"short please" in body else self._say_long(writer))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has left
        finally:
            writer.close()

    async def _say_long(self, writer: asyncio.StreamWriter) -> None:
        first, *rest = self._long
        writer.write(first)
        number, self._asked, all_asked = self._asked, self._asked + 1, self._all_asked
        if self._asked == self._answers.streams:
            self._asked, self._all_asked = 0, asyncio.Event()
            all_asked.set()
        await all_asked.wait()
        await asyncio.sleep(BEGIN)
        await self._say(rest, writer, self._answers.gap, number * SPREAD % 1)

    async def _say(
        self, pieces: list[bytes], writer: asyncio.StreamWriter, gap: float = 0.0, later: float = 0.0
    ) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time() + gap * later
        for piece in pieces:
            if gap:
                due += gap
                await asyncio.sleep(due - loop.time())
            writer.write(piece)
            await writer.drain()


async def _serve(answers: Answers, certificate: str | None) -> None:
    tls = None
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    server = await asyncio.start_server(_Server(answers).handle, "127.0.0.1", 0, ssl=tls, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def loopback(answers: Answers, certificate: Path | None = None) -> Iterator[str]:
    """The base URL of such a server, which speaks TLS if it has a certificate."""
    command = [sys.executable, __file__, *map(str, answers)]
    scheme = "http"
    if certificate is not None:
        command += ["--certificate", str(certificate)]
        scheme = "https"
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"{scheme}://127.0.0.1:{int(server.stdout.readline())}/v1"
        finally:
            server.kill()


@contextmanager
def with_caddy(base: str, certificate: Path) -> Iterator[str]:
    """The base URL of a Caddy before such a server, which speaks HTTP/1.1, 2 and 3."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
    from caddy_process import caddy

    port = urlsplit(base).port or 0
    with TemporaryDirectory() as folder, caddy(port, certificate, certificate, Path(folder), host="127.0.0.1") as url:
        yield f"{url}/v1"


@contextmanager
def certificates() -> Iterator[tuple[Path, Path]]:
    """The files of an authority's certificate, and of a certificate and key for this machine that it has signed."""
    import trustme

    authority = trustme.CA()
    with TemporaryDirectory() as folder:
        trusted, own = Path(folder, "authority.pem"), Path(folder, "own.pem")
        authority.cert_pem.write_to_path(str(trusted))
        authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(own))
        yield trusted, own


def _main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    for name, kind in (("chunks", int), ("per_write", int), ("gap", float), ("streams", int)):
        arguments.add_argument(name, type=kind)
    arguments.add_argument("--certificate")
    given = arguments.parse_args()
    asyncio.run(_serve(Answers(given.chunks, given.per_write, given.gap, given.streams), given.certificate))


if __name__ == "__main__":
    _main()
