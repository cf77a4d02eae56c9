"""What is counted in this process."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from fluent_ai.observe.histograms import LATENCY, THROUGHPUT, Histogram, HistogramCounts
from fluent_ai.observe.metrics import WINDOWS
from fluent_ai.observe.stages import Stages
from hypothesis import given
from hypothesis import strategies as st
from scripted_server import Server, manifest_for, reply, sse, stream, text_chunks
from together import together
from transports import KINDS, Caller
from watchers import Keeper

from .conftest import WHOLE


@pytest.fixture
def client(settings: dict[str, Any]) -> Iterator[ai.Client]:
    with ai.Client(**settings, observe=[ai.Metrics()]) as made:
        yield made


def test_calls_are_counted_by_provider_model_and_verb(client: ai.Client, server: Server) -> None:
    client.complete("acme:one", "hi")
    client.complete("acme:two", "hi")
    with client.stream("acme:two", "hi") as left:
        next(left)
        report = client.metrics()
        assert (report.total.in_flight, report.total.peak_in_flight) == (1, 1)
    server.say(reply(400, {}))
    with pytest.raises(ai.InvalidRequest):
        client.complete("acme:two", "hi")
    with pytest.raises(ai.InvalidRequest):
        client.models("acme")
    report = client.metrics()
    assert [(each.model, each.verb, each.total) for each in report.series] == [
        (None, "models", 1),
        ("one", "chat", 1),
        ("two", "chat", 3),
    ]
    two = report.series[2]
    assert (two.succeeded, two.failed, two.left, two.in_flight, two.peak_in_flight) == (1, 1, 1, 0, 1)
    total = report.total
    assert (total.total, total.succeeded, total.failed, total.left) == (5, 2, 2, 1)
    assert (total.input_tokens, total.output_tokens) == (14, 4)
    assert total.latency.total == total.throughput.total == 2
    assert total.received > 0
    assert total.to_dict() == type(total).from_json(total.to_json()).to_dict()


def test_retries_timeouts_and_parse_errors(settings: dict[str, Any], server: Server) -> None:
    busy = reply(503, {}, headers={"retry-after": "0"})
    server.say(busy, WHOLE, stream([b"data: {oops\n\n"]), stream([60.0]))
    with ai.Client(**settings | {"retries": 1}, observe=[ai.Metrics()]) as client:
        client.complete("acme:m", "hi")
    with ai.Client(**settings, observe=[ai.Metrics()], timeout=0.2) as hasty:
        with pytest.raises(ai.ProtocolError):
            hasty.complete("acme:m", "hi")
        with pytest.raises(ai.DeadlineExceeded):
            hasty.complete("acme:m", "hi")
    assert client.metrics().total.retries == 1
    total = hasty.metrics().total
    assert (total.timeouts, total.parse_errors, total.failed) == (1, 1, 2)


def test_many_threads_lose_no_count(client: ai.Client) -> None:
    called = itertools.count()

    def work() -> None:
        for _ in range(10):
            client.complete("acme:m", "hi")
            next(called)

    together(*[work] * 8)
    total, calls = client.metrics().total, next(called)
    assert calls >= 80
    assert (total.total, total.succeeded, total.in_flight, total.latency.total) == (calls, calls, 0, calls)
    assert 1 <= total.peak_in_flight <= 8


def test_a_client_without_metrics_says_how_to_have_them() -> None:
    with pytest.raises(ai.ConfigError, match=r"observe=\[ai.Metrics\(\)\]"):
        ai.Client().metrics()
    with pytest.raises(ai.ConfigError, match="window is 0"):
        ai.Metrics(window=0)


@given(st.lists(st.floats(1e-4, 1300), min_size=1, max_size=200), st.floats(0, 100))
def test_percentiles_stay_within_their_bucket(values: list[float], percent: float) -> None:
    counts = HistogramCounts(LATENCY)
    for value in values:
        counts.add(value)
    histogram = counts.take()
    assert (len(histogram.counts), histogram.total) == (32, len(values))
    found = histogram.percentile(percent)
    assert found is not None
    exact = sorted(values)[max(0, -(-len(values) * percent // 100).__int__() - 1)]
    assert float(f"{min(values):.3g}") <= found <= float(f"{max(values):.3g}")
    assert exact / 1.62 - 1e-3 <= found <= exact * 1.62 + 1e-3


def test_histograms_have_the_buckets_that_they_promise() -> None:
    assert (len(LATENCY) + 1, len(THROUGHPUT) + 1) == (32, 16)
    ratios = {round(later / one, 9) for one, later in itertools.pairwise(LATENCY)}
    steps = {later - one for one, later in itertools.pairwise(THROUGHPUT)}
    assert (ratios, steps) == ({1.6}, {25.0})
    assert HistogramCounts(LATENCY).take().percentile(50) is None
    with pytest.raises(ai.ConfigError, match="percent is 101"):
        Histogram(bounds=(1.0,), counts=(1, 0)).percentile(101)


def test_percentiles_have_three_digits() -> None:
    counts = HistogramCounts(LATENCY)
    for number in range(1, 1001):
        counts.add(number / 1000)
    histogram = counts.take()
    for percent, exact in ((50, 0.5), (90, 0.9), (99, 0.99), (99.9, 0.999)):
        found = histogram.percentile(percent)
        assert found == pytest.approx(exact, abs=0.03)
        assert found == float(f"{found:.3g}")


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_stages_add_up(settings: dict[str, Any], server: Server, kind: str) -> None:
    pieces = sse(*text_chunks(*"abc"))
    server.say(stream([0.05, pieces[0], 0.1, *pieces[1:]]))
    keeper, caller = Keeper(), Caller(kind)
    conversation = caller.client(manifest_for(server.url), observe=[keeper])
    for _ in range(2):
        conversation.collect(conversation.stream())
    first, second = (call.stages for call in keeper.all())
    assert first.connect > 0
    assert second.connect < first.first_event
    for call in keeper.calls:
        spent = call.stages
        assert spent.first_event >= 0.045
        assert spent.read >= 0.09
        assert spent.received > 100
        assert call.timing is not None
        assert sum(spent.seconds()) == pytest.approx(call.timing.total, abs=0.1)
    conversation.close()
    caller.close()


def test_the_slowest_stage_is_found() -> None:
    metrics = ai.Metrics()
    assert metrics.report().slow_stage is None
    for stages in (Stages(first_event=1.0, read=3.0), Stages(consumer=12.0)):
        call = ai.Call(id="1", verb="chat", provider="acme", stages=stages, ended="complete")
        metrics.started(call)
        metrics.finished(call)
    slow = metrics.report().slow_stage
    assert slow is not None
    assert (slow.stage, slow.share, slow.seconds) == ("consumer", 0.75, 6.0)


def test_old_windows_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    from fluent_ai.observe import metrics as module

    now = [1000.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    metrics = ai.Metrics(window=1.0)
    for _ in range(WINDOWS + 10):
        now[0] += 1
        call = ai.Call(id="1", verb="chat", provider="acme", stages=Stages(pool=1.0), ended="complete")
        metrics.started(call)
        metrics.finished(call)
    assert len(metrics._windows) == WINDOWS
    now[0] += WINDOWS
    assert metrics.report().slow_stage is None


def test_a_slow_reader_is_the_consumer(settings: dict[str, Any], keeper: Keeper) -> None:
    async def main() -> None:
        async with ai.AsyncClient(**settings, observe=[keeper]) as client:
            async for _ in client.stream("acme:m", "hi"):
                await asyncio.sleep(0.03)

    asyncio.run(main())
    assert keeper.last.stages.consumer > 0.02
