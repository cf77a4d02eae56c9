"""Histograms of few buckets, which cost well under a microsecond a value."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.errors import ConfigError

LATENCY: Final = tuple(0.001 * 1.6**power for power in range(31))
"""Upper bounds in seconds of 31 buckets, from a millisecond to 22 minutes; the 32nd has none."""
THROUGHPUT: Final = tuple(25.0 * step for step in range(1, 16))
"""Upper bounds in tokens a second of 15 buckets; the 16th has none."""


class Histogram(JsonStruct, frozen=True):
    """How often values fell into each bucket."""

    bounds: tuple[float, ...]
    """The largest value of each bucket but the last, which has no bound."""
    counts: tuple[int, ...]
    """How many values each bucket holds."""
    smallest: float | None = None
    """The smallest value."""
    largest: float | None = None
    """The largest value."""

    @property
    def total(self) -> int:
        """How many values there are."""
        return sum(self.counts)

    def percentile(self, percent: float) -> float | None:
        """The value that `percent` of all do not exceed, by straight lines within buckets, to three digits.

        None if there are no values. Raises ConfigError for a percentage outside of 0 to 100.
        """
        if isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 <= percent <= 100:
            raise ConfigError(f"percent is {percent!r}; allowed: a number from 0 to 100")
        if self.smallest is None or self.largest is None:
            return None
        wanted = self.total * percent / 100
        sums = list(accumulate(self.counts))
        bucket = bisect_left(sums, max(wanted, 1e-9))
        low = self.smallest if bucket == 0 else max(self.smallest, self.bounds[bucket - 1])
        high = self.largest if bucket == len(self.bounds) else min(self.largest, self.bounds[bucket])
        before = sums[bucket] - self.counts[bucket]
        return float(f"{low + (high - low) * (wanted - before) / self.counts[bucket]:.3g}")


class HistogramCounts:
    """A histogram that still grows. Not safe for threads by itself."""

    __slots__ = ("_bounds", "_counts", "_largest", "_smallest")

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self._smallest: float | None = None
        self._largest: float | None = None

    def add(self, value: float) -> None:
        self._counts[bisect_left(self._bounds, value)] += 1
        if self._smallest is None or value < self._smallest:
            self._smallest = value
        if self._largest is None or value > self._largest:
            self._largest = value

    def take(self) -> Histogram:
        """What was counted so far."""
        return Histogram(tuple(self._bounds), tuple(self._counts), self._smallest, self._largest)
