"""Where tensors of the CPU come from: glibc's heap is quicker, pages of their own leave no holes.

glibc's heap, from which pieces below 32 MiB come, takes up to 1.9 times what is used of it: half as many holes as
pieces are the rule (Knuth, The Art of Computer Programming, 2.5), and because torch aligns its pieces, a hole is too
small for another of the same size. Pages of their own cost a fault for every 4 kB that is written.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from fluent_ai.threads import new_lock

HOLES: Final = 2
"""With so many times the memory that tensors need, the heap's holes do no harm."""
_TRIM: Final = -1
_MAP: Final = -3
"""The numbers of `M_TRIM_THRESHOLD` and `M_MMAP_THRESHOLD` (mallopt(3))."""
_MAPPED: Final = 2**20
"""Bytes from which a piece has pages of its own."""
_MOST: Final = 32 * 2**20
"""Bytes from which glibc maps a piece in any case (its DEFAULT_MMAP_THRESHOLD_MAX), where most programs arrive."""


class Allocator:
    """Tells glibc from which size on it maps, for the whole process, while anybody needs that."""

    def __init__(self, mallopt: Callable[[int, int], object] | None) -> None:
        self._mallopt = mallopt
        self._lock = new_lock()
        self._users = 0

    @contextmanager
    def exact(self) -> Iterator[None]:
        """Tensors have pages of their own, which go back when the tensors go."""
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._map_from(_MAPPED)
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if not self._users:
                    self._map_from(_MOST)

    def _map_from(self, size: int) -> None:
        if self._mallopt is not None:
            self._mallopt(_MAP, size)
            self._mallopt(_TRIM, 2 * size)  # as glibc has it


def glibc() -> Callable[[int, int], object] | None:
    """Its `mallopt`; None where there is none, or where the owner of the process has decided."""
    chosen = "MALLOC_MMAP_THRESHOLD_" in os.environ or "mmap_threshold" in os.environ.get("GLIBC_TUNABLES", "")
    if sys.platform != "linux" or chosen:
        return None
    found: Callable[[int, int], object] | None = getattr(ctypes.CDLL(None), "mallopt", None)
    return found


ALLOCATOR: Final = Allocator(glibc())
