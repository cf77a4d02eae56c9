"""Logging through Python's `logging`: attempts are logged at DEBUG; keys, prompts and answers never are.

`logging.getLogger("fluent_ai").setLevel(logging.DEBUG)` turns it on for calls that start from then on.
"""

from __future__ import annotations

import logging

attempts = logging.getLogger("fluent_ai.resilience.attempts")


def enabled() -> bool:
    """True if anything is logged."""
    return attempts.isEnabledFor(logging.DEBUG)
