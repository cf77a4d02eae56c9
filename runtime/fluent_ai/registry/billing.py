"""How many units of each price a request used, derived from usage as its provider counts it.

| protocol | tokens read from and written to a cache | reasoning tokens |
|---|---|---|
| `anthropic_messages`, `bedrock_converse` | beside `input_tokens` | within `output_tokens` |
| `gemini` | within `input_tokens` | beside `output_tokens` |
| all others | within `input_tokens` | within `output_tokens`; beside where the total says so (xAI) |

Sources: the providers' API references, and recorded responses, whose totals show which rule applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fluent_ai.content.reply import Usage

_CACHE_BESIDE = {"anthropic_messages", "bedrock_converse"}
_REASONING_BESIDE = {"gemini"}
_OF_PROMPT = {"input", "cache_read", "cache_write", "cache_write_1h", "audio_input", "audio_cache_read", "image_input"}


def billed_units(usage: Usage, protocol: str) -> dict[str, int]:
    """Name of a price -> its units, each counted once. Units that the provider did not report are left out."""
    raw = usage.raw or {}
    billed = raw.get("billed_units") if protocol == "cohere_v2" else None
    if isinstance(billed, dict):  # the model processes more tokens than are billed
        said = {"input": _whole(billed.get("input_tokens")), "output": _whole(billed.get("output_tokens"))}
        return {name: count for name, count in said.items() if count is not None}
    units = _prompt(usage, raw, protocol) | _answer(usage, raw, protocol)
    if searches := _count(raw, "server_tool_use", "web_search_requests"):
        units["per_web_search"] = searches
    return {name: count for name, count in units.items() if count or name in ("input", "output")}


def prompt_size(units: Mapping[str, int]) -> int:
    """The tokens of the whole prompt, which determine the price tier."""
    return sum(count for name, count in units.items() if name in _OF_PROMPT)


def _prompt(usage: Usage, raw: Mapping[str, Any], protocol: str) -> dict[str, int]:
    read = _whole(usage.input_tokens)
    if read is None:
        return {}
    cached, written = _whole(usage.cached_input_tokens) or 0, _whole(usage.cache_write_tokens) or 0
    cached_audio = min(_modality(raw, "cacheTokensDetails", "AUDIO"), cached)
    audio = max(_heard(raw), cached_audio)
    image = _modality(raw, "promptTokensDetails", "IMAGE")
    inside = 0 if protocol in _CACHE_BESIDE else cached + written
    hour = min(_count(raw, "cache_creation", "ephemeral_1h_input_tokens"), written)
    return {
        "input": max(0, read - inside - (audio - cached_audio) - image) + _count(raw, "toolUsePromptTokenCount"),
        "cache_read": cached - cached_audio,
        "cache_write": written - hour,
        "cache_write_1h": hour,
        "audio_input": audio - cached_audio,
        "audio_cache_read": cached_audio,
        "image_input": image,
    }


def _answer(usage: Usage, raw: Mapping[str, Any], protocol: str) -> dict[str, int]:
    written = _whole(usage.output_tokens)
    if written is None:
        return {}
    beside = protocol in _REASONING_BESIDE or _adds_up(usage, raw)
    thought = _whole(usage.reasoning_tokens) or 0
    thought = thought if beside else min(thought, written)
    spoken = _count(raw, "completion_tokens_details", "audio_tokens")
    audio = spoken + _modality(raw, "candidatesTokensDetails", "AUDIO")
    image = _modality(raw, "candidatesTokensDetails", "IMAGE")
    return {
        "output": max(0, written - (0 if beside else thought) - audio - image),
        "reasoning": thought,
        "audio_output": audio,
        "image_output": image,
    }


def _adds_up(usage: Usage, raw: Mapping[str, Any]) -> bool:
    """True if the provider's own total counts reasoning tokens in addition to output tokens."""
    plain = (usage.input_tokens or 0) + (usage.output_tokens or 0)
    return bool(usage.reasoning_tokens) and raw.get("total_tokens") == plain + (usage.reasoning_tokens or 0)


def _heard(raw: Mapping[str, Any]) -> int:
    """Audio tokens of the prompt, including cached ones."""
    details = ("prompt_tokens_details", "input_tokens_details")
    return sum(_count(raw, name, "audio_tokens") for name in details) + _modality(raw, "promptTokensDetails", "AUDIO")


def _modality(raw: Mapping[str, Any], key: str, modality: str) -> int:
    """Gemini's count for one modality."""
    listed = raw.get(key)
    rows: Iterable[object] = listed if isinstance(listed, list) else ()
    return sum(_count(row, "tokenCount") for row in rows if isinstance(row, dict) and row.get("modality") == modality)


def _count(found: Mapping[str, Any], *path: str) -> int:
    value: object = found
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return _whole(value) or 0


def _whole(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value < 2**63 else None
