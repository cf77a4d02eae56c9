"""`-o name=value`: options of a verb, common ones and the provider's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from fluent_ai.errors import ConfigError


def read_options(given: Sequence[str] | None) -> dict[str, Any]:
    """The options by name: JSON where it is some, else the text itself. Raises ConfigError for what has no `=`."""
    options: dict[str, Any] = {}
    for each in given or ():
        name, sign, value = each.partition("=")
        if not sign or not name.strip():
            raise ConfigError(f"-o {each!r:.80}; allowed: name=value, such as -o temperature=0.5")
        try:
            options[name.strip()] = msgspec.json.decode(value)
        except msgspec.DecodeError:
            options[name.strip()] = value
    return options
