"""The items that a worker of this process emits, as the values of a stream."""

from __future__ import annotations

import threading
from contextvars import copy_context
from typing import Generic, TypeVar

from fluent_ai.channels import Channel, ChannelSource
from fluent_ai.errors import Cancelled
from fluent_ai.interfaces import Worker
from fluent_ai.vocabulary import Request

RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")


class WorkerSource(Generic[RequestT, ItemT]):
    """A worker's run in a thread of its own, started when the stream is opened."""

    def __init__(self, worker: Worker[RequestT, ItemT], request: RequestT, *, blocking: bool) -> None:
        self._worker = worker
        self._request = request
        self._channel: Channel[ItemT] = Channel()
        self._items = ChannelSource(self._channel, blocking=blocking)

    async def open(self) -> None:
        threading.Thread(
            target=copy_context().run, args=(self._work,), name=f"fluent-ai {self._request.model}", daemon=True
        ).start()

    async def next_batch(self) -> list[ItemT] | None:
        return await self._items.next_batch()

    def poll(self) -> list[ItemT] | None:
        return self._items.poll()

    async def close(self) -> None:
        self._channel.close()

    def abort(self) -> None:
        self._channel.close()

    def _work(self) -> None:
        try:
            self._worker.run(self._request, self._channel.emit)
        except Cancelled:
            self._channel.end()
        except BaseException as error:  # raised to the consumer, whose stream it ends
            self._channel.end(error)
        else:
            self._channel.end()
