"""The loggers of calls. Whether they are enabled is asked at the beginning of each call."""

from __future__ import annotations

import logging
from logging import DEBUG, INFO

calls = logging.getLogger("fluent_ai.calls")
"""Says at INFO how each call has ended, and at DEBUG that one has begun."""
attempts = logging.getLogger("fluent_ai.attempts")
"""Says at DEBUG what becomes of each request."""


def enabled() -> bool:
    """True if anything is logged of a call that begins now."""
    return calls.isEnabledFor(INFO) or attempts.isEnabledFor(DEBUG)
