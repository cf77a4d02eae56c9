"""The engine's own chat options, beside those that all providers share."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Final, TypeGuard

from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError

from fluent_ai_local.text.tool_formats import FORMATS

BREAKERS: Final = ("\n", ":", '"', "*")
"""What no repetition reaches beyond, unless `dry_breakers` says otherwise."""
_ABOVE_0: Final = math.ulp(0.0)
_RANGES: Final = {
    "min_p": (0.0, 1.0, "0 to 1"),
    "typical_p": (_ABOVE_0, 1.0, "above 0, to 1"),
    "top_n_sigma": (_ABOVE_0, math.inf, "above 0"),
    "repetition_penalty": (_ABOVE_0, math.inf, "above 0; 1 is none"),
    "frequency_penalty": (-math.inf, math.inf, "any number; 0 is none"),
    "presence_penalty": (-math.inf, math.inf, "any number; 0 is none"),
    "dry_multiplier": (0.0, math.inf, "at least 0; 0 is off"),
    "dry_base": (1.0, math.inf, "at least 1"),
    "dynatemp_range": (0.0, math.inf, "at least 0; 0 is off"),
    "dynatemp_exponent": (_ABOVE_0, math.inf, "above 0"),
    "xtc_probability": (0.0, 1.0, "0 to 1; 0 is off"),
    "xtc_threshold": (0.0, 0.5, "0 to 0.5"),
    "mirostat_tau": (_ABOVE_0, math.inf, "above 0, in bits"),
    "mirostat_eta": (0.0, 1.0, "0 to 1"),
}
"""Lowest and highest value that each number may have, and how to say so."""
_OTHERS: Final = (
    "precision", "template", "tool_format", "regex", "grammar", "mirostat", "dry_allowed_length", "dry_breakers",
    "logit_bias",
)  # fmt: skip
_WITHOUT: Final = {
    "dry_base": "dry_multiplier",
    "dry_allowed_length": "dry_multiplier",
    "dry_breakers": "dry_multiplier",
    "dynatemp_exponent": "dynatemp_range",
    "xtc_threshold": "xtc_probability",
    "mirostat_tau": "mirostat",
    "mirostat_eta": "mirostat",
}
"""Options that mean nothing without another one."""
_TRUNCATION: Final = ("top_k", "top_p", "min_p", "typical_p", "top_n_sigma", "xtc_probability")


def check_options(request: ChatRequest) -> None:
    """Raises ConfigError for an option that the engine does not have, a value that it cannot have, or options that
    exclude each other.
    """
    for name, value in request.options.items():
        if allowed := _allowed(name, value):
            raise ConfigError(f"{name} = {value!r}; allowed: {allowed}", provider="local")
    _check_together(request)


def _allowed(name: str, value: object) -> str | None:
    """What is allowed, if `value` is not."""
    if name in _RANGES:
        low, high, allowed = _RANGES[name]
        return None if _is_number(value) and low <= value <= high else allowed
    match name:
        case "precision":
            return None if value in ("exact", "fast") else "'exact', 'fast'"
        case "template":
            return None if isinstance(value, str) else "a jinja2 template, or '' for none"
        case "tool_format":
            return None if value in FORMATS else ", ".join(map(repr, FORMATS))
        case "regex" | "grammar":
            return None if isinstance(value, str) else "a text"
        case "mirostat":
            return None if value in (0, 1, 2) and not isinstance(value, bool) else "0 (off), 1, 2"
        case "dry_allowed_length":
            return None if isinstance(value, int) and value >= 1 and value is not True else "a whole number from 1 on"
        case "dry_breakers":
            texts = (
                isinstance(value, Collection)
                and not isinstance(value, str)
                and all(isinstance(text, str) and text for text in value)
            )
            return None if texts else "a list of texts"
        case "logit_bias":
            return None if _is_bias(value) else "a dict of token ids and numbers"
    known = ", ".join(sorted({*_OTHERS, *_RANGES}))
    raise ConfigError(f"options holds {name}; allowed: {known}", provider="local")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_bias(value: object) -> bool:
    """Ids may be strings of digits, as JSON has keys."""
    return isinstance(value, Mapping) and all(
        ((isinstance(token, int) and not isinstance(token, bool) and token >= 0)
         or (isinstance(token, str) and token.isascii() and token.isdigit())) and _is_number(amount)
        for token, amount in value.items()
    )  # fmt: skip


def _check_together(request: ChatRequest) -> None:
    options = request.options
    for name, other in _WITHOUT.items():
        if name in options and not options.get(other):
            raise ConfigError(f"{name} is given without {other}, and means nothing then", provider="local")
    if mirostat := options.get("mirostat"):
        given = {"top_k": request.top_k, "top_p": request.top_p, **options}
        for name in _TRUNCATION:
            if given.get(name) is not None:
                raise ConfigError(
                    f"mirostat = {mirostat} and {name} = {given[name]!r} are given; mirostat decides itself how many "
                    "tokens are left",
                    provider="local",
                )
    if request.temperature == 0:
        for name in ("mirostat", "dynatemp_range", "xtc_probability"):
            if options.get(name):
                raise ConfigError(
                    f"{name} = {options[name]!r} and temperature = 0 are given; 0 is greedy", provider="local"
                )
