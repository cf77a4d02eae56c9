"""Vectors as providers write them."""

from __future__ import annotations

import sys
from array import array

from fluent_ai.embeddings import Vector
from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.decoding import from_base64


def read_vector(found: object) -> Vector:
    """A list of numbers, or little-endian 32-bit floats in base64. Raises ProtocolError for anything else."""
    vector = array("f")
    try:
        if isinstance(found, str):
            vector.frombytes(from_base64(found, "embedding"))
            if sys.byteorder == "big":
                vector.byteswap()
        elif isinstance(found, list):
            vector.fromlist(found)
        else:
            raise ProtocolError(f"embedding: expected a list of numbers or base64, got {type(found).__name__}")
    except (TypeError, ValueError, OverflowError):
        raise ProtocolError("embedding: not a vector of 32-bit floats") from None
    if not vector:
        raise ProtocolError("embedding: the vector is empty")
    return vector
