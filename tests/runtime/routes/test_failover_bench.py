"""The 16 scenarios of the Failover Bench catalogue: rescued, with every check clean, and with text as it comes.

https://github.com/failoverbench/failoverbench, scenarios/catalogue.yaml, version 0.1; times are scaled down.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from bench_wall import ANSWER, RETRY_AFTER, Wall
from fluent_ai.registry import Registry
from fluent_ai.resilience.gate import Gates
from scripted_server import manifest_for
from shells import SHELLS, Shell

TIMEOUTS = ai.Timeouts(first_event=1.0, read=1.0, total=30.0)
FALLBACK = "ok"


@pytest.fixture
def wall() -> Iterator[Wall]:
    made = Wall()
    yield made
    made.close()


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, wall: Wall) -> Iterator[Shell]:
    registry = Registry()
    registry.define(f"acme:{FALLBACK}", kind="chat", prefill=True)
    made = Shell(
        request.param,
        manifests=[manifest_for(wall.server.url)],
        keys={"acme": "k"},
        registry=registry,
        timeout=TIMEOUTS,
    )
    yield made
    made.close()


def route(model: str, fallback: str = FALLBACK) -> ai.Route:
    return ai.Route(f"acme:{model}", f"acme:{fallback}", resume="continue")


def rescued(shell: Shell, model: str, fallback: str = FALLBACK) -> tuple[ai.Reply, list[Any]]:
    """The whole answer, which also came bit by bit."""
    stream = shell.client.stream(route(model, fallback), "Explain in sixty words.")
    events, error = shell.items(stream)
    assert error is None, f"not rescued: {error}"
    reply = stream.partial
    assert reply.text == ANSWER
    assert reply.finish_reason == "stop"
    assert len([event for event in events if isinstance(event, ai.TextDelta)]) > 30, "the text came in one piece"
    return reply, events


def test_s01_429_with_retry_after(shell: Shell, wall: Wall) -> None:
    rescued(shell, "429-retry-after")
    first, second = wall.attempts("429-retry-after")
    assert second - first >= 0.9 * RETRY_AFTER


def test_s02_429_without_retry_after(shell: Shell, wall: Wall) -> None:
    reply, _ = rescued(shell, "429-persistent")
    attempts = wall.attempts("429-persistent")
    assert len(attempts) <= 6
    assert len([at for at in attempts if at - attempts[0] < 3.0]) <= 4
    assert isinstance(reply.attempts[0].error, ai.RateLimited)


def test_s03_500_once(shell: Shell, wall: Wall) -> None:
    reply, _ = rescued(shell, "500-then-200")
    assert len(wall.attempts("500-then-200")) == 2
    assert reply.model == "500-then-200"


def test_s04_503_persistent(shell: Shell, wall: Wall) -> None:
    rescued(shell, "503-persistent")
    assert len(wall.attempts("503-persistent")) <= 6


def test_s05_reset_before_headers(shell: Shell, wall: Wall) -> None:
    rescued(shell, "reset")


def test_s06_no_response_at_all(shell: Shell, wall: Wall) -> None:
    """A silent provider is asked once: the next leg answers after one deadline, not after three."""
    reply, _ = rescued(shell, "no-response")
    assert len(wall.attempts("no-response")) == 1
    error = reply.attempts[0].error
    assert isinstance(error, ai.DeadlineExceeded)
    assert error.stage == "first_event"


def test_s07_slow_first_token(shell: Shell, wall: Wall) -> None:
    reply, _ = rescued(shell, "slow-ttft")
    assert isinstance(reply.attempts[0].error, ai.DeadlineExceeded)
    assert reply.model == FALLBACK


def test_s08_stream_cut(shell: Shell, wall: Wall) -> None:
    reply, events = rescued(shell, "stream-cut")
    (seam,) = [event for event in events if isinstance(event, ai.Seam)]
    assert (seam.kind, seam.to) == ("continue", f"acme:{FALLBACK}")
    assert isinstance(reply.attempts[0].error, ai.StreamInterrupted)


def test_s09_stream_stalls(shell: Shell, wall: Wall) -> None:
    rescued(shell, "stream-stall")
    assert shell.complete(f"acme:{FALLBACK}").text == ANSWER, "alive afterwards"


def test_s10_malformed_chunk(shell: Shell, wall: Wall) -> None:
    rescued(shell, "malformed-chunk")
    assert shell.complete(f"acme:{FALLBACK}").text == ANSWER, "alive afterwards"


def test_s11_no_done(shell: Shell, wall: Wall) -> None:
    reply, _ = rescued(shell, "no-done")
    assert reply.usage is not None
    assert reply.model == "no-done"


def test_s12_context_length(shell: Shell, wall: Wall) -> None:
    rescued(shell, "context-length")
    assert len(wall.attempts("context-length")) == 1


def test_s13_content_filter(shell: Shell, wall: Wall) -> None:
    _, error = shell.events(route("content-filter"))
    assert isinstance(error, ai.ContentFiltered)
    assert "safety system" in str(error)
    assert [len(wall.attempts(model)) for model in ("content-filter", FALLBACK)] == [1, 0]


def test_s14_fallback_rejects_prefill(shell: Shell, wall: Wall) -> None:
    """It is not asked for what it cannot do."""
    reply, events = rescued(shell, "stream-cut", "ok-noprefill")
    assert [event.kind for event in events if isinstance(event, ai.Seam)] == ["restart"]
    assert wall.refused_prefills == 0
    assert reply.model == "ok-noprefill"


def test_s14_even_where_the_facts_are_wrong(shell: Shell, wall: Wall) -> None:
    shell.client._core.registry.define("acme:ok-noprefill", kind="chat", prefill=True)
    rescued(shell, "stream-cut", "ok-noprefill")
    assert wall.refused_prefills == 1


def test_s15_primary_flaps(shell: Shell, wall: Wall) -> None:
    """Twenty requests, four seconds apart; the primary is down for the first minute."""
    now = 0.0
    core = shell.client._core
    core.terms = core.terms._replace(gates=Gates(ai.Breaker(), clock=lambda: now))
    core.terms = core.terms.with_own(None, 0)
    wall.down.set()
    answered: list[str | None] = []
    for number in range(20):
        now = 4.0 * number
        if now >= 60.0:
            wall.down.clear()
        answered.append(rescued(shell, "flap")[0].model)
    assert answered[:15] == [FALLBACK] * 15, "served during the outage"
    assert "flap" in answered[15:22], "back within thirty seconds of its recovery"
    assert answered[-1] == "flap"
    probes = len(wall.attempts("flap")) - answered.count("flap")
    assert probes <= 6, "five failures open the circuit"


def test_s16_accounting(shell: Shell, wall: Wall) -> None:
    reply, _ = rescued(shell, "503-persistent")
    assert (reply.model, reply.requested_model) == (FALLBACK, FALLBACK)
    assert reply.usage is not None
    assert reply.usage.output_tokens == 60
    assert [attempt.usage for attempt in reply.attempts] == [None, None]


def test_text_arrives_while_it_is_written(wall: Wall) -> None:
    """The first words of a route's answer are there long before its last."""
    client = ai.Client(manifests=[manifest_for(wall.server.url)], keys={"acme": "k"}, timeout=TIMEOUTS)
    began, first = time.monotonic(), None
    with client.stream(route("stream-stall"), "Explain.") as stream:
        for _ in stream.text():
            first = first or time.monotonic() - began
            break
    client.close()
    assert first is not None
    assert first < 1.0, "it was held back until the stall was noticed"
