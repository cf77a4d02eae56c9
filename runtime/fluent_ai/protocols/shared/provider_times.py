"""What providers say of their own time: in the usage that they report, and in headers.

Sources: https://console.groq.com/docs/api-reference (usage), https://inference-docs.cerebras.ai (time_info),
https://docs.ollama.com/api/usage (durations), and for headers
https://platform.openai.com/docs/api-reference/debugging-requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import ProviderTimes

_SECONDS: Final = {
    "queue": "queue_time", "prompt": "prompt_time", "generation": "completion_time", "total": "total_time",
}  # fmt: skip
"""Groq's and Cerebras' names."""
_NANOSECONDS: Final = {
    "load": "load_duration", "prompt": "prompt_eval_duration", "generation": "eval_duration", "total": "total_duration",
}  # fmt: skip
"""Ollama's names."""
_PROCESSING: Final = "openai-processing-ms"
_LONGEST: Final = 1e6
"""Seconds; what is more is no time."""


def provider_times(raw: JsonObject | None, headers: Mapping[str, str]) -> ProviderTimes | None:
    """The times that a usage object and the headers of its answer tell; None if they tell none."""
    found: dict[str, float] = {}
    if raw is not None:
        inner = raw.get("time_info")
        _add(found, inner if isinstance(inner, dict) else raw, _SECONDS, 1.0)
        _add(found, raw, _NANOSECONDS, 1e-9)
    if "total" not in found and (stated := headers.get(_PROCESSING)) is not None and stated.isdecimal():
        _add(found, {"total": int(stated[:20])}, {"total": "total"}, 1e-3)
    return ProviderTimes(**found) if found else None


def _add(found: dict[str, float], said: JsonObject, names: Mapping[str, str], unit: float) -> None:
    for field, name in names.items():
        value = said.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value * unit <= _LONGEST:
            found[field] = value * unit
