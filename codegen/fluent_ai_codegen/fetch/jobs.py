"""What one run of fetch is told, and what there is to fetch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from fluent_ai.http.messages import Timeouts
from fluent_ai.resilience.retry import RetryPolicy

from fluent_ai_codegen.fetch.report import Report, Status
from fluent_ai_codegen.fetch.web import Web


@dataclass(frozen=True)
class FetchOptions:
    """`base_url` asks BASE/<provider>/<path of the real API> instead of the providers.

    `observed` is the day of such a stand-in's answers where it is not today; `named` are asked even while the circuit
    breaker would leave them alone; `accept_shrink` may lose any number of models; `limit` is seconds per provider.
    """

    base_url: str | None = None
    observed: date | None = None
    hold: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    accept_shrink: frozenset[str] = frozenset()
    force: bool = False
    limit: float = 120.0
    timeouts: Timeouts = Timeouts(connect=10.0, first_byte=30.0, read=30.0)  # noqa: RUF009  # frozen
    policy: RetryPolicy = RetryPolicy(retries=3)  # noqa: RUF009  # frozen


class Job(Protocol):
    """One thing to fetch. `models` is how many the last good cache holds, `asked` the address that is being asked."""

    name: str
    models: int
    asked: str

    def idle(self, options: FetchOptions, now: datetime) -> Status | None:
        """Why there is nothing to ask for, if so."""
        ...

    async def run(self, web: Web, options: FetchOptions, now: datetime) -> Report:
        """Ask, and keep what came. Raises FluentError, or OSError where it cannot be written."""
        ...


def confirm(name: str) -> str:
    """What to do where a list has shrunk and is right all the same."""
    return f"run again with --accept-shrink {name}"
