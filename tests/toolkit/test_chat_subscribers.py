"""Those who watch a chat that somebody else holds."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.testing import fake_provider

LIMIT = 30.0


def test_subscribers_see_every_turn_and_one_that_sleeps_misses_its_beginning(tmp_path: Path) -> None:
    seen: list[list[object]] = [[] for _ in range(50)]
    with fake_provider("Hello, you!", "Still here."), ai.Chat(ai.Client(), "fake:any", store=tmp_path / "c.db") as chat:
        asleep = chat.subscribe(limit=2)
        streams = [chat.subscribe() for _ in seen]
        threads = [
            threading.Thread(target=into.extend, args=(stream,)) for into, stream in zip(seen, streams, strict=True)
        ]
        for thread in threads:
            thread.start()
        events: list[object] = [*chat.say("Hi"), *chat.say("And now?")]
    for thread in threads:
        thread.join(LIMIT)
    assert seen == [events] * 50
    assert asleep.collect() == [ai.Dropped(len(events) - 2), *events[-2:]]


def test_a_fork_has_subscribers_and_options_of_its_own() -> None:
    with fake_provider("One.", "Two."):
        chat = ai.Chat(ai.Client(), "fake:any")
        fork = chat.fork()
        fork.options["system"] = "Be brief."
        watched = chat.subscribe()
        fork.say("Hi").collect()
        assert watched.try_next() is ai.EMPTY
        assert "system" not in chat.options
        chat.say("Hi").collect()
        assert isinstance(watched.try_next(), ai.StreamStart)


async def _watched() -> None:
    async with ai.AsyncClient() as client:
        chat = ai.AsyncChat(client, "fake:any")
        with pytest.raises(ai.ConfigError, match="when_full is 'block'"):
            chat.subscribe(when_full="block")
        async with chat.subscribe() as watched:
            await chat.say("Hi").collect()
            await chat.close()
            texts = [event.text async for event in watched if isinstance(event, ai.TextDelta)]
            assert "".join(texts) == "Hello!"


def test_tasks_watch_too() -> None:
    with fake_provider("Hello!"):
        asyncio.run(_watched())
