"""The engine's own chat options, beside those that all providers share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from fluent_ai.errors import ConfigError

_PRECISIONS: Final = ("exact", "fast")
_RANGES: Final = {
    "min_p": (0.0, 1.0, "0 to 1"),
    "typical_p": (math.ulp(0.0), 1.0, "above 0, to 1"),
    "top_n_sigma": (math.ulp(0.0), math.inf, "above 0"),
    "repetition_penalty": (math.ulp(0.0), math.inf, "above 0; 1 is none"),
    "frequency_penalty": (-math.inf, math.inf, "any number; 0 is none"),
    "presence_penalty": (-math.inf, math.inf, "any number; 0 is none"),
}
"""Lowest and highest value that each number may have, and how to say so."""


def check_options(options: Mapping[str, object]) -> None:
    """Raises ConfigError for an option that the engine does not have, or a value that it cannot have."""
    for name, value in options.items():
        if name == "precision":
            if value not in _PRECISIONS:
                raise ConfigError(f"precision = {value!r}; allowed: 'exact', 'fast'", provider="local")
        elif name in _RANGES:
            low, high, allowed = _RANGES[name]
            number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
            if not (number and low <= value <= high):  # type: ignore[operator]  # a number, as just seen
                raise ConfigError(f"{name} = {value!r}; allowed: {allowed}", provider="local")
        else:
            known = ", ".join(sorted({"precision", *_RANGES}))
            raise ConfigError(f"options holds {name}; allowed: {known}", provider="local")
