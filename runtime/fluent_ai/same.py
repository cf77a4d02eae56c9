"""The key of a cache that holds for one object alone, such as a manifest or the facts of a model.

They are frozen and replaced as a whole, so what was worked out for the very object still holds. Comparing and hashing
their fields would cost more than most caches save.
"""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Same(Generic[T]):
    """Equals only another `Same` of the very same object, which it keeps alive.

    >>> first, second = [], []
    >>> Same(first) == Same(first), Same(first) == Same(second)
    (True, False)
    """

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)
