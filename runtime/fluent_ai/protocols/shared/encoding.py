"""Encoding with one kind of error: what cannot be written is a ConfigError that shows nothing of the data."""

from __future__ import annotations

import msgspec

from fluent_ai.errors import ConfigError


def to_json(value: object) -> bytes:
    """The value as JSON (RFC 8259). Raises ConfigError for other types, cycles and half characters."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        reason = "a text holds a lone surrogate, half of a character"
    except (TypeError, RecursionError, OverflowError) as error:
        reason = str(error)
    # Raised out here because the error above holds the text.
    raise ConfigError(f"the request cannot be written as JSON: {reason}")
