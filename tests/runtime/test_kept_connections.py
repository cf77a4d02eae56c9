"""Connections that are kept between requests: lost, left by a loop, shared by a fork."""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.http.blocking import run_blocking
from fluent_ai.http.messages import HttpRequest
from forks import QUIET
from scripted_server import Answer, Sent, Server, manifest_for, reply, sse, stream, text_chunks
from transports import KINDS, Caller

HELLO = stream(sse(*text_chunks("Hello")))


@pytest.fixture(params=KINDS)
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    made = Caller(request.param)
    yield made
    made.close()


@pytest.mark.parametrize("retries", [0, 2])
def test_a_kept_connection_that_closes_as_the_request_comes_costs_nothing(
    server: Server, caller: Caller, retries: int
) -> None:
    talk = caller.client(manifest_for(server.url), retries=retries)
    for _ in range(3):
        server.say(HELLO, Answer([None]), HELLO)
        for _ in range(2):
            assert talk.collect(talk.stream()).text == "Hello"
    talk.close()
    assert len(server.sent) == 9


def test_all_kept_connections_may_have_closed(server: Server, caller: Caller) -> None:
    """As after the restart of a balancer, which tells of it only when a request comes."""
    together, number = threading.Barrier(4), itertools.count()

    def answer(sent: Sent) -> Answer:
        if (turn := next(number)) < 4:
            together.wait(30)
        return HELLO if not 4 <= turn < 8 else Answer([None])

    server.say(answer)
    talk = caller.client(manifest_for(server.url), retries=0)
    if caller.blocking:
        with ThreadPoolExecutor(4) as threads:
            first = [reply.text for reply in threads.map(lambda _: talk.collect(talk.stream()), range(4))]
    else:

        async def all_four() -> list[str]:
            return [reply.text for reply in await asyncio.gather(*(talk.stream().collect() for _ in range(4)))]

        first = caller.do(all_four())
    assert first == ["Hello"] * 4
    assert talk.collect(talk.stream()).text == "Hello"
    assert len(server.sent) == 9
    talk.close()


def test_a_new_connection_that_closes_is_a_failure(server: Server, caller: Caller) -> None:
    talk = caller.client(manifest_for(server.url))
    server.say(Answer([None]))
    with pytest.raises(ai.ConnectionFailed) as caught:
        talk.collect(talk.stream())
    assert not caught.value.unanswered
    assert len(server.sent) == 1
    talk.close()


