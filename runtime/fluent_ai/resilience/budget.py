"""How often a client may try a provider again, over all of its calls: an outage must not multiply its traffic."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from fluent_ai.threads import new_lock

FLOOR = 10.0
"""The retries that each second earns in which a success came, and those that a client begins with."""
MOST = 100.0
"""The retries that can be saved up."""


class Budget:
    """The retries that all calls of a client may make at one provider, after the budgets of Finagle and gRPC (A6).

    A success earns a share of a retry, and ten retries for each second since the last success, as long as fewer than
    ten are left. Failures earn nothing, so that an outage costs what is left and no more, however long it lasts and
    however slowly the calls come. Safe to share between threads.

    >>> budget = Budget(0.2, clock=lambda: 0.0)
    >>> sum(budget.spend() for _ in range(50))
    10
    >>> for _ in range(5):
    ...     budget.earn()
    >>> budget.spend(), budget.spend()
    (True, False)
    """

    __slots__ = ("_begins_with", "_clock", "_each_second", "_earned_at", "_left", "_lock", "_most", "_share")

    def __init__(
        self,
        share: float,
        *,
        begins_with: float = FLOOR,
        each_second: float = FLOOR,
        most: float = MOST,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._share = share
        self._begins_with = begins_with
        self._each_second = each_second
        self._most = most
        self._clock = clock
        self._left = begins_with
        self._earned_at = clock()
        self._lock = new_lock()

    def earn(self) -> None:
        """A call succeeded."""
        if self._left >= self._most:
            return
        with self._lock:
            earned_at = max(self._clock(), self._earned_at)
            floor = min(self._begins_with, self._left + self._each_second * (earned_at - self._earned_at))
            self._left = min(self._most, max(floor, self._left) + self._share)
            self._earned_at = earned_at

    def spend(self) -> bool:
        """Whether there is a retry left, which is thereby used."""
        with self._lock:
            if self._left < 1.0:
                return False
            self._left -= 1.0
            return True


class Budgets:
    """The budgets of a client, one for each provider; none where `share` is None."""

    def __init__(self, share: float | None) -> None:
        self._share = share
        self._budgets: dict[str, Budget] = {}

    def of(self, provider: str) -> Budget | None:
        if self._share is None:
            return None
        known = self._budgets.get(provider)
        return self._budgets.setdefault(provider, Budget(self._share)) if known is None else known
