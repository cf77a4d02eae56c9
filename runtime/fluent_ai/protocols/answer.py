"""Codecs of the verbs whose answer is one JSON document."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

import msgspec

from fluent_ai.errors import ConfigError, FluentError, ProtocolError, StreamTruncated, untraced
from fluent_ai.framing.whole import WholeBody
from fluent_ai.interfaces import Parser
from fluent_ai.manifest import WireField
from fluent_ai.protocols.api_errors import error_said
from fluent_ai.protocols.codec import JsonCodec, unsupported
from fluent_ai.protocols.decoding import DECODE_ERRORS, undecodable
from fluent_ai.protocols.endpoint import Endpoint
from fluent_ai.vocabulary import JsonObject, Request

RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")
InputT = TypeVar("InputT")
AnswerT = TypeVar("AnswerT")
WireFields: TypeAlias = Mapping[WireField, str]


class AnswerParser(Generic[ItemT]):
    """A whole body, read at its end by `read`, which raises ProtocolError for an answer that makes no sense."""

    def __init__(self, provider: str, read: Callable[[bytes], Iterable[ItemT]]) -> None:
        self.error: FluentError | None = None
        self.done = False
        self._provider = provider
        self._read = read
        self._framing = WholeBody()

    def feed(self, data: bytes) -> list[ItemT]:
        try:
            if self.error is None:
                self._framing.feed(data)
        except ProtocolError as error:
            self.error = error
        return []

    def finish(self) -> list[ItemT]:
        if self.error is None:
            (body,) = self._framing.finish()
            try:
                if not body.strip():
                    raise StreamTruncated("the answer is empty")
                return list(self._read(body))
            except FluentError as error:
                self.error = error
        self.error.provider = self._provider
        raise untraced(self.error)


class AnswerCodec(JsonCodec[RequestT, ItemT], Generic[RequestT, ItemT, AnswerT]):
    """A protocol says what the body is, into which struct the answer is decoded, and which items that means."""

    answer: ClassVar[type[Any]]
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
        return AnswerParser(self.provider, partial(self._items, request))

    def _items(self, request: RequestT, body: bytes) -> Iterable[ItemT]:
        try:
            return list(self.items(request, self._decoded(body)))
        except ProtocolError as error:
            raise error_said(self.provider, body, self.endpoint.secrets) or error from None

    def _decoded(self, body: bytes) -> AnswerT:
        try:
            answer: AnswerT = msgspec.json.decode(body, type=self.answer)
        except DECODE_ERRORS as error:
            raise undecodable("answer", error) from None
        return answer
