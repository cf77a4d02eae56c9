"""Work that any number of threads share out among themselves.

It is cut into numbered pieces. Threads take tickets from one counter and count in another what they have finished, so
a thread that comes late, or never, holds up nobody, and one thread alone does all.
"""

from __future__ import annotations

from .arrays import Counters, Matrix
from .intrinsics import fetch_add, give_way, kernel, load

TAKEN, DONE = 0, 1
"""The two counters, int64: tickets taken, pieces finished."""
_PIECES = 4
"""Pieces for each thread: enough that they end together, few enough that tickets cost nothing."""


@kernel
def groups_of(matrix: Matrix) -> int:
    outputs: int = matrix[3]
    return (outputs + 31) // 32


@kernel
def piece(groups: int, threads: int) -> int:
    """Groups in a piece of work."""
    return max(1, groups // (_PIECES * threads))


@kernel
def next_ticket(counters: Counters) -> int:
    """Counts a piece as finished, and takes the next ticket."""
    fetch_add(counters, DONE, 1)
    return fetch_add(counters, TAKEN, 1)


@kernel
def wait(counters: Counters, count: int) -> None:
    """Until so many pieces are finished."""
    spins = 0
    while load(counters, DONE) < count:
        spins += 1
        if spins > 1000:
            spins = 0
            give_way()
