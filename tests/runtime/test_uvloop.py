"""The asynchronous transports under uvloop, whose sockets cannot be shut down from outside."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import fluent_ai as ai
import pytest
from fluent_ai.http.messages import HttpRequest
from scripted_server import Server, manifest_for, reply, stream
from transports import Caller, no_curl

uvloop = pytest.importorskip("uvloop")
TEXT = b'data: {"choices":[{"index":0,"delta":{"content":"Hel"}}]}\n\n'


@pytest.fixture(
    params=[
        *((kind, lends) for kind in ("httpx2", "aiohttp") for lends in (False, True)),
        pytest.param(("curl", False), marks=no_curl),
    ],
    ids=lambda given: f"{given[0]} {given[1]}",
)
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    kind, lends = request.param
    made = Caller(kind, lends=lends, new_loop=uvloop.new_event_loop)
    yield made
    made.close()


def test_abort_from_another_thread_wakes_a_reader(server: Server, caller: Caller) -> None:
    server.say(stream([b"one", 60.0]))
    response = caller.send(HttpRequest("POST", server.url, {}))
    timer = threading.Timer(0.05, response.abort)
    timer.start()
    with pytest.raises(ai.ConnectionFailed):
        caller.read(response)
    timer.join()
    caller.do(response.close())
    assert server.dropped.wait(30)


def test_a_stream_that_is_forgotten_drops_its_connection(server: Server, caller: Caller) -> None:
    server.say(stream([TEXT, 60.0]))
    talk = caller.client(manifest_for(server.url))
    events = talk.stream()
    assert talk.until_text(events).text == "Hel"
    del events
    gc.collect()
    caller.settle()
    assert server.dropped.wait(30)
    server.say(reply(200, b"two"))
    assert caller.get(server.url) == (200, b"two")


def test_an_event_that_is_late_ends_the_stream(server: Server, caller: Caller) -> None:
    server.say(stream([TEXT, 60.0]))
    talk = caller.client(manifest_for(server.url), timeout=ai.Timeouts(read=0.2))
    with pytest.raises(ai.DeadlineExceeded) as caught:
        talk.collect(talk.stream())
    assert caught.value.stage == "read"
