"""Functions that emit the values of a stream."""

import asyncio
import gc
import threading

import fluent_ai as ai
import pytest

LIMIT = 30.0


def test_a_function_becomes_a_stream() -> None:
    def produce(emit: ai.Emit[int]) -> None:
        for number in range(1000):
            emit(number)

    assert ai.stream_from(produce, capacity=3).collect() == list(range(1000))


def test_it_starts_when_it_is_read_and_its_error_ends_the_stream() -> None:
    started = threading.Event()

    def produce(emit: ai.Emit[int]) -> None:
        started.set()
        emit(1)
        raise ZeroDivisionError

    stream = ai.stream_from(produce)
    assert not started.wait(0.01)
    assert next(stream) == 1
    with pytest.raises(ZeroDivisionError):
        next(stream)
    assert stream.collect() == []


@pytest.mark.parametrize("abandoned", [False, True])
def test_leaving_ends_the_function(abandoned: bool) -> None:
    ended = threading.Event()

    def produce(emit: ai.Emit[int]) -> None:
        try:
            while True:
                emit(1)
        finally:
            ended.set()

    stream = ai.stream_from(produce, capacity=1)
    assert next(stream) == 1
    if abandoned:
        del stream
        gc.collect()
    else:
        stream.close()
    assert ended.wait(LIMIT)


async def _numbers() -> None:
    async def produce(emit: ai.AsyncEmit[int]) -> None:
        for number in range(100):
            await emit(number)

    assert await ai.stream_from(produce, capacity=3).collect() == list(range(100))


async def _left(abandoned: bool) -> None:
    ended = asyncio.Event()

    async def produce(emit: ai.AsyncEmit[int]) -> None:
        try:
            while True:
                await emit(1)
        finally:
            ended.set()

    stream = ai.stream_from(produce, capacity=1)
    assert await stream.__anext__() == 1
    await asyncio.sleep(0)
    if abandoned:
        del stream
        gc.collect()
    else:
        await stream.close()
        assert ended.is_set()
    await asyncio.wait_for(ended.wait(), LIMIT)


async def _failed() -> None:
    async def produce(emit: ai.AsyncEmit[int]) -> None:
        await emit(1)
        raise ZeroDivisionError

    stream = ai.stream_from(produce)
    assert await stream.__anext__() == 1
    with pytest.raises(ZeroDivisionError):
        await stream.__anext__()


def test_a_coroutine_function_becomes_an_asynchronous_stream() -> None:
    asyncio.run(_numbers())
    asyncio.run(_failed())


@pytest.mark.parametrize("abandoned", [False, True])
def test_leaving_ends_the_coroutine_function(abandoned: bool) -> None:
    asyncio.run(_left(abandoned))
