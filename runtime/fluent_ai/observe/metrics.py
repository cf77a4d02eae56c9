"""Counters and histograms of calls, kept in this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from time import monotonic
from typing import ClassVar, Final

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import CircuitOpen, ConfigError, DeadlineExceeded, ProtocolError
from fluent_ai.observe.call import Call
from fluent_ai.observe.histograms import LATENCY, THROUGHPUT, Histogram, HistogramCounts
from fluent_ai.observe.hooks import AttemptEvent
from fluent_ai.observe.observer import Observer
from fluent_ai.observe.stages import STAGES, Stage
from fluent_ai.threads import new_lock

_CIRCUIT: Final[dict[str, str]] = {"probing": "probes", "tripped": "trips", "recovered": "recoveries"}
WINDOWS: Final = 64
"""How many windows of time the slowest stage is looked for in."""


class SlowStage(JsonStruct, frozen=True):
    """The stage that holds calls up most."""

    stage: Stage
    """`pool`, `connect`, `first event`, `read`, `parse` or `consumer`."""
    share: float
    """Its part of the time of all calls, from 0 to 1."""
    seconds: float
    """What it took of a call on average."""


class Series(JsonStruct, frozen=True, kw_only=True):
    """The calls of one provider, model and verb; in the sum over all, these are None."""

    provider: str | None
    """The id of the provider."""
    model: str | None
    """The id of the model; None for lists and checks."""
    verb: str | None
    """The verb, as in `Call.verb`."""
    total: int = 0
    """Calls that have begun."""
    succeeded: int = 0
    """Calls whose whole answer came."""
    failed: int = 0
    """Calls that an error ended."""
    left: int = 0
    """Calls that were cancelled, closed or dropped."""
    in_flight: int = 0
    """Calls that have not ended."""
    peak_in_flight: int = 0
    """The most calls that were under way at once."""
    received: int = 0
    """Bytes of answers."""
    seconds: float = 0.0
    """The time of all ended calls together."""
    retries: int = 0
    """Attempts that repeated a failed one."""
    timeouts: int = 0
    """Attempts and streams that ran out of time."""
    parse_errors: int = 0
    """Answers that violated their protocol."""
    refused: int = 0
    """Calls that an open circuit refused, among those that failed."""
    trips: int = 0
    """How often a circuit has opened, also again because a probe had failed."""
    probes: int = 0
    """Attempts that were let through to decide whether a circuit closes."""
    recoveries: int = 0
    """How often a circuit has closed again."""
    input_tokens: int = 0
    """Tokens of prompts, as far as they were stated."""
    output_tokens: int = 0
    """Tokens of answers, as far as they were stated."""
    latency: Histogram
    """Seconds of whole answers: 32 buckets whose bounds grow by the factor 1.6."""
    throughput: Histogram
    """Output tokens a second of whole answers, from their first event on: 16 buckets of 25."""


class MetricsReport(JsonStruct, frozen=True):
    """What was counted until now."""

    total: Series
    """All calls."""
    series: tuple[Series, ...]
    """The calls of each provider, model and verb, in this order."""
    slow_stage: SlowStage | None
    """What has held calls up most of late; None if none has ended."""


class _Counts:
    """A series that still grows."""

    def __init__(self, provider: str | None = None, model: str | None = None, verb: str | None = None) -> None:
        self.name = provider, model, verb
        self.numbers: dict[str, int] = dict.fromkeys(
            (
                "total", "succeeded", "failed", "left", "in_flight", "peak_in_flight", "received", "retries",
                "timeouts", "parse_errors", "refused", "trips", "probes", "recoveries", "input_tokens", "output_tokens",
            ),
            0,
        )  # fmt: skip
        self.seconds = 0.0
        self.latency = HistogramCounts(LATENCY)
        self.throughput = HistogramCounts(THROUGHPUT)

    def begin(self) -> None:
        numbers = self.numbers
        numbers["total"] += 1
        numbers["in_flight"] += 1
        numbers["peak_in_flight"] = max(numbers["peak_in_flight"], numbers["in_flight"])

    def end(self, call: Call) -> None:
        numbers, usage, timing, error = self.numbers, call.usage, call.timing, call.error
        numbers["in_flight"] -= 1
        numbers["succeeded" if call.ended == "complete" else "failed" if call.ended == "failed" else "left"] += 1
        numbers["received"] += call.stages.received
        numbers["retries"] += call.retries
        numbers["timeouts"] += isinstance(error, DeadlineExceeded)
        numbers["parse_errors"] += isinstance(error, ProtocolError)
        numbers["refused"] += isinstance(error, CircuitOpen)
        written = 0
        if usage is not None:
            written = usage.output_tokens or 0
            numbers["input_tokens"] += usage.input_tokens or 0
            numbers["output_tokens"] += written
        if timing is None or timing.total is None:
            return
        self.seconds += timing.total
        if call.ended == "complete":
            self.latency.add(timing.total)
            generating = timing.total - (timing.first_event or 0.0)
            if written and generating > 0:
                self.throughput.add(written / generating)

    def take(self) -> Series:
        provider, model, verb = self.name
        return Series(
            provider=provider,
            model=model,
            verb=verb,
            **self.numbers,
            seconds=self.seconds,
            latency=self.latency.take(),
            throughput=self.throughput.take(),
        )


class Metrics(Observer):
    """Counts calls. `client.metrics()` says what its observer of this kind has counted; so does `report()`.

    `window` is the length in seconds of one of the 64 windows that the slowest stage is looked for in. Raises
    ConfigError for one that is not above 0.

        >>> import fluent_ai as ai
        >>> client = ai.Client(observe=[ai.Metrics()])
        >>> client.metrics().total.failed
        0
    """

    _at_once: ClassVar[bool] = True

    def __init__(self, window: float = 10.0) -> None:
        if isinstance(window, bool) or not isinstance(window, int | float) or not 0 < window < float("inf"):
            raise ConfigError(f"window is {window!r}; allowed: seconds above 0")
        self._window = window
        self._lock = new_lock()
        self._all = _Counts()
        self._series: dict[tuple[str, str | None, str], _Counts] = {}
        self._windows: deque[tuple[int, list[float], list[int]]] = deque(maxlen=WINDOWS)

    def report(self) -> MetricsReport:
        """What was counted until now."""
        with self._lock:
            names = sorted(self._series, key=lambda name: (name[0], name[1] or "", name[2]))
            series = [self._series[name] for name in names]
            return MetricsReport(self._all.take(), tuple(each.take() for each in series), self._slow_stage())

    def started(self, call: Call) -> None:
        with self._lock:
            for each in self._of(call):
                each.begin()

    def attempted(self, call: Call, attempt: AttemptEvent) -> None:
        name = _CIRCUIT.get(attempt.stage)
        if attempt.retry_in is not None and isinstance(attempt.error, DeadlineExceeded | ProtocolError):
            name = "timeouts" if isinstance(attempt.error, DeadlineExceeded) else "parse_errors"
        if name is not None:
            with self._lock:
                for each in self._of(call):
                    each.numbers[name] += 1

    def finished(self, call: Call) -> None:
        with self._lock:
            for each in self._of(call):
                each.end(call)
            number = int(monotonic() / self._window)
            if not self._windows or self._windows[-1][0] != number:
                self._windows.append((number, [0.0] * len(STAGES), [0]))
            _, seconds, calls = self._windows[-1]
            calls[0] += 1
            for index, spent in enumerate(call.stages.seconds()):
                seconds[index] += spent

    def _of(self, call: Call) -> Iterator[_Counts]:
        name = call.provider, call.model, call.verb
        yield self._all
        if name not in self._series:
            self._series[name] = _Counts(*name)
        yield self._series[name]

    def _slow_stage(self) -> SlowStage | None:
        oldest = int(monotonic() / self._window) - WINDOWS
        windows = [(seconds, calls[0]) for number, seconds, calls in self._windows if number > oldest]
        sums = [sum(column) for column in zip(*(seconds for seconds, _ in windows), strict=True)]
        if not sums or not sum(sums):
            return None
        slowest = max(range(len(sums)), key=sums.__getitem__)
        calls = sum(number for _, number in windows)
        return SlowStage(STAGES[slowest], sums[slowest] / sum(sums), sums[slowest] / calls)
