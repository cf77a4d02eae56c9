"""What watching calls costs: nothing without observers, and microseconds with each kind of them.

    python benchmarks/observe.py [--rounds 7]

Microseconds of CPU. `off` is what an unwatched request pays for the questions whether anybody watches, beside what
it paid for logging alone. `ledger` books rows and does nothing else. The other rows are whole requests of a fake
transport, against the same ones unwatched.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
import timeit
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import fluent_ai as ai
from _acme import ROW, acme_transport
from fluent_ai.client.core import Core
from fluent_ai.http import phases
from fluent_ai.observe import log

REQUESTS = 300


def finished_call() -> ai.Call:
    """One as a ledger gets it."""
    usage = ai.Usage(input_tokens=7, output_tokens=5, cost=0.001)
    return ai.Call(
        id=os.urandom(8).hex(), verb="chat", provider="acme", model="m", route="openai_chat", ended="complete",
        started=time.time(), attempts=1, timing=ai.Timing(0.1, 0.2), result=ai.Reply(usage=usage),
    )  # fmt: skip


def row(rounds: int, together: int) -> float:
    """Booking a call, with so many waiting for each transaction."""
    best = float("inf")
    with tempfile.TemporaryDirectory() as folder:
        ledger = ai.Ledger(Path(folder) / "usage.db")
        for _ in range(rounds):
            calls = [finished_call() for _ in range(2000)]
            begun = time.process_time()
            for number, call in enumerate(calls, 1):
                ledger._retry_at = float("inf") if number % together else 0.0  # noqa: SLF001  # holds rows back
                ledger.finished(call)
            best = min(best, (time.process_time() - begun) / len(calls) * 1e6)
        ledger.flush()
        assert len(list(ledger.rows())) == 2000 * rounds
    return best


class Nothing(ai.Observer):
    """Wants all and does nothing."""

    def started(self, call: ai.Call) -> None:
        pass

    def attempted(self, call: ai.Call, attempt: ai.AttemptEvent) -> None:
        pass

    def first_item(self, call: ai.Call) -> None:
        pass

    def finished(self, call: ai.Call) -> None:
        pass


OFF = """
core._recipients or calls.isEnabledFor(20) or attempts.isEnabledFor(10)
delivery.hooks
delivery.measure is None
clock = current.get()
clock is not None
clock is not None
clock is not None
"""
"""All that an unwatched request does for those who might watch: it asks at its beginning, before and after it is sent,
and in each of its phases."""


def question(core: Core, rounds: int) -> float:
    """What that takes, less the question whether attempts are logged, which was there before."""
    delivery = core.delivery("acme", ROW.timeout_for("chat", ROW.chat[0]), None)
    names = {"core": core, "delivery": delivery, "current": phases.current}
    names |= {"calls": log.calls, "attempts": log.attempts}
    both = [
        min(timeit.repeat(code, globals=names, number=100_000, repeat=rounds)) / 0.1
        for code in (OFF, "attempts.isEnabledFor(10)")
    ]
    return both[0] - both[1]


def sdk() -> ai.Observer:
    """Spans and metrics that go to memory."""
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    tracers = TracerProvider()
    tracers.add_span_processor(BatchSpanProcessor(InMemorySpanExporter()))
    return ai.otel(tracer_provider=tracers, meter_provider=MeterProvider([InMemoryMetricReader()]))


def request(observers: Sequence[ai.Observer]) -> Callable[[], float]:
    """A round of requests; the CPU seconds of one, observers included."""
    transport = acme_transport()
    client = ai.Client(manifests=[ROW], transport=transport, observe=observers, validate=False)

    def work() -> float:
        begun = time.process_time()
        for _ in range(REQUESTS):
            client.complete("acme:m", "hi")
        for each in observers:
            each.flush()
        transport.requests.clear()
        return (time.process_time() - begun) / REQUESTS * 1e6

    return work


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=7)
    rounds = arguments.parse_args().rounds
    core = ai.Client(manifests=[ROW])._core  # noqa: SLF001
    kinds: dict[str, list[ai.Observer]] = {"unwatched": [], "an observer": [Nothing()], "three observers": []}
    kinds["three observers"] = [Nothing() for _ in range(3)]
    kinds["metrics"] = [ai.Metrics()]
    kinds["otel, no SDK"] = [ai.otel()]
    if find_spec("opentelemetry.sdk") is not None:
        kinds["otel, whole SDK"] = [sdk()]
    works = {name: request(observers) for name, observers in kinds.items()}
    for work in works.values():
        work()
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            best[name] = min(best[name], work())
    print(f"{'off':>18}: {question(core, rounds):6.2f} us")
    for together in (1, 10, 500):
        print(f"{f'ledger, {together} rows at once':>18}: {row(rounds, together):6.1f} us a row")
    for name, spent in best.items():
        print(f"{name:>18}: {spent:6.0f} us a request, {spent - best['unwatched']:+6.0f}")


if __name__ == "__main__":
    main()
