"""Streams that somebody breaks or leaves, in every way, through both clients and every transport."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Iterator
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai import laws
from scripted_server import Answer, Server, manifest_for, reply, sse, stream, text_chunks
from transports import KINDS, Caller, Conversation

USAGE = {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 1}}
HALF = sse(*text_chunks("Hel", finish=None), USAGE, done=False)
WHOLE = stream(sse(*text_chunks("Hello")))


@pytest.fixture(params=KINDS)
def talk(request: pytest.FixtureRequest, server: Server) -> Iterator[Conversation]:
    caller = Caller(request.param)
    made = caller.client(manifest_for(server.url), timeout=ai.Timeouts(first_byte=30, read=30))
    yield made
    made.close()
    caller.close()


def impatient(talk: Conversation, server: Server) -> Conversation:
    return talk.caller.client(manifest_for(server.url), timeout=ai.Timeouts(first_byte=0.1, read=0.1))


def answers_again(talk: Conversation, server: Server) -> bool:
    """Whether the client still works, which it must after every interruption."""
    server.say(WHOLE)
    return bool(talk.collect(talk.stream()).text == "Hello")


def whole_bytes(pieces: list[Any]) -> bytes:
    return b"".join(pieces)


BROKEN: list[tuple[str, Answer, type[ai.FluentError], str]] = [
    ("cut", stream([*HALF], end=False), ai.StreamInterrupted, "Hel"),
    ("early end", stream([*HALF]), ai.StreamTruncated, "Hel"),
    ("error event", stream([*HALF, *sse({"error": {"message": "busy", "code": 503}})]), ai.Overloaded, "Hel"),
    ("not JSON", stream([*HALF, b"data: {oops\n\n"]), ai.ProtocolError, "Hel"),
    ("bad chunk", Answer([*stream([*HALF]).pieces[:-1], 0.05, b"zz\r\n", None]), ai.StreamInterrupted, "Hel"),
    (
        "bad chunk with the rest",
        Answer([stream([]).pieces[0], 0.05, whole_bytes(stream([*HALF]).pieces[1:-1]) + b"zz\r\n", None]),
        ai.StreamInterrupted,
        "Hel",
    ),
    ("no answer", Answer([None]), ai.ConnectionFailed, ""),
    ("empty body", stream([]), ai.StreamTruncated, ""),
    ("refused", reply(503, {"error": {"message": "busy"}}), ai.Overloaded, ""),
]


@pytest.mark.parametrize(("name", "answer", "kind", "text"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_stream_ends_typed_with_what_came(
    server: Server, talk: Conversation, name: str, answer: Answer, kind: type[ai.FluentError], text: str
) -> None:
    server.say(answer)
    events = talk.stream()
    seen = []
    with pytest.raises(ai.FluentError) as caught:
        while True:
            seen.append(talk.next(events))
    assert type(caught.value) is kind
    if seen:
        laws.validate(seen, complete=False)
    assert caught.value.partial is not None
    assert caught.value.partial.text == text == events.partial.text
    if text:
        assert caught.value.partial.usage is not None
        assert caught.value.partial.usage.input_tokens == 7
    assert events.ended
    with pytest.raises((StopIteration, StopAsyncIteration)):
        talk.next(events)
    talk.leave(events)
    assert answers_again(talk, server)


@pytest.mark.parametrize("pieces", [[], HALF], ids=["nothing said", "half said"])
def test_silence_ends_in_a_deadline_with_what_came(server: Server, talk: Conversation, pieces: list[Any]) -> None:
    server.say(stream([*pieces, 30.0]))
    with pytest.raises(ai.DeadlineExceeded) as caught:
        talk.collect(impatient(talk, server).stream())
    assert caught.value.stage == "read"
    assert caught.value.partial is not None
    assert caught.value.partial.text == ("Hel" if pieces else "")
    assert server.dropped.wait(5)
    assert answers_again(talk, server)


def close(talk: Conversation, events: Any) -> None:
    talk.leave(events)


def exit_block(talk: Conversation, events: Any) -> None:
    if talk.caller.blocking:
        events.__exit__(None, None, None)
    else:
        talk.caller.do(events.__aexit__(None, None, None))


def forget(talk: Conversation, events: Any) -> None:
    """The caller's own reference is the last one; see the test."""


def cancel(talk: Conversation, events: Any) -> None:
    if talk.caller.blocking:
        threading.Timer(0.05, events.close).start()
        with pytest.raises(ai.Cancelled):
            events.collect()
        return

    async def main() -> None:
        async with asyncio.timeout(0.05):
            await events.collect()

    with pytest.raises(TimeoutError):
        talk.caller.do(main())


@pytest.mark.parametrize("way", [close, exit_block, forget, cancel])
@pytest.mark.parametrize("read", [False, True], ids=["entered", "half read"])
def test_leaving_drops_the_connection(
    server: Server, talk: Conversation, way: Callable[[Conversation, Any], None], read: bool
) -> None:
    server.say(stream([*HALF, 30.0]))
    events = talk.stream()
    talk.enter(events)
    if read:
        assert talk.until_text(events).text == "Hel"
    way(talk, events)
    del events
    gc.collect()
    talk.caller.settle()
    assert server.dropped.wait(5)
    assert answers_again(talk, server)


def test_a_stream_that_was_never_entered_sends_nothing(server: Server, talk: Conversation) -> None:
    server.say(WHOLE)
    talk.stream()
    events = talk.stream()
    talk.leave(events)
    with pytest.raises(ai.Cancelled):
        talk.next(events)
    assert server.sent == []


def test_leaving_twice_and_after_the_end(server: Server, talk: Conversation) -> None:
    server.say(WHOLE)
    events = talk.stream()
    assert talk.collect(events).text == "Hello"
    for _ in range(2):
        talk.leave(events)
    assert talk.collect(events).text == "Hello"
    assert server.connections == 1


def test_leaving_from_another_thread_wakes_a_reader(server: Server, talk: Conversation) -> None:
    if not talk.caller.blocking:
        pytest.skip("AsyncStream.close belongs to its event loop")
    server.say(stream([*HALF, 30.0]))
    events = talk.stream()
    talk.until_text(events)
    threading.Timer(0.1, events.close).start()
    with pytest.raises(ai.Cancelled) as caught:
        events.collect()
    assert caught.value.partial is not None
    assert caught.value.partial.text == "Hel"


def test_a_filter_and_a_refusal_are_outcomes_not_failures(server: Server, talk: Conversation) -> None:
    server.say(stream(sse(*text_chunks("Hel", finish="content_filter"))))
    answer = talk.collect(talk.stream())
    assert (answer.text, answer.finish_reason) == ("Hel", "content_filter")


def test_a_failing_consumer_drops_the_connection(server: Server, talk: Conversation) -> None:
    server.say(stream([*HALF, 30.0]))

    async def looped() -> None:
        async with talk.stream() as events:
            async for _ in events:
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        if talk.caller.blocking:
            with talk.stream() as events:
                for _ in events:
                    raise ZeroDivisionError
        else:
            talk.caller.do(looped())
    assert server.dropped.wait(5)
    assert answers_again(talk, server)
