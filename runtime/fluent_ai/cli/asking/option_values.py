"""`-o name=value`: options of a verb, common ones and the provider's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from fluent_ai.errors import ConfigError


def read_options(given: Sequence[str] | None) -> dict[str, Any]:
    """The options by name: JSON where it is some, else the text itself. Raises ConfigError for what has no `=`."""
    pairs = read_pairs(given or (), "-o", "name=value, such as -o temperature=0.5")
    return {name: _value(text) for name, text in pairs.items()}


def read_pairs(given: Sequence[str], flag: str, allowed: str) -> dict[str, str]:
    """The texts by their names; of two for one name, the later one. Raises ConfigError for what has no `=`."""
    pairs = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign or not name.strip():
            raise ConfigError(f"{flag} {each!r:.80}; allowed: {allowed}")
        pairs[name.strip()] = value
    return pairs


def _value(text: str) -> Any:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text
