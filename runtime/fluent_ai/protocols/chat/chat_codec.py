"""What the codecs of chat share: a conversation that the provider takes, and an answer that is a stream."""

from __future__ import annotations

from typing import ClassVar, TypeVar

import msgspec

from fluent_ai.content.events import Event
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.requests import ChatRequest
from fluent_ai.interfaces import Exchange, StreamParser
from fluent_ai.manifest.schema import Route
from fluent_ai.protocols.chat.chat_parser import ChatParser
from fluent_ai.protocols.chat.history.normalise import normalise
from fluent_ai.protocols.chat.history.quoting import with_quotes
from fluent_ai.protocols.chat.hosted_tools import add_hosted, betas
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.providers.places import place

ItemT = TypeVar("ItemT")


class JsonChatCodec(JsonCodec[ChatRequest, Event]):
    """A codec of chat, whose answer is a stream. `body` is given a conversation that obeys the rules of its dialect."""

    parser: ClassVar[type[StreamParser]]
    accept: ClassVar[str] = "text/event-stream"

    def add_options(self, body: JsonObject, request: ChatRequest) -> None:
        """The provider's own options, which go by their wire names into the body."""
        body.update(request.options)

    def bare_parser(self, request: ChatRequest) -> StreamParser:
        """A parser that knows nothing of the request yet but what its constructor takes."""
        return type(self).parser(self.endpoint.manifest.id, self.endpoint.secrets)

    def new_parser(self, request: ChatRequest) -> StreamParser:
        parser = self.bare_parser(request)
        if isinstance(parser, ChatParser):
            parser.writer.served_in = place(self.endpoint.manifest, self.endpoint.url)
            if request.documents:
                parser.writer.documents = request.documents
                parser.writer.cites_by_mark = request.output is None and not self.cites(request)
        return parser

    def cites(self, request: ChatRequest) -> bool:
        """Whether the provider takes the documents of the request as such. None cites them in JSON."""
        return self.endpoint.route.documents and request.output is None

    def whole_body(self, request: ChatRequest) -> JsonObject:
        body = super().whole_body(request)
        if request.hosted_tools:
            add_hosted(body, request, self.endpoint.route)
        return body

    def fit(self, request: ChatRequest) -> tuple[ChatRequest, tuple[str, ...]]:
        """The request with a conversation that obeys the rules of its dialect, and what was left out of that."""
        if request.documents and not self.cites(request):
            request = with_quotes(request)
        return normalise(request, self.endpoint)

    def prepare(self, request: ChatRequest) -> Exchange[Event]:
        fitted, notes = self.fit(request)
        return announced(super().prepare(fitted), request, self.endpoint.route, notes)


def announced(exchange: Exchange[ItemT], request: ChatRequest, route: Route, notes: tuple[str, ...]) -> Exchange[ItemT]:
    """The exchange with the header that the hosted tools need, and what was left out of the conversation."""
    if request.hosted_tools and (features := betas(request, route)):
        given = [each for each in exchange.request.headers.get("anthropic-beta", "").split(",") if each]
        headers = {**exchange.request.headers, "anthropic-beta": ",".join(dict.fromkeys([*given, *features]))}
        http = msgspec.structs.replace(exchange.request, headers=headers)
        exchange = msgspec.structs.replace(exchange, request=http)
    return msgspec.structs.replace(exchange, notes=notes) if notes else exchange
