"""gRPC's timeline of hedged attempts, under a clock that the test moves: ours asks one leg more, and then no other."""

from __future__ import annotations

import asyncio
import json

import pytest
from hedge_stage import BEGIN, REST, Stage, settle
from recordings import REASON, recorded

SUITE = recorded("suites", "resilience", "grpc_retry_hedging.json")
pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)
MOST = 2
"""The legs that a call asks at once; gRPC's configuration allows four attempts."""


def test_the_timeline() -> None:
    hedging = json.loads(SUITE.read_text())["hedging"]

    async def play() -> list[tuple[int, int]]:
        stage = Stage(4, delay=hedging["config"]["hedgingDelay"])
        reading = asyncio.create_task(stage.stream.collect())
        await settle()
        found = []
        for at, _ in hedging["outstanding_at_ms"]:
            await stage.pass_to(at / 1000)
            found.append((at, stage.under_way))
        stage.legs[1].say(BEGIN + REST)
        stage.legs[1].say(None)
        await reading
        assert stage.under_way == 0, "the first answer cancels all others"
        return found

    assert asyncio.run(play()) == [(at, min(number, MOST)) for at, number in hedging["outstanding_at_ms"]]
