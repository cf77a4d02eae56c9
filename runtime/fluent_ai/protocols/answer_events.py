"""Answers that come as server-sent events, or as one JSON document where the server does not stream."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from fluent_ai.errors import FluentError, StreamTruncated, untraced
from fluent_ai.events import UsageUpdate
from fluent_ai.framing import Framing
from fluent_ai.framing.sse import Frame, ServerSentEvent, SSEDecoder
from fluent_ai.framing.whole import WholeBody
from fluent_ai.protocols.api_errors import api_error
from fluent_ai.protocols.endpoint import Endpoint
from fluent_ai.protocols.usage import count, stated_cost
from fluent_ai.vocabulary import Usage

ItemT = TypeVar("ItemT")


class AnswerEvents(ABC, Generic[ItemT]):
    """A protocol says what one event means, which may be the whole answer, and sets `done` with the last one."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.error: FluentError | None = None
        self.done = False
        self.provider = endpoint.manifest.id
        self._secrets = endpoint.secrets
        self._framing: Framing[Frame | bytes] | None = None

    @abstractmethod
    def read(self, data: bytes) -> Iterable[ItemT]:
        """One event. Raises ProtocolError for one that makes no sense, and `refused` where it says what went wrong."""

    def complete(self) -> bool:
        """Whether the body may end here, although no event said so."""
        return False

    def refused(self, body: bytes) -> FluentError:
        """The error that `body` tells, in an answer whose status told none."""
        return api_error(self.provider, None, {}, body, self._secrets)

    def feed(self, data: bytes) -> list[ItemT]:
        if self.done or self.error is not None:
            return []
        framing = self._framing
        if framing is None:
            if not (data := data.lstrip()):
                return []
            framing = self._framing = WholeBody() if data[0] in b"{[" else SSEDecoder(lenient=True)
        items: list[ItemT] = []
        try:
            self._take(framing.feed(data), items)
        except FluentError as error:
            self.error = error
        return items

    def finish(self) -> list[ItemT]:
        items: list[ItemT] = []
        if self.error is None and not self.done:
            try:
                self._take(() if self._framing is None else self._framing.finish(), items)
                if not self.done and not self.complete():
                    raise StreamTruncated("the answer ended before it was complete")
            except FluentError as error:
                self.error = error
        if self.error is not None:
            self.error.provider = self.provider
            raise untraced(self.error)
        return items

    def _take(self, frames: Iterable[Frame | bytes], items: list[ItemT]) -> None:
        for frame in frames:
            data = frame.data if isinstance(frame, ServerSentEvent) else frame
            if not isinstance(data, bytes) or not data or self.done:
                continue
            if data == b"[DONE]":
                continue
            items.extend(self.read(data))


def usage_update(found: object) -> Iterator[UsageUpdate]:
    """The update that a usage object means, by either of the two names that each count has; none where it is none."""
    if isinstance(found, dict) and found:
        tokens = [
            next((n for name in names if (n := count(found, name)) is not None), None)
            for names in (("input_tokens", "prompt_tokens"), ("output_tokens", "completion_tokens"))
        ]
        yield UsageUpdate(Usage(input_tokens=tokens[0], output_tokens=tokens[1], cost=stated_cost(found), raw=found))
