"""The calls of a client that are under way, so that closing it can end them."""

from __future__ import annotations

from functools import partial
from typing import Protocol
from weakref import ref


class Abortable(Protocol):
    def abort(self) -> None:
        """End the call; safe from any thread."""


class Calls:
    """The calls between their first attempt and their end; one that nobody holds any more leaves by itself."""

    def __init__(self) -> None:
        self._calls: dict[int, ref[Abortable]] = {}  # a WeakValueDictionary, without its cost for each call

    def add(self, call: Abortable) -> None:
        self._calls[id(call)] = ref(call, partial(self._calls.pop, id(call)))  # with the reference as its default

    def remove(self, call: Abortable) -> None:
        self._calls.pop(id(call), None)

    def abort(self) -> None:
        """End them all."""
        for reference in tuple(self._calls.values()):
            if (call := reference()) is not None:
                call.abort()
