"""Channels, workers and the streams over them."""

from __future__ import annotations

import asyncio
import contextvars
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import fluent_ai as ai
import pytest
from fluent_ai import laws, testing
from fluent_ai.content.results import Result, ResultFold
from fluent_ai.http.messages import HttpRequest
from fluent_ai.interfaces import Emit
from fluent_ai.manifest.schema import Auth, Manifest, Route
from fluent_ai.providers.table import in_process, unregister_provider
from fluent_ai.streams.channel import ChannelSource
from fluent_ai.streams.sequence_source import SequenceSource


def test_values_come_in_order_and_the_end_is_the_end() -> None:
    channel: ai.Channel[int] = ai.channel(2)

    def produce() -> None:
        for number in range(100):
            channel.emit(number)
        channel.end()

    threading.Thread(target=produce).start()
    assert channel.stream().collect() == list(range(100))


def test_emit_blocks_while_full() -> None:
    channel: ai.Channel[int] = ai.channel(2)
    emitted = []

    def produce() -> None:
        for number in range(5):
            channel.emit(number)
            emitted.append(number)
        channel.end()

    thread = threading.Thread(target=produce)
    thread.start()
    time.sleep(0.05)
    assert emitted == [0, 1]
    assert channel.stream().collect() == [0, 1, 2, 3, 4]
    thread.join(5)
    assert emitted == [0, 1, 2, 3, 4]


def test_an_error_comes_after_the_values_before_it() -> None:
    channel: ai.Channel[int] = ai.channel()
    channel.emit(1)
    channel.end(ai.ServerError("broken"))
    stream = channel.stream()
    assert next(stream) == 1
    with pytest.raises(ai.ServerError, match="broken"):
        next(stream)
    assert stream.ended
    assert list(stream) == []


def test_a_consumer_that_leaves_cancels_the_producer() -> None:
    channel: ai.Channel[int] = ai.channel(1)
    cancelled = threading.Event()

    def produce() -> None:
        try:
            while True:
                channel.emit(1)
        except ai.Cancelled:
            cancelled.set()

    threading.Thread(target=produce).start()
    with channel.stream() as stream:
        next(stream)
    assert cancelled.wait(5)


def test_close_wakes_a_consumer_in_another_thread() -> None:
    stream = ai.channel().stream()
    threading.Timer(0.05, stream.close).start()
    assert list(stream) == []


def test_try_next_raises_once_whatever_the_producer_died_of() -> None:
    channel: ai.Channel[int] = ai.channel()
    with channel.stream() as stream:
        channel.end(ZeroDivisionError())
        with pytest.raises(ZeroDivisionError):
            stream.try_next()
        assert stream.ended
        assert stream.try_next() is ai.EMPTY
        assert list(stream) == []


def test_a_sequence_that_is_left_between_two_of_its_parts_begins_no_other() -> None:
    first: ai.Channel[int] = ai.channel()
    first.emit(1)
    first.end()
    second: ai.Channel[int] = ai.channel()

    def parts() -> Iterator[ChannelSource[int]]:
        yield ChannelSource(first, blocking=True)
        sequence.abort()  # what another thread may do at this very moment
        yield ChannelSource(second, blocking=True)

    sequence = SequenceSource(parts(), ResultFold(lambda items, head: Result(**head)))
    stream = ai.Stream(sequence)
    assert next(stream) == 1
    with pytest.raises(ai.Cancelled):
        next(stream)
    assert second.closed


def test_a_second_reader_is_refused_and_the_first_one_reads_on() -> None:
    values: ai.Channel[int] = ai.channel()
    stream = values.stream()
    read: list[int] = []
    reader = threading.Thread(target=lambda: read.extend(stream))
    reader.start()
    values.emit(1)
    with pytest.raises(ai.ConfigError, match="one reader"):
        while True:  # until the reader waits for the next value
            if stream.try_next() is not ai.EMPTY:
                values.emit(1)
    with pytest.raises(ai.ConfigError, match="one reader"):
        next(stream)
    values.emit(2)
    values.end()
    reader.join(30)
    assert read[-1] == 2


