"""OpenAI's rows of log probabilities, the same in its two protocols."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fluent_ai.content.events import TokenLogprob


class _Row(Protocol):
    @property
    def token(self) -> str | None: ...
    @property
    def logprob(self) -> float | None: ...


class _TopRow(_Row, Protocol):
    @property
    def top_logprobs(self) -> Sequence[_Row] | None: ...


def token_logprobs(rows: Sequence[_TopRow] | None) -> tuple[TokenLogprob, ...] | None:
    """None when there are no rows."""
    if not rows:
        return None
    return tuple(
        TokenLogprob(
            row.token or "",
            row.logprob or 0.0,
            tuple((other.token or "", other.logprob or 0.0) for other in row.top_logprobs or ()),
        )
        for row in rows
    )
