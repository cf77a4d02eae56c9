"""Codecs of the verbs whose answer is one JSON document."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

import msgspec

from fluent_ai.arguments import unsupported
from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.requests import Request
from fluent_ai.errors import ConfigError, ProtocolError
from fluent_ai.framing import Framing
from fluent_ai.framing.whole import WholeBody
from fluent_ai.interfaces import Parser
from fluent_ai.manifest.schema import WireField
from fluent_ai.protocols.shared.api_errors import error_said
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS, undecodable
from fluent_ai.protocols.shared.frame_parser import FrameParser
from fluent_ai.providers.endpoints import Endpoint

RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")
InputT = TypeVar("InputT")
AnswerT = TypeVar("AnswerT")
WireFields: TypeAlias = Mapping[WireField, str]


class WholeResponse(FrameParser[bytes, ItemT]):
    """A whole body, read at its end by `items`, which raises ProtocolError for an answer that makes no sense."""

    def __init__(self, provider: str, items: Callable[[bytes], Iterable[ItemT]]) -> None:
        super().__init__(provider)
        self._read_items = items

    def framing(self, start: int) -> Framing[bytes]:
        return WholeBody()

    def read(self, frame: bytes) -> None:
        self.done = True
        for item in self._read_items(frame):
            if isinstance(item, StreamStart):
                item = msgspec.structs.replace(item, requested_model=self.requested_model)
            self.emit(item)


class WholeResponseCodec(JsonCodec[RequestT, ItemT], Generic[RequestT, ItemT, AnswerT]):
    """A protocol says what the body is, into which struct the answer is decoded, and which items that means."""

    decoder: ClassVar[msgspec.json.Decoder[Any]]
    fields: ClassVar[WireFields] = {}
    """The protocol's own names of options."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint)
        self.provider = endpoint.manifest.id

    @abstractmethod
    def items(self, request: RequestT, answer: AnswerT) -> Iterable[ItemT]:
        """What the answer says. Raises ProtocolError for one that makes no sense."""

    def put(self, body: JsonObject, option: WireField, value: object) -> None:
        """Add an option that is given, by its name on this route. Raises ConfigError where there is none."""
        if value is None:
            return
        field = self.endpoint.route.fields.get(option, self.fields.get(option))
        if not field:
            raise unsupported(option, self.provider)
        body[field] = value

    def only(self, inputs: Sequence[InputT]) -> InputT:
        """The one input of a request that can hold no more."""
        if len(inputs) != 1:
            raise ConfigError(f"{self.endpoint.route.protocol} takes one input a request; its route needs batch = 1")
        return inputs[0]

    def new_parser(self, request: RequestT) -> Parser[ItemT]:
        return WholeResponse(self.provider, partial(self._items, request))

    def _items(self, request: RequestT, body: bytes) -> Iterable[ItemT]:
        try:
            return list(self.items(request, self._decoded(body)))
        except ProtocolError as error:
            raise error_said(self.provider, body, self.endpoint.secrets) or error from None

    def _decoded(self, body: bytes) -> AnswerT:
        try:
            answer: AnswerT = self.decoder.decode(body)
        except DECODE_ERRORS as error:
            raise undecodable("answer", error) from None
        return answer
