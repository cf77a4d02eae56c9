"""What the codecs of token counts share: the request that chat would send, without what does not count."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar, TypeVar

import msgspec

from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ProtocolError
from fluent_ai.interfaces import Exchange
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec, announced
from fluent_ai.protocols.shared.whole_response import WholeResponseCodec
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.count_tokens import Counted, CountItem

AnswerT = TypeVar("AnswerT")


class CountCodec(WholeResponseCodec[ChatRequest, CountItem, AnswerT]):
    """A protocol says which chat codec writes the request, and which fields of its body count."""

    chat: ClassVar[type[JsonChatCodec]]
    protocol: ClassVar[str]
    """The name of the protocol of `chat`."""
    taken: ClassVar[frozenset[str]]
    """The fields of a chat request that the endpoint takes; what a route or a caller adds is sent besides."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(endpoint)
        route = msgspec.structs.replace(endpoint.route, protocol=self.protocol)
        self._chat = self.chat(msgspec.structs.replace(endpoint, route=route))

    @abstractmethod
    def tokens(self, answer: AnswerT) -> int:
        """The number that the answer states."""

    def wrapped(self, request: ChatRequest, body: JsonObject) -> JsonObject:
        """The body as the endpoint takes it."""
        return body

    def counted(self, request: ChatRequest, tokens: int) -> Counted:
        """The count, with what the endpoint does not count itself."""
        return Counted(tokens, "endpoint")

    def wire_model(self, model: str) -> str:
        return self._chat.wire_model(model)

    def body(self, request: ChatRequest) -> JsonObject:
        kept = {*self.taken, *self.endpoint.route.body, *request.extra_body}
        whole = self._chat.whole_body(request)
        return self.wrapped(request, {name: value for name, value in whole.items() if name in kept})

    def whole_body(self, request: ChatRequest) -> JsonObject:
        return self.body(request)

    def prepare(self, request: ChatRequest) -> Exchange[CountItem]:
        fitted, notes = self._chat.fit(request)
        return announced(super().prepare(fitted), request, self._chat.endpoint.route, notes)

    def items(self, request: ChatRequest, answer: AnswerT) -> Iterable[CountItem]:
        tokens = self.tokens(answer)
        if tokens < 0:
            raise ProtocolError(f"the answer counts {tokens} tokens")
        yield StreamStart(None, None, self.provider)
        yield self.counted(request, tokens)
