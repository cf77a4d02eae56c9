"""How many units of each price a request used, derived from usage as its provider counts it.

| protocol | tokens read from and written to a cache | reasoning tokens |
|---|---|---|
| `anthropic_messages`, `bedrock_converse` | beside `input_tokens` | within `output_tokens` |
| `gemini` | within `input_tokens` | beside `output_tokens` |
| all others | within `input_tokens` | within `output_tokens`; beside where the total says so (xAI) |

Sources: the providers' API references, and recorded responses, whose totals show which rule applies.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from fluent_ai.content.reply import Usage
from fluent_ai.registry.usage_fields import services, unread

_CACHE_BESIDE = {"anthropic_messages", "bedrock_converse"}
_REASONING_BESIDE = ("gemini",)
_OF_PROMPT = {"input", "cache_read", "cache_write", "cache_write_1h", "audio_input", "audio_cache_read", "image_input"}
_SAME_MODEL = {"message", "compaction"}
"""Anthropic's iterations that the model of the request did; others, such as an advisor's, have prices of their own."""
_PROMPT_DETAILS = ("prompt_tokens_details", "input_tokens_details", "input_token_details")
_ANSWER_DETAILS = ("completion_tokens_details", "output_tokens_details")
"""Where servers that count as OpenAI say which kinds of tokens there are."""
_COHERE = {
    "input": "input_tokens", "output": "output_tokens", "image_input": "image_tokens", "per_request": "search_units",
}  # fmt: skip
"""Name of a price -> the units that Cohere bills for it."""
_HOSTED = {
    "web_search": "per_web_search",
    "web_search_call": "per_web_search",
    "code_interpreter_call": "per_code_session",
    "file_search_call": "per_file_search",
    "image_generation_call": "per_image",
}
"""Calls of a provider's own tools -> their price. Those that are billed by their tokens are not counted."""


class Bill(NamedTuple):
    """What is billed of one request."""

    units: dict[str, float]
    """Name of a price -> its units, each counted once. Units that the provider did not report are left out."""
    service: str = ""
    """How the request was served, as `PriceTier.service` names it; `""` means at list price."""
    doubts: tuple[str, ...] = ()
    """Why the total is unknown, whatever the prices."""
    place: str = ""
    """The region that was called, if the provider's prices depend on it; `""` means the one of the list price."""


def bill(usage: Usage, protocol: str) -> Bill:
    """What is billed of a request that its provider counts like this."""
    raw: Mapping[str, Any] = usage.raw if isinstance(usage.raw, dict) else {}
    served, doubts = services(raw)
    doubts += unread(raw, protocol)
    if protocol == "anthropic_messages":
        usage, raw, doubt = _all_iterations(usage, raw)
        doubts += doubt
    doubts += _other_modalities(raw)
    doubts += _other_tools(raw)
    place = raw.get("served_in")
    units = _billed_units(usage, raw, protocol)
    return Bill(units, "+".join(sorted(served)), tuple(doubts), place if isinstance(place, str) else "")


def billed_units(usage: Usage, protocol: str) -> dict[str, float]:
    """Name of a price -> its units, each counted once. Units that the provider did not report are left out."""
    return bill(usage, protocol).units


def prompt_size(units: Mapping[str, float]) -> float:
    """The tokens of the whole prompt, which determine the price tier."""
    return sum(count for name, count in units.items() if name in _OF_PROMPT)


def _billed_units(usage: Usage, raw: Mapping[str, Any], protocol: str) -> dict[str, float]:
    billed = raw.get("billed_units") if protocol.startswith("cohere") else None
    if isinstance(billed, dict):  # the model processes more tokens than are billed
        return {name: count for name, field in _COHERE.items() if (count := _whole(billed.get(field))) is not None}
    units: dict[str, float] = {**_prompt(usage, raw, protocol), **_answer(usage, raw, protocol)}
    units["per_web_search"] = _count(raw, "server_tool_use", "web_search_requests")
    hosted = raw.get("hosted_calls")
    for kind, count in hosted.items() if isinstance(hosted, dict) else ():
        if price := _HOSTED.get(kind):
            units[price] = units.get(price, 0) + (_whole(count) or 0)
    seconds = _number(raw.get("prompt_audio_seconds")) or (_number(raw.get("seconds")) if "input" not in units else 0)
    units["per_audio_minute"] = (seconds or 0) / 60
    return {name: count for name, count in units.items() if count or name in ("input", "output")}


def _all_iterations(usage: Usage, raw: Mapping[str, Any]) -> tuple[Usage, Mapping[str, Any], list[str]]:
    """Anthropic's top-level counts leave out what compacting the context took; its iterations hold everything.

    Source: https://platform.claude.com/docs/en/build-with-claude/compaction
    """
    listed = raw.get("iterations")
    if not isinstance(listed, list):
        return usage, raw, []
    rounds = [each for each in listed if isinstance(each, dict)]
    kinds = {str(each.get("type")) for each in rounds}
    if kinds <= {"message"}:
        return usage, raw, []
    if others := kinds - _SAME_MODEL:
        return usage, raw, [f"the usage holds iterations of kind {', '.join(sorted(others))[:60]}, billed differently"]
    total = Usage(
        input_tokens=sum(_count(each, "input_tokens") for each in rounds),
        output_tokens=sum(_count(each, "output_tokens") for each in rounds),
        cached_input_tokens=sum(_count(each, "cache_read_input_tokens") for each in rounds),
        cache_write_tokens=sum(_count(each, "cache_creation_input_tokens") for each in rounds),
    )
    hour = sum(map(_hour_at_anthropic, rounds))
    return total, {**raw, "cache_creation": {"ephemeral_1h_input_tokens": hour}}, []


