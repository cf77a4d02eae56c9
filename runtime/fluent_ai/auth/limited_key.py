"""A key that is used no more than so much."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from fluent_ai.arguments import check_number
from fluent_ai.errors import BudgetExceeded, ConfigError, RateLimited
from fluent_ai.threads import new_lock

if TYPE_CHECKING:
    from fluent_ai.observe.ledger import Ledger
    from fluent_ai.observe.ledger_reports import Period

MINUTE: Final = 60.0
_log = logging.getLogger("fluent_ai.auth.limited_key")


class LimitedKey:
    """A key with limits of its own, given wherever a key is: `keys={"groq": ai.LimitedKey(...)}`.

    `key` is a text, or a function that returns one, such as a key of a `KeyStore`. The limits are looked at before each
    attempt: above `requests_per_minute`, which this process counts, or `tokens_per_minute` it raises RateLimited, which
    is waited for like a provider's own; above `budget`, in US dollars within the period `since`, BudgetExceeded. What
    calls used and cost is read from the `ledger`, which several processes may share, under the `name` of the key; calls
    that have not ended are not in it yet. A ledger that cannot be read limits nothing, and one warning says so. Raises
    ConfigError for limits that make no sense, and for those that need a ledger without one.

        >>> import fluent_ai as ai
        >>> ledger = ai.Ledger("usage.db")
        >>> key = ai.LimitedKey("gsk-an-example-0123456789", requests_per_minute=30, budget=5.0, ledger=ledger)
        >>> client = ai.Client(keys={"groq": key}, observe=[ledger])
    """

    def __init__(
        self,
        key: str | Callable[[], str],
        *,
        requests_per_minute: int | None = None,
        tokens_per_minute: int | None = None,
        budget: float | None = None,
        since: Period = "30d",
        ledger: Ledger | None = None,
        name: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not callable(key) and not (isinstance(key, str) and key):
            raise ConfigError("key is empty or of another type; allowed: a str, a function that returns one")
        for what, value in (("requests_per_minute", requests_per_minute), ("tokens_per_minute", tokens_per_minute)):
            if value is not None:
                check_number(what, value, int, 1, 1e9)
        if budget is not None:
            check_number("budget", budget, float, 0, 1e9)
        if ledger is None and (tokens_per_minute is not None or budget is not None):
            raise ConfigError("ledger is missing; tokens_per_minute and budget are counted in one")
        self.key_name: str = name or getattr(key, "key_name", None) or "limited key"
        """What the key is called, in ledgers too."""
        self._key = key
        self._requests = requests_per_minute
        self._tokens = tokens_per_minute
        self._budget = budget
        self._since = since
        self._ledger = ledger
        self._clock = clock
        self._lock = new_lock()
        self._sent: deque[float] = deque()
        self._warned = False

    def __repr__(self) -> str:
        return f"LimitedKey({self.key_name!r})"

    def __call__(self) -> str:
        """The key. Raises RateLimited and BudgetExceeded."""
        self._check_budget()
        self._check_tokens()
        self._take_turn()
        return self._key if isinstance(self._key, str) else self._key()

    def _take_turn(self) -> None:
        if self._requests is None:
            return
        with self._lock:
            now = self._clock()
            while self._sent and now - self._sent[0] >= MINUTE:
                self._sent.popleft()
            if len(self._sent) < self._requests:
                self._sent.append(now)
                return
            wait = self._sent[0] + MINUTE - now
        raise RateLimited(
            f"key {self.key_name}: {self._requests} requests were sent within a minute, its own limit", retry_after=wait
        )

    def _check_tokens(self) -> None:
        if self._tokens is not None and (found := self._used("1m")) is not None and found[0] >= self._tokens:
            raise RateLimited(
                f"key {self.key_name}: {found[0]} tokens were used within a minute; its own limit is {self._tokens}",
                retry_after=max(0.1, found[2] + MINUTE - time.time()),
            )

    def _check_budget(self) -> None:
        if self._budget is not None and (found := self._used(self._since)) is not None and found[1] >= self._budget:
            raise BudgetExceeded(
                f"key {self.key_name}: its budget is {self._budget:g} USD, and {found[1]:g} are spent",
                budget=self.key_name, limit=self._budget, spent=found[1], reserved=0.0,
            )  # fmt: skip

    def _used(self, since: Period) -> tuple[int, float, float] | None:
        """Tokens, US dollars, and when the first of these calls began; None if the ledger cannot be read."""
        assert self._ledger is not None  # noqa: S101  # the constructor has seen to it
        try:
            return self._ledger.used_by(self.key_name, since=since)
        except ConfigError as error:
            if not self._warned:
                self._warned = True
                _log.warning("the limits of key %s are not held: %s", self.key_name, error.message)
            return None
