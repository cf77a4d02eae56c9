"""Waits of an event loop, and who ended them."""

import asyncio

import pytest
from fluent_ai.errors import Cancelled
from fluent_ai.resilience.waiting import LoopWaiting


def test_a_cancellation_after_a_wake_is_the_callers() -> None:
    asyncio.run(cancelled_after_a_wake())


async def cancelled_after_a_wake() -> None:
    waiting = LoopWaiting()
    woken = asyncio.Event()

    async def call() -> None:
        with pytest.raises(Cancelled):
            await waiting.interruptible(asyncio.Event().wait())
        woken.set()
        await waiting.interruptible(asyncio.Event().wait())

    task = asyncio.create_task(call())
    await asyncio.sleep(0)
    waiting.wake()
    await woken.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert task.cancelled()


def test_a_cancellation_beside_a_wake_wins() -> None:
    asyncio.run(cancelled_beside_a_wake())


async def cancelled_beside_a_wake() -> None:
    waiting = LoopWaiting()
    task = asyncio.create_task(waiting.interruptible(asyncio.Event().wait()))
    await asyncio.sleep(0)
    waiting.wake()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
