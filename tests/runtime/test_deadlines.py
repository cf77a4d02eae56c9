"""Deadlines hold however the time passes: for bytes that trickle, pings, halves of events, pauses and retries."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.http.messages import HttpRequest
from fluent_ai.manifest.schema import ModelList, Route
from fluent_ai.threads import Alarm, _clock
from scripted_server import Answer, Server, manifest_for, reply, sse, stream, text_chunks
from transports import KINDS, LENDING, Caller, Conversation

CHUNK = '{"choices":[{"index":0,"delta":{"content":"'
TRICKLE = [b"x", 0.02] * 1500


@pytest.fixture(params=KINDS)
def caller(request: pytest.FixtureRequest) -> Iterator[Caller]:
    made = Caller(request.param)
    yield made
    made.close()


def talk(caller: Caller, server: Server, **timeouts: float) -> Conversation:
    return caller.client(manifest_for(server.url), timeout=ai.Timeouts(**timeouts))


def timed_out(caller: Caller, server: Server, **timeouts: float) -> ai.DeadlineExceeded:
    conversation = talk(caller, server, **timeouts)
    with pytest.raises(ai.DeadlineExceeded) as caught:
        conversation.collect(conversation.stream())
    conversation.close()
    assert server.dropped.wait(5)
    return caught.value


SLOW: dict[str, tuple[Answer, dict[str, float], str]] = {
    "a head that trickles": (Answer([b"HTTP/1.1 200 OK\r\nx: ", *TRICKLE]), {"first_byte": 0.3}, "first_byte"),
    "interim responses": (Answer([b"HTTP/1.1 102 Wait\r\n\r\n", 0.02] * 1500), {"first_byte": 0.3}, "first_byte"),
    "comments only": (stream([b": ping\n\n", 0.02] * 1500), {"read": 0.3}, "read"),
    "half an event": (stream([b"data: " + CHUNK.encode(), *TRICKLE]), {"read": 0.3}, "read"),
    "total, in the head": (Answer([30.0]), {"total": 0.3}, "total"),
    "total, in the body": (
        stream([*sse(*text_chunks("a", finish=None), done=False), 0.05] * 600),
        {"total": 0.4},
        "total",
    ),
}


@pytest.mark.parametrize("name", SLOW)
def test_a_deadline_holds(server: Server, caller: Caller, name: str) -> None:
    answer, timeouts, stage = SLOW[name]
    server.say(answer)
    error = timed_out(caller, server, **timeouts)
    assert error.stage == stage
    if name.endswith("body"):
        assert error.partial is not None
        assert error.partial.text.startswith("a")
        assert not error.retryable


@pytest.mark.parametrize("kind", LENDING)
def test_a_client_that_was_lent_has_one_deadline_until_the_head(server: Server, kind: str) -> None:
    server.say(SLOW["a head that trickles"][0])
    caller = Caller(kind, lends=True)
    error = timed_out(caller, server, connect=0.1, write=0.1, first_byte=0.1)
    assert error.stage == "first_byte"
    caller.close()


def test_the_time_of_the_consumer_does_not_count(server: Server, caller: Caller) -> None:
    server.say(stream([*sse(*text_chunks("a", finish=None), done=False), 0.1, *sse(*text_chunks("b"))]))
    conversation = talk(caller, server, read=0.4)
    events = conversation.stream()
    conversation.until_text(events)
    time.sleep(0.6)
    assert conversation.collect(events).text == "ab"
    conversation.close()


def test_events_that_come_in_time_may_come_for_long(server: Server, caller: Caller) -> None:
    pieces: list[Any] = [
        piece for word in "abcdefgh" for piece in (*sse(*text_chunks(word, finish=None), done=False), 0.1)
    ]
    server.say(stream([*pieces, *sse(*text_chunks("."))]))
    conversation = talk(caller, server, read=0.5, first_byte=0.5)
    assert conversation.collect(conversation.stream()).text == "abcdefgh."
    conversation.close()


def test_a_pause_that_would_outlast_the_total_is_not_begun(server: Server, caller: Caller) -> None:
    server.say(reply(503, {}, headers={"retry-after": "20"}))
    conversation = caller.client(manifest_for(server.url), retries=2, timeout=ai.Timeouts(total=10.0))
    with pytest.raises(ai.Overloaded):
        conversation.collect(conversation.stream())
    conversation.close()
    assert len(server.sent) == 1


def test_the_requests_of_one_call_share_its_total(server: Server, caller: Caller) -> None:
    rows = [{"object": "embedding", "index": 0, "embedding": [1.0, 2.0]}]
    server.say(Answer([0.2, *reply(200, {"object": "list", "model": "m", "data": rows}).pieces]))
    route = Route(protocol="openai_embeddings", path="/embeddings", batch=1)
    conversation = caller.client(manifest_for(server.url, embeddings=(route,)), timeout=ai.Timeouts(total=0.7))
    call = conversation.client.stream_embed("acme:m", list("abcdefgh"))
    with pytest.raises(ai.DeadlineExceeded) as caught:
        conversation.collect(call)
    assert caught.value.stage == "total"
    assert len(server.sent) < 8
    conversation.close()


def test_the_pages_of_a_list_share_its_total(server: Server, caller: Caller) -> None:
    pages = [{"data": [{"id": f"m{at}", "type": "model"}], "has_more": at < 7, "last_id": f"m{at}"} for at in range(8)]
    server.say(*(Answer([0.2, *reply(200, page).pieces]) for page in pages))
    lists = ModelList(path="/models", shape="anthropic", paging="after_id")
    conversation = caller.client(manifest_for(server.url, model_list=lists), timeout=ai.Timeouts(total=0.7))
    with pytest.raises(ai.DeadlineExceeded) as caught:
        listed = conversation.client.models("acme")
        assert caller.blocking or caller.do(listed)
    assert caught.value.stage == "total"
    conversation.close()


def test_the_first_byte_counts_from_the_sent_request(server: Server, caller: Caller) -> None:
    """What connecting and writing took, or may take, does not add to it."""
    server.say(Answer([30.0]))
    began = time.monotonic()
    with pytest.raises(ai.DeadlineExceeded) as caught:
        caller.send(HttpRequest("POST", server.url, {}, b"x" * 400_000), first_byte=0.2, connect=20, write=20)
    assert caught.value.stage == "first_byte"
    assert time.monotonic() - began < 10


def test_total_must_be_a_time() -> None:
    with pytest.raises(ai.ConfigError, match="timeout"):
        ai.Client(timeout=ai.Timeouts(total=-1.0))


def test_alarms_ring_once_and_in_their_order() -> None:
    class Bell:
        def __init__(self, name: str) -> None:
            self.name = name

        def ring(self) -> None:
            rung.append(self.name)

    rung: list[str] = []
    bells = [Bell(name) for name in "abcd"]
    alarms = [Alarm(bell, Bell.ring) for bell in bells]
    for alarm, seconds in zip(alarms, (0.4, 0.2, 0.1, 0.05), strict=True):
        alarm.set(seconds)
    alarms[2].cancel()
    alarms[3].set(0.3)
    gone = Bell("gone")
    forgotten = Alarm(gone, Bell.ring)
    forgotten.set(0.1)
    del gone
    time.sleep(1.0)
    assert rung == ["b", "d", "a"]
    assert [alarm.rung for alarm in alarms] == [True, True, False, True]


def test_an_alarm_whose_owner_is_gone_is_not_kept() -> None:
    class Owner:
        pass

    owner = Owner()
    alarm = Alarm(owner, lambda _: None)
    alarm.set(1_000.0)
    assert alarm in _clock.alarms
    del owner
    end = time.monotonic() + 30
    while alarm in _clock.alarms and time.monotonic() < end:
        time.sleep(0.01)
    assert alarm not in _clock.alarms
    assert not alarm.rung
