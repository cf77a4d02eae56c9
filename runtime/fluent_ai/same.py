"""Caches that hold for one object alone, such as a manifest or the facts of a model.

They are frozen and replaced as a whole, so what was worked out for the very object still holds. Comparing and hashing
their fields would cost more than most caches save.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

ArgumentsT = TypeVarTuple("ArgumentsT")
T = TypeVar("T")


def kept_for_same(objects: int, most: int) -> Callable[[Callable[[*ArgumentsT], T]], Callable[[*ArgumentsT], T]]:
    """Keep up to `most` results of a function: for the very objects that are its first `objects` arguments, which stay
    alive for as long, and for equal other arguments.

    >>> @kept_for_same(1, 100)
    ... def count(items: list[int]) -> int:
    ...     return len(items)
    >>> first, second = [1], [1]
    >>> count(first)
    1
    >>> first.append(2), second.append(2)
    (None, None)
    >>> count(first), count(second)
    (1, 2)
    """

    def keeping(function: Callable[[*ArgumentsT], T]) -> Callable[[*ArgumentsT], T]:
        kept: dict[tuple[object, ...], tuple[T, object]] = {}

        @wraps(function)
        def found(*args: *ArgumentsT) -> T:
            key = (*map(id, args[:objects]), *args[objects:])
            if (known := kept.get(key)) is None:
                if len(kept) >= most:
                    kept.clear()
                known = kept[key] = function(*args), args  # with the objects, so that no other takes their id
            return known[0]

        return found

    return keeping