def test_a_second_task_is_refused_and_the_first_one_reads_on() -> None:
    async def main() -> list[int]:
        values: ai.Channel[int] = ai.channel()
        stream = values.astream()
        first = asyncio.ensure_future(stream.collect())
        await asyncio.sleep(0.01)
        with pytest.raises(ai.ConfigError, match="one reader"):
            await anext(stream)
        values.emit(1)
        values.end()
        return await first

    assert asyncio.run(main()) == [1]


def test_many_readers_lose_nothing() -> None:
    """Those who come while another reads are refused; what the others get is each value once."""
    values: ai.Channel[int] = ai.channel()
    stream = values.stream()
    read: list[int] = []

    def drain() -> None:
        while not stream.ended:
            with suppress(ai.ConfigError):
                read.extend(stream)

    readers = [threading.Thread(target=drain) for _ in range(4)]
    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for reader in readers:
            reader.start()
        for value in range(3000):
            values.emit(value)
        values.end()
        for reader in readers:
            reader.join(60)
    finally:
        sys.setswitchinterval(switching)
    assert sorted(read) == list(range(3000))


def test_try_next_never_blocks() -> None:
    channel: ai.Channel[int] = ai.channel()
    with channel.stream() as stream:
        assert stream.try_next() is ai.EMPTY
        channel.emit(1)
        channel.emit(2)
        assert (stream.try_next(), stream.try_next(), stream.try_next()) == (1, 2, ai.EMPTY)
        channel.end(ai.ServerError("broken"))
        with pytest.raises(ai.ServerError):
            stream.try_next()
        assert stream.try_next() is ai.EMPTY


def test_async_producer_and_consumer() -> None:
    async def main() -> list[int]:
        channel: ai.Channel[int] = ai.channel(1)

        async def produce() -> None:
            for number in range(20):
                await channel.aemit(number)
            channel.end()

        task = asyncio.create_task(produce())
        async with channel.astream() as stream:
            seen = await stream.collect()
        await task
        return seen

    assert asyncio.run(main()) == list(range(20))


def test_thread_producer_and_async_consumer() -> None:
    channel: ai.Channel[int] = ai.channel(3)

    def produce() -> None:
        for number in range(1000):
            channel.emit(number)
        channel.end()

    async def main() -> list[int]:
        threading.Thread(target=produce).start()
        return [number async for number in channel.astream()]

    assert asyncio.run(main()) == list(range(1000))


def test_a_capacity_below_one_is_refused() -> None:
    with pytest.raises(ai.ConfigError, match="capacity is 0"):
        ai.channel(0)
    channel: ai.Channel[int] = ai.channel()
    channel.end()
    with pytest.raises(RuntimeError, match="emit after end"):
        channel.emit(1)


CITY = contextvars.ContextVar("city", default="nowhere")


class Worker:
    """Says the city of the caller's context, then waits for `go` at each further word."""

    def __init__(self) -> None:
        self.cancelled = threading.Event()

    def chat_model(self, model: str) -> Worker:
        return self

    def run(self, request: ai.ChatRequest, emit: Emit[ai.Event]) -> None:
        emit(ai.Progress("load", 1, 1))
        emit(ai.StreamStart(None, request.model, "worker"))
        if request.model == "short":
            return
        if request.model == "broken":
            raise ai.ModelLoadFailed("no weights")
        emit(ai.TextStart(0))
        emit(ai.TextDelta(0, CITY.get()))
        try:
            while request.model == "endless":
                emit(ai.Ping())
        except ai.Cancelled:
            self.cancelled.set()
            raise
        emit(ai.TextEnd(0, CITY.get()))
        emit(ai.Finish("stop", "eos", ai.Usage(output_tokens=1)))


