"""Giving memory back to the system."""

from __future__ import annotations

import ctypes
import gc
import sys


def give_back() -> None:
    """Give back to the system what nothing refers to any more, cycles included. All threads wait for that search."""
    gc.collect()
    trim()


def trim() -> None:
    """Give freed memory back to the system, which glibc would keep for later where weights were many small pieces."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
