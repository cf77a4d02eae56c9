"""The ids that calls without one get in the tests, where they hold no chance (`tests/conftest.py`)."""

from __future__ import annotations

NO_CHANCE = "0" * 16


def own_id(part: int) -> str:
    """The id of the call that is the given part of a reply."""
    return f"call_fa{NO_CHANCE}_{part}"
