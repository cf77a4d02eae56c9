"""What happens to the values of a token between the products."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from .arrays import Floats
from .intrinsics import exp, kernel

_SLOPE: Final = np.float32(2 * math.sqrt(2 / math.pi))
_BEND: Final = np.float32(2 * math.sqrt(2 / math.pi) * 0.044715)
_MOST: Final = np.float32(80)
"""An exponent beyond which a gate is shut."""


@kernel
def rms(x: Floats, weight: Floats, epsilon: np.float32, out: Floats) -> None:
    """RMSNorm of each row, as `layers.norm` has it."""
    for row in range(x.shape[0]):
        rms_row(x[row], weight, epsilon, out[row])


@kernel
def rms_row(x: Floats, weight: Floats, epsilon: np.float32, out: Floats) -> None:
    """RMSNorm of one row, which may be `out` itself."""
    width = x.shape[0]
    total = np.float32(0)
    for i in range(width):
        total += x[i] * x[i]
    factor = np.float32(1) / np.float32(np.sqrt(total / np.float32(width) + epsilon))
    for i in range(width):
        out[i] = x[i] * factor * weight[i]


@kernel
def gate(x: Floats, gelu: bool, out: Floats) -> None:
    """out *= gelu(x) by its approximation with a tanh, which is a sigmoid of twice the tanh's argument, or silu(x)."""
    if gelu:
        for i in range(x.shape[0]):
            value = x[i]
            out[i] *= value / (np.float32(1) + exp(min(-value * (_SLOPE + _BEND * value * value), _MOST)))
    else:
        for i in range(x.shape[0]):
            value = x[i]
            out[i] *= value / (np.float32(1) + exp(min(-value, _MOST)))
