"""What circuits do, as metrics and the log see it."""

from __future__ import annotations

import logging
from typing import Any

import fluent_ai as ai
import pytest
from clocks import Clock
from fluent_ai.resilience.gate import Gates
from scripted_server import Server, reply, sse, stream, text_chunks
from watchers import Keeper

from .conftest import WHOLE


def failing(client: ai.Client, times: int) -> list[str]:
    kinds = []
    for _ in range(times):
        with pytest.raises(ai.FluentError) as caught:
            client.complete("acme:m", "hi")
        kinds.append(type(caught.value).__name__)
    return kinds


def test_trips_probes_and_recoveries(
    settings: dict[str, Any], server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    clock, keeper = Clock(100.0), Keeper()
    caplog.set_level(logging.DEBUG, "fluent_ai.attempts")
    with ai.Client(**settings, observe=[ai.Metrics(), keeper]) as client:
        core = client._core
        core.terms = core.terms._replace(gates=Gates(ai.Breaker(consecutive=3, wait=10.0), clock=clock))
        server.say(reply(503, {}))
        assert failing(client, 5) == ["Overloaded"] * 3 + ["CircuitOpen"] * 2
        total = client.metrics().total
        assert (total.trips, total.probes, total.recoveries, total.refused) == (1, 0, 0, 2)
        clock.now += 10.0
        assert failing(client, 2) == ["Overloaded", "CircuitOpen"]
        total = client.metrics().total
        assert (total.trips, total.probes, total.recoveries, total.refused) == (2, 1, 0, 3)
        clock.now += 10.0
        server.say(WHOLE)
        client.complete("acme:m", "hi")
        client.complete("acme:m", "hi")
        report = client.metrics()
    for counts in (report.total, report.series[0]):
        assert (counts.trips, counts.probes, counts.recoveries, counts.refused) == (2, 2, 1, 3)
    steps = [keeper.steps[call.id] for call in keeper.all()]
    assert steps[2] == ["started", "started", "tripped", "failed", "finished"]
    assert steps[5] == ["started", "started", "probing", "tripped", "failed", "finished"]
    assert steps[7] == ["started", "started", "probing", "answered", "recovered", "first item", "finished"]
    assert len(keeper.calls[7].failures) == 0
    said = [record.getMessage() for record in caplog.records if "circuit" in record.getMessage()]
    assert [text.split("attempt 1 ")[1].split(" after")[0] for text in said] == [
        "opened the circuit",
        "probes the circuit",
        "opened the circuit",
        "probes the circuit",
        "closed the circuit",
    ]


def test_a_stream_that_breaks_off_may_open_a_circuit(settings: dict[str, Any], server: Server) -> None:
    server.say(stream(sse(*text_chunks("Hel"), done=False)[:1], end=False))
    with ai.Client(**settings, observe=[ai.Metrics()], breaker=ai.Breaker(consecutive=1)) as client:
        assert failing(client, 2) == ["StreamInterrupted", "CircuitOpen"]
        assert client.metrics().total.trips == 1