@pytest.mark.parametrize("begun", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"])
def test_what_was_answered_is_not_asked_again(server: Server, caller: Caller, begun: bytes) -> None:
    talk = caller.client(manifest_for(server.url))
    server.say(HELLO, Answer([begun, 0.05, None]))
    assert talk.collect(talk.stream()).text == "Hello"
    with pytest.raises(ai.FluentError):
        talk.collect(talk.stream())
    assert len(server.sent) == 2
    talk.close()


def test_a_server_that_always_closes_is_asked_twice(server: Server, caller: Caller) -> None:
    talk = caller.client(manifest_for(server.url))
    server.say(HELLO, Answer([None]))
    assert talk.collect(talk.stream()).text == "Hello"
    with pytest.raises(ai.ConnectionFailed):
        talk.collect(talk.stream())
    assert len(server.sent) == 3
    talk.close()


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system does not list open descriptors")
@pytest.mark.parametrize("kind", ["httpx2", "aiohttp"])
def test_a_loop_that_ends_takes_its_connections_along(
    server: Server, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind == "httpx2":
        monkeypatch.setattr("fluent_ai.http.transports.find_spec", lambda name: None)
    server.say(HELLO)
    client = ai.AsyncClient(keys={"acme": "k"}, manifests=[manifest_for(server.url)])

    def descriptors() -> int:
        return len(os.listdir("/dev/fd"))

    async def hello() -> str:
        return (await client.complete("acme:m", "hi")).text

    asyncio.run(hello())
    before = descriptors()
    for _ in range(20):
        assert asyncio.run(hello()) == "Hello"
    # The loopback server is in this process too, and closes its side a moment later.
    assert descriptors() < before + 10
    assert len(client._loops._places) == 0


def test_a_loop_that_others_close_is_forgotten(server: Server) -> None:
    server.say(HELLO)
    client = ai.AsyncClient(keys={"acme": "k"}, manifests=[manifest_for(server.url)])
    loops = [asyncio.new_event_loop() for _ in range(3)]

    async def hello() -> str:
        reply = await client.complete("acme:m", "hi")
        await client.close()
        return reply.text

    for loop in loops:
        assert loop.run_until_complete(hello()) == "Hello"
        loop.run_until_complete(asyncio.sleep(0.01))
        loop.close()
    assert set(client._loops._places) <= {loops[-1]}
    asyncio.run(hello())
    assert len(client._loops._places) == 0


def test_without_an_event_loop_of_asyncio_there_is_a_clear_error(server: Server) -> None:
    """As under trio."""
    client = ai.AsyncClient(keys={"acme": "k"}, manifests=[manifest_for(server.url)])
    with pytest.raises(ai.ConfigError, match="asyncio"):
        run_blocking(client.complete("acme:m", "hi"))
    with pytest.raises(ai.ConfigError, match="asyncio"):
        run_blocking(client.close())
    assert server.sent == []


PROGRAM = """
import asyncio, gc, json, os, sys
import fluent_ai as ai
from fluent_ai.http.transports.httpx2 import Httpx2Transport
from fluent_ai.manifest.schema import Auth, Manifest, Route

row = Manifest(id="acme", name="A", docs="", base_url=sys.argv[1], auth=Auth(scheme="none", required=False),
               chat=(Route(protocol="openai_chat", path="/chat"),))
settings = dict(manifests=[row], retries=0, validate=False)
{setup}

def ask(me):
    for _ in range(4):
        assert say(me) == f"{{me}} " * 5, me

ask("warm")
children = []
for number in range(3):
    if not (child := os.fork()):
        ask(f"child{{number}}")
        gc.collect()
        ask(f"again{{number}}")
        sys.exit(3)
    children.append(child)
ask("parent")
for child in children:
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
ask("later")
"""
SETUPS = {
    "Client": "client = ai.Client(**settings)\ndef say(me): return client.complete('acme:m', me).text",
    "a transport of the caller's": "client = ai.Client(**settings, transport=Httpx2Transport())\n"
    "def say(me): return client.complete('acme:m', me).text",
    "AsyncClient": "client = ai.AsyncClient(**settings)\n"
    "def say(me): return asyncio.run(client.complete('acme:m', me)).text",
    "AsyncClient in one loop": "client = ai.AsyncClient(**settings)\nloops = {}\ndef say(me):\n"
    "    loop = loops.setdefault(os.getpid(), None) or asyncio.new_event_loop()\n    loops[os.getpid()] = loop\n"
    "    return loop.run_until_complete(client.complete('acme:m', me)).text",
    "AsyncClient, httpx2": "import fluent_ai.http.transports as t\nt.find_spec = lambda name: None\n"
    "client = ai.AsyncClient(**settings)\nloops = {}\ndef say(me):\n"
    "    loop = loops.setdefault(os.getpid(), None) or asyncio.new_event_loop()\n    loops[os.getpid()] = loop\n"
    "    return loop.run_until_complete(client.complete('acme:m', me)).text",
    "Client over libcurl": "client = ai.Client(**settings, http=1)\n"
    "def say(me): return client.complete('acme:m', me).text",
    "a stream that is open, over libcurl": "client = ai.Client(**settings, http=1)\n"
    "def say(me): return client.complete('acme:m', me).text\n"
    "stream = client.stream('acme:m', 'held'); next(stream.text())",
    "AsyncClient in one loop, over libcurl": "client = ai.AsyncClient(**settings, http=1)\nloops = {}\ndef say(me):\n"
    "    loop = loops.setdefault(os.getpid(), None) or asyncio.new_event_loop()\n    loops[os.getpid()] = loop\n"
    "    return loop.run_until_complete(client.complete('acme:m', me)).text",
    "registry": "client = ai.Client(**settings)\nai.models.get('groq:openai/gpt-oss-20b')\ndef say(me):\n"
    "    ai.models.define(f'acme:{me}', context_window=7)\n"
    "    assert ai.models.get(f'acme:{me}').context_window == 7 and ai.models.get('groq:openai/gpt-oss-20b')\n"
    "    return client.complete('acme:m', me).text",
    "a stream that is open": "client = ai.Client(**settings)\ndef say(me): return client.complete('acme:m', me).text\n"
    "stream = client.stream('acme:m', 'held'); next(stream.text())",
    "a deadline that is set": "client = ai.Client(**settings, timeout=ai.Timeouts(total=60.0))\n"
    "def say(me): return client.complete('acme:m', me).text",
}  # fmt: skip


def echo(sent: Sent) -> Answer:
    """The prompt, five times, slowly."""
    word = sent.json()["messages"][0]["content"] + " "
    pieces = [piece for text in [word] * 5 for piece in (*sse(*text_chunks(text, finish=None), done=False), 0.005)]
    return stream([*pieces, *sse(*text_chunks(""))])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is a POSIX thing")
@pytest.mark.parametrize("name", SETUPS)
def test_no_reply_crosses_a_fork(server: Server, name: str) -> None:
    if "libcurl" in name:
        pytest.importorskip("pycurl", reason="the extra http3 is not installed")
    server.say(echo)
    command = [sys.executable, *QUIET, "-c", PROGRAM.format(setup=SETUPS[name]), server.url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_request_leaves_the_connections_of_others_alone(server: Server, caller: Caller) -> None:
    """Also a kept one that another request has taken, whose answer has come and was not read yet."""
    more, rest = threading.Event(), threading.Event()

    def pieces() -> Iterator[bytes | float | None]:
        head, *chunks = stream([b"a", b"b", *[b"x" * 1000] * 20]).pieces
        yield from [head, chunks[0]]
        more.wait(30)
        yield chunks[1]
        rest.wait(30)
        yield from chunks[2:]

    server.say(reply(200, b"kept"), lambda sent: Answer(pieces()), reply(200, b"other"))  # type: ignore[arg-type]  # as below
    assert caller.get(server.url) == (200, b"kept")
    response = caller.send(HttpRequest("POST", server.url, {}))
    more.set()
    time.sleep(0.1)  # for the answer to come, with the event loop asleep
    assert caller.get(server.url) == (200, b"other")
    rest.set()
    assert len(caller.read(response)) == 20_002
    caller.do(response.close())


LATER = stream(sse(*text_chunks("of another request")))


@pytest.mark.parametrize("pause", [[], [0.05]], ids=["with the answer", "after it"])
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "half"])
def test_what_nobody_asked_for_is_never_the_next_answer(
    server: Server, caller: Caller, pause: list[float], whole: bool
) -> None:
    unasked = b"".join(piece for piece in LATER.pieces if isinstance(piece, bytes))
    unasked = unasked if whole else unasked[:60]
    *most, last = HELLO.pieces
    assert isinstance(last, bytes)
    said = threading.Event()

    def pieces() -> Iterator[bytes | float | None]:
        yield from [*most, last, *pause, unasked] if pause else [*most, last + unasked]
        said.set()

    server.say(Answer(pieces()), HELLO)  # type: ignore[arg-type]  # what is iterated once may be an iterator
    talk = caller.client(manifest_for(server.url))
    # httpcore2 keeps half a head for the next response, which is malformed then.
    glued = suppress(ai.ConnectionFailed) if (whole, pause) == (False, []) else nullcontext()
    for _ in range(3):
        with glued:
            assert talk.collect(talk.stream()).text == "Hello"
        assert said.wait(5)
        caller.settle()
    talk.close()
