"""The calls of a client that are under way, so that closing it can end them."""

from __future__ import annotations

from typing import Protocol
from weakref import WeakValueDictionary


class Abortable(Protocol):
    def abort(self) -> None:
        """End the call; safe from any thread."""


class Calls:
    """The calls between their first attempt and their end; one that nobody holds any more leaves by itself."""

    def __init__(self) -> None:
        self._calls: WeakValueDictionary[int, Abortable] = WeakValueDictionary()

    def add(self, call: Abortable) -> None:
        self._calls[id(call)] = call

    def remove(self, call: Abortable) -> None:
        self._calls.pop(id(call), None)

    def abort(self) -> None:
        """End them all."""
        for reference in self._calls.valuerefs():
            if (call := reference()) is not None:
                call.abort()
