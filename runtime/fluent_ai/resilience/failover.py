"""Which failures another leg of a route may do better with, by the kind of the error."""

from __future__ import annotations

from typing import Literal

from fluent_ai.errors import (
    Cancelled,
    ConfigError,
    ContentFiltered,
    ContextTooLong,
    FluentError,
    InvalidJSON,
    InvalidRequest,
    OutputInvalid,
    ToolError,
)

Resume = Literal["never", "continue", "restart"]
"""What follows where a leg breaks off within its answer."""

_SAME_EVERYWHERE: tuple[type[FluentError], ...] = (
    Cancelled,  # nobody waits any more
    ConfigError,  # an argument is wrong
    ContentFiltered,  # the refusal stands: a route is no way around it
    InvalidRequest,  # what one provider finds malformed, the next would too
    InvalidJSON,
    OutputInvalid,
    ToolError,
)
_DIFFERENT_ELSEWHERE: tuple[type[FluentError], ...] = (ContextTooLong,)  # another model's window may be larger


def another_may_answer(error: FluentError) -> bool:
    """True if the failure is one of this leg: of its network, provider, key, limits, model or machine.

    False if it is the caller's fault, so that every leg would fail alike, and if the call was ended.
    """
    return isinstance(error, _DIFFERENT_ELSEWHERE) or not isinstance(error, _SAME_EVERYWHERE)
