"""Reading counts out of a provider's usage object, which may lack, null or retype any of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fluent_ai.content.events import UsageUpdate
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import Usage

_TICKS = 1e10
"""Of a dollar (docs.x.ai/developers/cost-tracking)."""
_MOST = 1e15
"""What is more is no price, of whatever unit."""


def count(found: JsonObject, *path: str) -> int | None:
    """The whole number at `path`, or None."""
    value: Any = found
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return None if value is None else whole(value)


def whole(value: object) -> int | None:
    """The value as a count, or None if it is none."""
    if type(value) is not int:
        if not isinstance(value, float) or not value.is_integer():
            return None
        value = int(value)
    return value if value >= 0 else None


_COUNTS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "input_tokens": (("prompt_tokens",), ("input_tokens",)),
    "output_tokens": (("completion_tokens",), ("output_tokens",)),
    "reasoning_tokens": (
        ("completion_tokens_details", "reasoning_tokens"),
        ("output_tokens_details", "reasoning_tokens"),
        ("reasoning_tokens",),  # https://docs.perplexity.ai/api-reference
    ),
    "cached_input_tokens": (
        ("prompt_tokens_details", "cached_tokens"),
        ("input_tokens_details", "cached_tokens"),
        ("cached_tokens",),  # https://platform.moonshot.ai/docs/api/chat, https://docs.together.ai
        ("num_cached_tokens",),
        ("prompt_cache_hit_tokens",),  # https://api-docs.deepseek.com/guides/kv_cache
        ("cache_read_input_tokens",),  # https://docs.litellm.ai/docs/completion/prompt_caching
    ),
    "cache_write_tokens": (
        ("prompt_tokens_details", "cache_write_tokens"),
        ("input_tokens_details", "cache_write_tokens"),
        ("cache_creation_input_tokens",),  # https://docs.litellm.ai/docs/completion/prompt_caching
        ("prompt_tokens_details", "cache_creation_tokens"),
    ),
}
"""Count -> where servers give it."""
_PLACES: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
"""The same by what stands first, because an answer has few of these: name -> the counts that stand there, and where."""
for _field, _paths in _COUNTS.items():
    for _path in _paths:
        _PLACES.setdefault(_path[0], []).append((_field, _path))


def openai_usage(found: JsonObject) -> Usage:
    """The usage of chat completions and of Responses, by all names that servers give a count.

    Of several the largest holds: gateways translate a count, and leave a 0 at its other name.
    """
    counts: dict[str, int] = {}
    for name in found:
        for field, path in _PLACES.get(name, ()):
            if (number := count(found, *path)) is not None and number >= counts.get(field, 0):
                counts[field] = number
    return Usage(**counts, cost=stated_cost(found), raw=found)


def input_usage(found: object, *names: str) -> Iterator[UsageUpdate]:
    """What a request without generated text used: the first of the counts `names`, and the cost where it is told."""
    if not isinstance(found, dict):
        return
    counts = (count(found, *name.split(".")) for name in names or ("prompt_tokens", "input_tokens", "total_tokens"))
    tokens = next((number for number in counts if number is not None), None)
    yield UsageUpdate(Usage(input_tokens=tokens, cost=stated_cost(found), raw=found))


def stated_cost(found: JsonObject) -> float | None:
    """US dollars that the provider says the request cost: OpenRouter and Perplexity as `cost`, xAI in ticks.

    With a key of one's own at OpenRouter, `cost` is only its fee, and what the host charges stands beside it.
    """
    cost, unit, charged = found.get("cost"), 1.0, 0.0
    if isinstance(cost, dict):
        cost = cost.get("total_cost")
    elif found.get("is_byok") is True:
        details = found.get("cost_details")
        host = _money(details.get("upstream_inference_cost")) if isinstance(details, dict) else None
        if host is None:
            return None
        charged = host
    if cost is None:
        cost, unit = found.get("cost_in_usd_ticks") or None, _TICKS  # other hosts of its models, who bill, send 0
    stated = _money(cost)
    return None if stated is None else stated / unit + charged


def _money(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _MOST:
        return None
    return value


def with_extras(found: JsonObject, **said: object) -> JsonObject:
    """A usage object with what else the answer says that bears on price or time, by the names that it has there."""
    known = {name: value for name, value in said.items() if value}
    return {**found, **known} if known else found
