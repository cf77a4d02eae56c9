"""The waits that differ between threads and event loops; all code above them is written once."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from types import coroutine
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from fluent_ai.errors import Cancelled, ConfigError, FluentError
from fluent_ai.http import interrupts
from fluent_ai.http.blocking import run_blocking
from fluent_ai.threads import Alarm, start, submit, wait_for

if TYPE_CHECKING:
    import asyncio

    from fluent_ai.http.messages import AsyncResponse

T = TypeVar("T")


class Deadline(Protocol):
    """Calls a method once, some seconds after it was last set; see `threads.Alarm`."""

    @property
    def rung(self) -> bool: ...

    def set(self, seconds: float) -> None: ...

    def set_at(self, due: float) -> None:
        """By `time.monotonic`."""

    def pause(self) -> None:
        """Not before it is set again, which will be soon."""

    def cancel(self) -> None: ...


class Waiter(Protocol):
    """Somebody in a queue."""

    wake: Callable[[], object]
    """Called, from any thread, when it is worth looking again."""

    @property
    def ready(self) -> bool:
        """True if there is nothing to wait for any more."""
        ...


class Waiting(Protocol):
    """How one call waits. `wake` may be called from any thread, everything else only by the call itself."""

    async def sleep(self, seconds: float) -> None: ...

    async def interruptible(self, waiting: Awaitable[T]) -> T:
        """Wait for this. Raises Cancelled if `wake` is called meanwhile and the wait can be interrupted."""
        ...

    async def queue(self, waiter: Waiter, seconds: float) -> bool:
        """Wait until the waiter is woken, for so many seconds at most; False if `wake` has ended the wait."""
        ...

    async def call(self, function: Callable[[], T]) -> T:
        """Run a function that may block, and return its result."""
        ...

    def beside(self, work: Callable[[], Coroutine[Any, Any, None]], name: str, stop: Callable[[], object]) -> None:
        """Begin work, which must not raise, next to the call; also where a deadline rings. `stop` makes it end soon."""
        ...

    def deadline(self, owner: T, end: Callable[[T], object]) -> Deadline:
        """A deadline at which `end(owner)` ends the wait of this call, unless nobody holds the owner any more."""
        ...

    async def read_within(
        self, response: AsyncResponse, chunks: AsyncIterator[bytes], seconds: float, limit: int
    ) -> bytes:
        """What arrives of a body within `seconds`, at most about `limit` bytes. A broken body raises nothing."""
        ...

    def wake(self) -> None:
        """Interrupt the current wait."""


class ThreadWaiting:
    """Waits that block the calling thread."""

    def __init__(self) -> None:
        self._interrupt = interrupts.Interrupt()

    async def sleep(self, seconds: float) -> None:
        woken = threading.Event()
        self._interrupt.wait_with(woken.set)
        wait_for(woken, seconds)

    async def interruptible(self, waiting: Awaitable[T]) -> T:
        outer = interrupts.current.set(self._interrupt)
        try:
            return await waiting
        finally:
            interrupts.current.reset(outer)

    async def queue(self, waiter: Waiter, seconds: float) -> bool:
        woken = threading.Event()
        waiter.wake = woken.set
        if not waiter.ready:  # looked at only now, so that no waking is missed
            self._interrupt.wait_with(woken.set)
            wait_for(woken, seconds)
        return not self._interrupt.called

    async def call(self, function: Callable[[], T]) -> T:
        return function()

    def beside(self, work: Callable[[], Coroutine[Any, Any, None]], name: str, stop: Callable[[], object]) -> None:
        start(lambda: run_blocking(work()), name=name, stop=stop)

    def deadline(self, owner: T, end: Callable[[T], object]) -> Deadline:
        return Alarm(owner, end)

    async def read_within(
        self, response: AsyncResponse, chunks: AsyncIterator[bytes], seconds: float, limit: int
    ) -> bytes:
        body = bytearray()
        cut = _Cut(response)
        alarm = Alarm(cut, _Cut.now)
        alarm.set(seconds)
        try:
            await _read(chunks, body, limit)
        finally:
            alarm.cancel()
        return bytes(body)

    def wake(self) -> None:
        self._interrupt.call()


class LoopWaiting:
    """Waits that suspend a task of an event loop."""

    def __init__(self) -> None:
        self._task: asyncio.Task[Any] | None = None
        self._beside: asyncio.Task[None] | None = None
        self._woken = False
        self._interrupting = False
        """True from our cancellation of the task until it arrives; any other is the caller's."""

    async def sleep(self, seconds: float) -> None:
        import asyncio

        await self.interruptible(asyncio.sleep(seconds))

    async def interruptible(self, waiting: Awaitable[T]) -> T:
        import asyncio

        task = self._task = asyncio.current_task()
        try:
            return await waiting
        except asyncio.CancelledError:
            # Only the wait ends, unless the task itself is being cancelled too.
            ours, self._interrupting = self._interrupting, False
            if not ours or task is None or task.uncancel() > 0:
                raise
            raise Cancelled("the stream was closed before its answer came") from None
        finally:
            self._task = None

    async def queue(self, waiter: Waiter, seconds: float) -> bool:
        import asyncio

        loop = asyncio.get_running_loop()
        woken = asyncio.Event()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop has closed, so nothing is waiting
                loop.call_soon_threadsafe(woken.set)

        waiter.wake = wake
        if not waiter.ready:
            try:
                await self.interruptible(asyncio.wait_for(woken.wait(), seconds))
            except TimeoutError:
                pass
            except Cancelled:
                return False
        return True

    async def call(self, function: Callable[[], T]) -> T:
        """Run the function in a thread of its own. The loop's few threads also resolve host names, so a call that waits
        for a token would block all others; and a loop that closes would wait for it.
        """
        import asyncio

        return await self.interruptible(asyncio.wrap_future(submit(function, name="credentials")))

    def beside(self, work: Callable[[], Coroutine[Any, Any, None]], name: str, stop: Callable[[], object]) -> None:
        self._beside = running_loop().create_task(work(), name=name)  # a loop does not hold its tasks

    def deadline(self, owner: T, end: Callable[[T], object]) -> Deadline:
        from fluent_ai.http.loop_deadlines import LoopDeadline

        running_loop()
        return LoopDeadline(owner, end)

    async def read_within(
        self, response: AsyncResponse, chunks: AsyncIterator[bytes], seconds: float, limit: int
    ) -> bytes:
        from fluent_ai.http.loop_deadlines import Limit

        body = bytearray()
        reading = _read(chunks, body, limit)
        try:
            awaited = reading.send(None)
        except StopIteration:  # most have arrived, and need no limit
            return bytes(body)
        with suppress(TimeoutError):
            async with Limit() as time:
                time.set(seconds)
                await _resumed(reading, awaited)
        return bytes(body)

    def wake(self) -> None:
        if (task := self._task) is not None:
            with suppress(RuntimeError):  # the loop has closed, so nothing is waiting
                task.get_loop().call_soon_threadsafe(self._interrupt)

    def _interrupt(self) -> None:
        if self._task is not None and not self._woken:
            self._woken = self._interrupting = True
            self._task.cancel()


class _Cut:
    """A response to which there may be no weak reference."""

    def __init__(self, response: AsyncResponse) -> None:
        self._response = response

    def now(self) -> None:
        self._response.abort()


def running_loop() -> asyncio.AbstractEventLoop:
    """The event loop of asyncio that runs in this thread. Raises ConfigError if there is none."""
    import asyncio

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise ConfigError(
            "no event loop of asyncio is running here; allowed: an AsyncClient under asyncio, or anyio on asyncio. "
            "Under trio, call a Client from trio.to_thread.run_sync"
        ) from None


@coroutine
def _resumed(waiting: Coroutine[Any, Any, None], awaited: Any) -> Generator[Any, Any, None]:
    """Goes on with a coroutine that waits."""
    try:
        while True:
            try:
                value = yield awaited
            except BaseException as error:
                awaited = waiting.throw(error)
            else:
                awaited = waiting.send(value)
    except StopIteration:
        return


async def _read(chunks: AsyncIterator[bytes], body: bytearray, limit: int) -> None:
    with suppress(FluentError):  # what arrived before it broke is enough
        async for chunk in chunks:
            body += chunk
            if len(body) >= limit:
                return
