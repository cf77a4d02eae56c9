"""How long an answer took, from what a source knows."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fluent_ai.content.reply import Timing, Usage
from fluent_ai.protocols.shared.provider_times import provider_times

NO_HEADERS: Mapping[str, str] = {}


def timing_of(
    began: float | None,
    first: float | None,
    end: float | None,
    usage: Usage | None,
    headers: Mapping[str, str] = NO_HEADERS,
) -> Timing | None:
    """The timing of a request that began then, with its first and last item at these times of `perf_counter`.

    `usage` and `headers` are those of its answer, which may tell the provider's own times. None if it has not begun.
    """
    if began is None:
        return None
    told = provider_times(None if usage is None else usage.raw, headers)
    return Timing(
        None if first is None else first - began,
        None if end is None else end - began,
        provider=told,
    )


def timing_of_legs(began: float | None, first: float | None, end: float | None, known: Timing | None) -> Timing | None:
    """From the first leg of a route on; what is known more closely is of the leg that answers."""
    whole = timing_of(began, first, end, None)
    if whole is None or known is None:
        return whole
    return msgspec.structs.replace(whole, queue=known.queue, connect=known.connect, provider=known.provider)
