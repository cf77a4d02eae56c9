"""Decoding with one kind of error: what cannot be read is a ProtocolError that shows nothing of the data."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.shared.second_reading import Misfit, fit

T = TypeVar("T")

DECODE_ERRORS = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)
"""All that a msgspec decoder raises for bad bytes."""


def undecodable(what: str, error: Exception) -> ProtocolError:
    """The error for a document, named by `what`, on which a decoder raised one of DECODE_ERRORS."""
    reason = str(error) if isinstance(error, msgspec.ValidationError) else "not valid JSON"
    return ProtocolError(f"{what}: {reason}")


def decoded(decode: Callable[[bytes], T], data: bytes, what: str) -> T:
    """What a msgspec decoder makes of `data`. Raises ProtocolError."""
    try:
        return decode(data)
    except DECODE_ERRORS as error:
        raise undecodable(what, error) from None


def convert(found: object, type: type[T], what: str) -> T:
    """Plain data to a struct, once a look at it has told which one it is, if need be by a second reading.

    Raises ProtocolError.
    """
    try:
        return msgspec.convert(found, type)
    except DECODE_ERRORS as error:
        problem = undecodable(what, error)
    try:
        return fit(found, type)
    except Misfit:
        raise problem from None


def from_base64(text: str, what: str) -> bytes:
    """Raises ProtocolError for text that is not base64 (RFC 4648, section 4)."""
    try:
        return msgspec.convert(text, bytes)  # a third of the time of binascii, and as strict
    except msgspec.ValidationError:
        raise ProtocolError(f"{what}: not base64") from None
