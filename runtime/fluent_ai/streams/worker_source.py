"""The items that an in-process worker emits, as the values of a stream."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from fluent_ai.content.requests import Request
from fluent_ai.errors import Cancelled, StreamInterrupted
from fluent_ai.interfaces import Worker
from fluent_ai.resilience.calls import Calls
from fluent_ai.streams.channel import Channel, ChannelSource
from fluent_ai.threads import renew_in_child, start

RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")


class WorkerSource(Generic[RequestT, ItemT]):
    """Runs a worker in a thread of its own, which starts when the stream is opened."""

    def __init__(
        self,
        worker: Worker[RequestT, ItemT],
        request: RequestT,
        *,
        blocking: bool,
        calls: Callable[[], Calls] = Calls,
    ) -> None:
        self._worker = worker
        self._request = request
        self._open_calls = calls
        self._calls: Calls | None = None
        self._aborted = False
        self._channel: Channel[ItemT] = Channel()
        self._items = ChannelSource(self._channel, blocking=blocking)

    async def open(self) -> None:
        self._calls = self._open_calls()
        self._calls.add(self)
        renew_in_child(self, WorkerSource._orphan)
        # The thread has no reference to this source, so that an abandoned stream is collected and closed.
        start(
            partial(_work, self._worker, self._request, self._channel),
            name=self._request.model,
            stop=self._channel.close,
        )

    async def next_batch(self) -> list[ItemT] | None:
        return self._checked(await self._items.next_batch())

    def poll(self) -> list[ItemT] | None:
        return self._checked(self._items.poll())

    async def close(self) -> None:
        if self._calls is not None:
            self._calls.remove(self)
        self._channel.close()

    def abort(self) -> None:
        self._aborted = True
        self._channel.close()

    def _checked(self, items: list[ItemT] | None) -> list[ItemT] | None:
        if items is None and self._aborted:
            raise Cancelled("the stream or its client was closed before the end of the answer")
        return items

    def _orphan(self) -> None:
        self._channel.end(StreamInterrupted("the process was forked: this stream's worker runs only in the parent"))


def _work(worker: Worker[RequestT, ItemT], request: RequestT, channel: Channel[ItemT]) -> None:
    try:
        worker.run(request, channel.emit)
    except Cancelled:
        channel.end()
    except BaseException as error:  # re-raised by the consumer's stream
        channel.end(error)
    else:
        channel.end()
