"""Compiled kernels over quantised weights, by numba; without numba the engine does without them.

A kernel takes numpy arrays, holds no lock of the interpreter while it runs, and allocates nothing that outlives it.
"""

from __future__ import annotations

from importlib.util import find_spec


def available() -> bool:
    """Whether numba is installed. It is imported by the modules of this folder only."""
    return find_spec("numba") is not None
