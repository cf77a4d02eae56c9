"""What a source cannot mean, because it contradicts the provider, or what is already known of the model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fluent_ai_codegen.merge.agreement import same

_WRITES_NO_TEXT = ("embedding", "rerank", "moderation")


def credible(fact: str, value: object, known: Mapping[str, object], own: Mapping[str, object]) -> bool:
    """Whether a source's claim can be true. `known` are the facts decided before it, `own` what the provider says."""
    if fact == "context_window":
        return _holds(value, own)
    if fact == "max_input_tokens":
        return not exceeds(value, own.get("context_window"))
    if fact == "max_output_tokens":  # of an embedding it is the length of the vector
        return known.get("kind") not in _WRITES_NO_TEXT and not exceeds(value, known.get("context_window"))
    if fact == "prices.cache_read":
        return not _above(value, known.get("prices.input"))
    if fact == "retires_on":
        released = known.get("released")
        return not (isinstance(value, date) and isinstance(released, date) and value <= released)
    return True


def exceeds(size: object, bound: object) -> bool:
    """Whether a number of tokens is larger than another, not only rounded differently."""
    return _above(size, bound) and not same("context_window", size, bound)


def _holds(window: object, own: Mapping[str, object]) -> bool:
    """Whether a context window holds the longest prompt and answer of the provider, and is no larger than both."""
    limits = [own.get("max_input_tokens"), own.get("max_output_tokens")]
    if any(exceeds(limit, window) for limit in limits):
        return False
    known = [limit for limit in limits if isinstance(limit, int)]
    return len(known) < len(limits) or not exceeds(window, sum(known))


def _above(one: object, other: object) -> bool:
    return isinstance(one, int | float) and isinstance(other, int | float) and one > other
