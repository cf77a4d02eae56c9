"""What the parsers of answers share that come as server-sent events, or as one JSON document where nothing streams."""

from __future__ import annotations

from abc import abstractmethod
from typing import TypeVar

from fluent_ai.content.events import StreamStart, UsageUpdate
from fluent_ai.content.reply import Usage
from fluent_ai.content.results import Note
from fluent_ai.framing import Framing
from fluent_ai.protocols.shared.frame_parser import FrameParser, document_or_events
from fluent_ai.protocols.shared.usage import count, stated_cost
from fluent_ai.providers.endpoints import Endpoint

ItemT = TypeVar("ItemT")


class VerbParser(FrameParser[bytes, ItemT | Note]):
    """A protocol says what one event means, which may be the whole answer, and sets `done` with the last one."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint.manifest.id, endpoint.secrets)
        self._started = False

    @abstractmethod
    def event(self, data: bytes) -> None:
        """One event. Raises ProtocolError for one that makes no sense, and `refused` where it tells of a failure."""

    def framing(self, start: int) -> Framing[bytes]:
        return document_or_events(start)

    def read(self, frame: bytes) -> None:
        if frame != b"[DONE]":
            self.event(frame)

    def start(self, id: str | None = None, model: str | None = None) -> None:
        if not self._started:
            self._started = True
            self.emit(StreamStart(id, model, self.provider, self.requested_model))

    def usage(self, found: object) -> None:
        """What a usage object says, by either of the two names that each count has; nothing where it is none."""
        if isinstance(found, dict) and found:
            tokens = [
                next((n for name in names if (n := count(found, name)) is not None), None)
                for names in (("input_tokens", "prompt_tokens"), ("output_tokens", "completion_tokens"))
            ]
            usage = Usage(input_tokens=tokens[0], output_tokens=tokens[1], cost=stated_cost(found), raw=found)
            self.emit(UsageUpdate(usage))
