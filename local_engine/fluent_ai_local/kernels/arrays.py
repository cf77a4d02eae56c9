"""The arrays that kernels take, all C-contiguous."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Bytes: TypeAlias = NDArray[np.uint8]
Values: TypeAlias = NDArray[np.int8]
Halves: TypeAlias = NDArray[np.uint16]
"""Half precision numbers as their 16 bits: numba has no such type on a CPU."""
Matrix: TypeAlias = NDArray[np.int64]
"""A packed matrix: form, begin in the weights, begin in the scales, outputs, inputs, blocks of a row. Or several."""
Integers: TypeAlias = NDArray[np.int32]
Addresses: TypeAlias = NDArray[np.int64]
"""Arrays of other sizes each: where they are in memory, and how large."""
Counters: TypeAlias = NDArray[np.int64]
"""Two, zero at first; see `tickets`."""
