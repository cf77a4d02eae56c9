"""What an asynchronous client holds for each event loop: connections belong to the loop that opened them."""

from __future__ import annotations

import atexit
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

from fluent_ai.resilience.calls import Calls
from fluent_ai.resilience.waiting import running_loop
from fluent_ai.threads import keep_unclosed, new_lock, renew_in_child

if TYPE_CHECKING:
    import asyncio

    from fluent_ai.http.messages import AsyncTransport, HttpVersion


class _Place:
    def __init__(self) -> None:
        self.calls = Calls()
        self.transport: AsyncTransport | None = None
        self.end: AsyncGenerator[None, None] | None = None

    def leave(self) -> None:
        """Keep the transport open from now on, whatever becomes of the loop."""
        transport, self.transport = self.transport, None
        if self.end is not None:
            with suppress(StopIteration, RuntimeError):  # it has nothing to wait for; or the loop closes it just now
                self.end.aclose().send(None)
        keep_unclosed(transport)


class Loops:
    """The transports and the calls of a client by event loop. All raise ConfigError where no loop of asyncio runs.

    A loop that ends through `asyncio.run` or `shutdown_asyncgens` closes its transport; what another leaves behind is
    forgotten when the next one begins. After a fork, the child opens its own.
    """

    def __init__(self, given: AsyncTransport | None, http: HttpVersion | None = None) -> None:
        self._given = given
        self._http: HttpVersion | None = http
        self._places: WeakKeyDictionary[asyncio.AbstractEventLoop, _Place] = WeakKeyDictionary()
        self._lock = new_lock()
        renew_in_child(self, Loops._forget)
        _all.add(self)

    def transport(self) -> AsyncTransport:
        """The caller's, or the one of the running loop."""
        loop = running_loop()
        if self._given is not None:
            return self._given
        place = self._place(loop)
        if place.transport is None:
            from fluent_ai.http.transports import default_async_transport

            place.transport = default_async_transport(http=self._http)
            place.end = self._close_with(loop, place)
            with suppress(StopIteration):  # runs to the `yield`; from now on the loop knows of it
                place.end.__anext__().send(None)
        return place.transport

    def calls(self) -> Calls:
        return self._place(running_loop()).calls

    async def close(self) -> None:
        """End the calls of the running loop, and close its transport or the caller's, which can be used again."""
        transport = self._given
        if (place := self._places.get(running_loop())) is not None:
            place.calls.abort()
            transport = transport or place.transport
        if transport is not None:
            await transport.close()

    def _place(self, loop: asyncio.AbstractEventLoop) -> _Place:
        if (place := self._places.get(loop)) is not None:
            return place
        with self._lock:
            for known in [reference() for reference in self._places.keyrefs()]:
                if known is not None and known.is_closed():
                    del self._places[known]
            place = self._places[loop] = _Place()
            return place

    async def _close_with(self, loop: asyncio.AbstractEventLoop, place: _Place) -> AsyncGenerator[None, None]:
        """An event loop closes such generators as its last act, while it still runs."""
        try:
            yield
        finally:
            self._places.pop(loop, None)
            if (transport := place.transport) is not None:
                place.transport = None
                await transport.close()

    def leave(self) -> None:
        """Close nothing from now on, whatever becomes of the loops."""
        for place in [*self._places.values()]:
            place.leave()

    def _forget(self) -> None:
        """In a forked child: the connections are the parent's, and two who use one would read each other's answers."""
        self.leave()
        self._places = WeakKeyDictionary()


_all: WeakSet[Loops] = WeakSet()


@atexit.register
def _leave_all() -> None:
    """The last act of a loop that nobody closes never comes; Python 3.13 and later warn that it was not awaited."""
    for loops in tuple(_all):
        loops.leave()