def _prompt(usage: Usage, raw: Mapping[str, Any], protocol: str) -> dict[str, int]:
    read = _whole(usage.input_tokens)
    if read is None:
        return {}
    cached, written = _whole(usage.cached_input_tokens) or 0, _whole(usage.cache_write_tokens) or 0
    cached_audio = min(_modality(raw, "cacheTokensDetails", "AUDIO"), cached)
    audio, image = _media(raw, _PROMPT_DETAILS, "promptTokensDetails")
    audio = max(audio, cached_audio)
    # What is more than the prompt cannot be within it, whatever the protocol: some gateways count as Anthropic does.
    inside = 0 if protocol in _CACHE_BESIDE or cached + written > read else cached + written
    hour = min(_hour_at_anthropic(raw) + _hour_on_bedrock(raw), written) if written else 0
    # An image may have been read from the cache: what is left for the other prices is at most what was not.
    image = max(0, min(image, read - inside - (audio - cached_audio)))
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
    thought = _whole(usage.reasoning_tokens) or 0
    beside = thought > written or protocol.startswith(_REASONING_BESIDE) or _adds_up(usage, raw, thought)
    audio, image = _media(raw, _ANSWER_DETAILS, "candidatesTokensDetails")
    if protocol == "openai_images":  # what it writes are images, unless it says otherwise
        image = max(image, written - sum(_count(raw, place, "text_tokens") for place in _ANSWER_DETAILS))
    return {
        "output": max(0, written - (0 if beside else thought) - audio - image),
        "reasoning": thought,
        "audio_output": audio,
        "image_output": image,
    }


def _adds_up(usage: Usage, raw: Mapping[str, Any], thought: int) -> bool:
    """True if the provider's own total counts reasoning tokens in addition to output tokens."""
    if not thought:
        return False
    return raw.get("total_tokens") == (_whole(usage.input_tokens) or 0) + (_whole(usage.output_tokens) or 0) + thought


def _media(raw: Mapping[str, Any], places: tuple[str, ...], listed: str) -> tuple[int, int]:
    """The tokens of sound and of images: OpenAI's counts in these places, and those that Gemini lists."""
    audio, image = _modality(raw, listed, "AUDIO"), _modality(raw, listed, "IMAGE")
    for place in places:
        if isinstance(details := raw.get(place), dict):
            audio += _count(details, "audio_tokens")
            image += _count(details, "image_tokens")
    return audio, image


def _hour_at_anthropic(raw: Mapping[str, Any]) -> int:
    """The tokens that Anthropic wrote to a cache of one hour."""
    return _count(raw, "cache_creation", "ephemeral_1h_input_tokens")


def _hour_on_bedrock(raw: Mapping[str, Any]) -> int:
    """The tokens that Bedrock wrote to a cache of one hour."""
    listed = raw.get("cacheDetails")
    if not isinstance(listed, list):
        return 0
    return sum(_count(row, "inputTokens") for row in listed if isinstance(row, dict) and row.get("ttl") == "1h")


_GEMINI_MODALITIES = {"TEXT", "IMAGE", "AUDIO"}
_AS_TEXT = {"VIDEO", "DOCUMENT"}
"""In a prompt, at the price of text."""


def _other_modalities(raw: Mapping[str, Any]) -> list[str]:
    """Why the total is unknown: Gemini's counts for modalities that have no known price."""
    found = []
    for key in ("promptTokensDetails", "candidatesTokensDetails"):
        listed = raw.get(key)
        if not isinstance(listed, list):
            continue
        known = _GEMINI_MODALITIES | (_AS_TEXT if key.startswith("prompt") else set())
        for row in listed:
            kind = row.get("modality") if isinstance(row, dict) else None
            if isinstance(kind, str) and kind not in known and _count(row, "tokenCount"):
                found.append(f"the usage holds {kind[:40]} tokens, whose price is not known")
    return found


def _other_tools(raw: Mapping[str, Any]) -> list[str]:
    """Why the total is unknown: calls of a provider's tools that may have a price."""
    if not isinstance(hosted := raw.get("hosted_calls"), dict):
        return []
    return [
        f"the answer holds {_whole(count) or 0} of {kind[:40]}, whose price is not known"
        for kind, count in hosted.items()
        if kind not in _HOSTED and _whole(count)
    ]


def _modality(raw: Mapping[str, Any], key: str, modality: str) -> int:
    """Gemini's count for one modality."""
    listed = raw.get(key)
    if not isinstance(listed, list):
        return 0
    return sum(_count(row, "tokenCount") for row in listed if isinstance(row, dict) and row.get("modality") == modality)


def _count(found: Mapping[str, Any], *path: str) -> int:
    value: object = found
    for name in path:
        if not isinstance(value, dict):
            return 0
        value = value.get(name)
    return _whole(value) or 0


def _whole(value: object) -> int | None:
    if type(value) is int:
        return value if 0 <= value < 2**63 else None
    return math.ceil(value) if isinstance(value, float) and 0 <= value < 2**63 else None


def _number(value: object) -> float | None:
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if 0 <= value < 2**63 else None
