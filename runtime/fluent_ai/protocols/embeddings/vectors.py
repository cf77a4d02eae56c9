"""Vectors as providers write them."""

from __future__ import annotations

import math
import sys
from array import array
from typing import Literal

from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.shared.decoding import from_base64
from fluent_ai.verbs.embed import Vector


def read_vector(found: object, packed: Literal["float32", "int8"] = "float32") -> Vector:
    """A list of numbers, or base64 of little-endian 32-bit floats or signed bytes.

    Raises ProtocolError for anything else, and for numbers that are not finite: they would spoil every comparison.
    """
    if isinstance(found, str):
        vector = _unpacked(from_base64(found, "embedding"), packed)
    elif isinstance(found, list):
        vector = _listed(found)
    else:
        raise ProtocolError(f"embedding: expected a list of numbers or base64, got {type(found).__name__}")
    if not vector:
        raise ProtocolError("embedding: the vector is empty")
    if not math.isfinite(sum(vector)):  # of 32-bit floats, so finite ones cannot add up to more than a double holds
        raise ProtocolError("embedding: the vector holds numbers that are not finite")
    return vector


def _listed(found: list[object]) -> Vector:
    vector = array("f")
    try:
        vector.fromlist(found)  # type: ignore[arg-type]  # it checks each of them itself
    except (TypeError, OverflowError):
        raise ProtocolError("embedding: not a vector of 32-bit floats") from None
    return vector


def _unpacked(data: bytes, packed: Literal["float32", "int8"]) -> Vector:
    if packed == "int8":
        return array("f", array("b", data))
    vector = array("f")
    try:
        vector.frombytes(data)
    except ValueError:
        raise ProtocolError("embedding: not a vector of 32-bit floats") from None
    if sys.byteorder == "big":
        vector.byteswap()
    return vector
