"""Contexts in an event loop: asynchronous sources, back-pressure, and leaving before the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import fluent_ai as ai
import pytest
from own_threads import join_own_threads

from fluent_ai_toolkit.context import Context, Document, LeftOut

GENEROUS = 30.0


async def one() -> str:
    await asyncio.sleep(0)
    return "one"


async def several() -> AsyncIterator[str | Document]:
    for text in ("two", "three"):
        await asyncio.sleep(0)
        yield text
    yield Document(name="mine", text="four")


def blocking() -> str:
    return "five"


async def names(context: Context) -> list[str]:
    return [f"{each.name}: {each.text}" async for each in context.astream() if isinstance(each, Document)]


def test_asynchronous_callables_stream_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("six")
    context = ai.context(one, several, blocking, tmp_path)
    expected = [
        "one: one",
        "several 1: two",
        "several 2: three",
        "mine: four",
        "blocking: five",
        f"{tmp_path}/a.txt: six",
    ]
    assert asyncio.run(names(context)) == expected
    quotes = asyncio.run(context.acollect())
    assert [each.text for each in quotes.documents] == ["one", "two", "three", "four", "five", "six"]


def test_the_same_events_as_without_a_loop(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(str(number % 7) * 500)
    (tmp_path / "b.bin").write_bytes(b"\0")
    context = ai.context(tmp_path, chunk=100)

    async def read() -> list[object]:
        return [each async for each in context.astream()]

    assert asyncio.run(read()) == list(context.stream())
    assert asyncio.run(context.acollect()) == context.collect()


def test_a_ranking_may_be_asynchronous() -> None:
    async def rank(question: str, documents: Sequence[Document]) -> list[float]:
        await asyncio.sleep(0)
        return [float(question in each.text) for each in documents]

    context = ai.context(one, several, rank=rank)
    assert asyncio.run(context.acollect("three")).documents[0].text == "three"


def test_asynchronous_callables_fail_by_name() -> None:
    async def broken() -> str:
        raise ValueError("private")

    async def stops() -> AsyncIterator[str]:
        yield "text"
        raise KeyError("private")

    async def wrong() -> int:
        return 5

    async def read() -> list[object]:
        return [each async for each in ai.context(broken, stops, one).astream() if isinstance(each, Document | LeftOut)]

    found = asyncio.run(read())
    assert [(each.name, getattr(each, "message", "")) for each in found] == [  # type: ignore[attr-defined]
        ("broken", "it raised ValueError"), ("stops 1", ""), ("stops", "it raised KeyError"), ("one", ""),
    ]  # fmt: skip
    with pytest.raises(ai.ConfigError, match="wrong gave a value of type int"):
        asyncio.run(ai.context(wrong).acollect())


@pytest.mark.parametrize("source", [one, several])
def test_without_a_loop_asynchronous_callables_are_refused(source: object) -> None:
    with pytest.raises(ai.ConfigError, match="Use acollect or astream"):
        ai.context(source).collect()  # type: ignore[arg-type]


def test_the_reader_is_only_a_little_ahead() -> None:
    given: list[int] = []

    def numbers() -> Iterator[str]:
        for number in range(1_000):
            given.append(number)
            yield f"text {number}"

    async def read() -> int:
        async with ai.context(numbers).astream() as stream:
            async for each in stream:
                if isinstance(each, Document):
                    break
        return len(given)

    assert asyncio.run(read()) <= 12


def test_leaving_a_stream_ends_its_thread() -> None:
    closed, before = threading.Event(), threading.enumerate()

    async def endless() -> AsyncIterator[str]:
        try:
            for number in range(1_000_000):
                yield f"text {number}"
                await asyncio.sleep(0)
        finally:
            closed.set()

    async def read() -> None:
        async with ai.context(endless).astream() as stream:
            async for each in stream:
                if isinstance(each, Document):
                    break

    asyncio.run(read())
    assert closed.wait(GENEROUS)
    join_own_threads(before)


@pytest.mark.parametrize("way", ["astream", "acollect"])
def test_a_task_that_is_cancelled_waits_for_nobody(way: str) -> None:
    entered, release, begun, ended = (threading.Event() for _ in range(4))
    before = threading.enumerate()

    def stuck() -> str:
        entered.set()
        release.wait(GENEROUS)
        return "late"

    async def waiting() -> str:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return ""

    async def use(context: Context) -> None:
        if way == "acollect":
            await context.acollect()
        else:
            async with context.astream() as stream:
                async for _ in stream:
                    pass

    async def main() -> None:
        task = asyncio.create_task(use(ai.context(stuck)))
        await asyncio.to_thread(entered.wait, GENEROUS)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, GENEROUS)
        assert not release.is_set(), "the callable is still stuck"
        task = asyncio.create_task(use(ai.context(waiting)))
        await asyncio.to_thread(begun.wait, GENEROUS)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(task, GENEROUS)
        assert await asyncio.to_thread(ended.wait, GENEROUS)

    try:
        asyncio.run(main())
    finally:
        release.set()
    join_own_threads(before)
