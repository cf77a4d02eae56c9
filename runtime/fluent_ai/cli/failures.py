"""Failures as messages on the command line."""

from __future__ import annotations

from fluent_ai.errors import ApiError, AuthError, ConnectionFailed, FluentError


def explain(error: FluentError) -> str:
    """The message, and a remedy if there is one for this kind of error."""
    if isinstance(error, AuthError):
        way = f"check the key of {error.provider or 'the provider'}: fluent-ai providers"
    elif isinstance(error, ConnectionFailed):
        way = "check the network and the base URL"
    elif isinstance(error, ApiError) and error.retry_after is not None:
        way = f"try again in {error.retry_after:g} s"
    elif isinstance(error, ApiError) and error.retryable:
        way = "try again later"
    else:
        return error.message
    return f"{error.message.rstrip('.')}; {way}"