@pytest.fixture
def worker() -> Worker:
    made = Worker()
    route = Route(protocol="worker")
    row = Manifest(id="worker", name="Worker", docs="", auth=Auth(scheme="none", required=False), chat=(route,))
    ai.register_provider(row, lambda: made)
    return made


def test_a_worker_streams_with_the_callers_context(worker: Worker) -> None:
    CITY.set("Paris")
    with ai.Client().stream("worker:m", "hi") as stream:
        events = list(stream)
    laws.validate(events)
    assert stream.collect().text == "Paris"

    async def main() -> str:
        return (await ai.AsyncClient().complete("worker:m", "hi")).text

    assert asyncio.run(main()) == "Paris"


def test_a_workers_failure_ends_the_stream(worker: Worker) -> None:
    with pytest.raises(ai.ModelLoadFailed) as caught:
        ai.Client().complete("worker:broken", "hi")
    assert caught.value.partial is not None
    with pytest.raises(ai.StreamTruncated):
        ai.Client().complete("worker:short", "hi")


def test_leaving_stops_the_worker(worker: Worker) -> None:
    with ai.Client().stream("worker:endless", "hi") as stream:
        next(stream)
    assert worker.cancelled.wait(5)


def test_threads_that_begin_together_share_one_provider() -> None:
    made: list[object] = []
    start = threading.Barrier(8)

    def factory() -> object:
        time.sleep(0.01)  # long enough for the others to come
        made.append(object())
        return made[-1]

    row = ai.register_provider(
        Manifest(id="heavy", name="Heavy", docs="", auth=Auth(scheme="none"), chat=(Route(protocol="worker"),)), factory
    )
    found: list[object] = []

    def ask() -> None:
        start.wait()
        found.append(in_process(row))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        unregister_provider("heavy")
    assert found == made * 8


def test_a_provider_without_a_package_is_named() -> None:
    route = Route(protocol="worker")
    ai.register_provider(
        Manifest(id="lost", name="Lost", docs="", auth=Auth(scheme="none", required=False), chat=(route,))
    )
    with pytest.raises(ai.ConfigError, match="lost: no package offers it"):
        ai.Client().stream("lost:m", "hi")
    ai.unregister_provider("lost")
    with pytest.raises(ai.ConfigError, match="'lost' is not known"):
        ai.Client().stream("lost:m", "hi")


def test_fake_provider_answers_in_turn() -> None:
    call = ai.ToolCall("1", "ask", {"q": "name?"})
    with testing.fake_provider("Hello you", call, ai.RateLimited("slow"), [ai.StreamStart()]) as fake:
        client = ai.Client()
        with client.stream("fake:m", "hi", system="s") as stream:
            laws.validate(stream)
        assert stream.collect().text == "Hello you"
        assert client.complete("fake:m", "hi").tool_calls == (call,)
        with pytest.raises(ai.RateLimited):
            client.complete("fake:m", "hi")
        with pytest.raises(ai.StreamTruncated):
            client.complete("fake:m", "hi")
        with pytest.raises(ai.ConfigError, match="no answer left for request 5"):
            client.complete("fake:m", "hi")
        assert [request.system for request in fake.requests] == ["s", None, None, None, None]
    with pytest.raises(ai.ConfigError, match="'fake' is not known"):
        ai.Client().complete("fake:m", "hi")


def test_fake_transport_sees_the_request() -> None:
    body = b'data: {"choices": [{"delta": {"content": "yes"}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'

    def answer(request: HttpRequest) -> testing.FakeResponse:
        return testing.FakeResponse([body[:9], body[9:]])

    transport = testing.FakeTransport(answer)
    assert ai.Client(keys={"openai": "k"}, transport=transport).complete("openai:gpt-4o", "hi").text == "yes"
    assert transport.requests[0].url.endswith("/chat/completions")

    async def main() -> str:
        transport = testing.AsyncFakeTransport(answer)
        async with ai.AsyncClient(keys={"openai": "k"}, transport=transport) as client:
            return (await client.complete("openai:gpt-4o", "hi")).text

    assert asyncio.run(main()) == "yes"
