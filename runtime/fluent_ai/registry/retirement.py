"""Whether a model is available on a day, and the warnings about models that are retired or soon will be."""

from __future__ import annotations

import sys
import warnings
from datetime import date, timedelta

from fluent_ai.registry.facts import ModelInfo

SOON = timedelta(days=90)
"""How long before a model's retirement warnings start."""


class ModelRetiring(DeprecationWarning):
    """The model is deprecated, or its provider will switch it off within 90 days."""


class ModelRetired(ModelRetiring):
    """The provider has switched the model off, or its announced date has passed."""


def ending(model: ModelInfo, on: date) -> tuple[type[ModelRetiring], str] | None:
    """The warning about the model's end on that day, with its category; None if there is none."""
    end = model.retires_on
    category: type[ModelRetiring] = ModelRetiring
    if end is not None and end <= on:
        category, fact, news = ModelRetired, "retires_on", f"was to be retired on {end}"
    elif end is not None and end - on <= SOON:
        fact, news = "retires_on", f"will be retired on {end}"
    elif model.deprecated_on is not None and model.deprecated_on <= on:
        fact, news = "deprecated_on", f"is deprecated since {model.deprecated_on}"
    else:
        return None
    source = model.source(fact)
    by = f", says {source.who} ({source.date})" if source else ""
    successor = f" Its successor is {model.successor}." if model.successor else ""
    return category, f"{model.full_name} {news}{by}.{successor}"


_warned: set[tuple[str, type[ModelRetiring]]] = set()


def warn_once(model: ModelInfo, category: type[ModelRetiring], message: str) -> None:
    """Warn through Python's `warnings`, once per model and process, at the caller's line."""
    key = (model.full_name, category)
    if key not in _warned:
        _warned.add(key)
        warnings.warn(message, category, stacklevel=_outside())


def available(model: ModelInfo, on: date) -> bool:
    """True unless the model is known to be unavailable on that day."""
    return model.status(on) in ("active", "deprecated")


def _outside() -> int:
    """The stack level of the first caller outside this package."""
    level, frame = 1, sys._getframe(1)  # noqa: SLF001  # as `warnings` itself does
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0].startswith("fluent_ai"):
        level, frame = level + 1, frame.f_back
    return level
