"""What the codecs have in common whose endpoints cut a text into tokens and know nothing of conversations."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar, TypeVar

from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.requests import ChatRequest
from fluent_ai.content.token_counts import likely_tokens
from fluent_ai.interfaces import Exchange
from fluent_ai.protocols.chat.history.quoting import with_quotes
from fluent_ai.protocols.shared.whole_response import WholeResponseCodec
from fluent_ai.protocols.token_counting.estimate import HIDDEN, MARGIN, read_texts, weigh
from fluent_ai.verbs.count_tokens import Counted, CountItem

AnswerT = TypeVar("AnswerT")


class TextCodec(WholeResponseCodec[ChatRequest, CountItem, AnswerT]):
    """The texts of a request are counted, what stands around them is estimated. Where they are too long for one call,
    the beginning is counted, and says how dense the rest is.
    """

    longest: ClassVar[int | None] = None
    """Characters that the endpoint takes."""

    @abstractmethod
    def tokens(self, answer: AnswerT) -> int:
        """The number of tokens of the text."""

    def prepare(self, request: ChatRequest) -> Exchange[CountItem]:
        return super().prepare(with_quotes(request) if request.documents else request)

    def body(self, request: ChatRequest) -> JsonObject:
        return {"model": request.model, "text": "\n".join(read_texts(request))[: self.longest] or " "}

    def items(self, request: ChatRequest, answer: AnswerT) -> Iterable[CountItem]:
        text, tokens = "\n".join(read_texts(request)), self.tokens(answer)
        found = weigh(request, self.endpoint.manifest.pictures_for(request.model))
        sent = text[: self.longest]
        unsent = likely_tokens(text[len(sent) :]) * tokens / max(likely_tokens(sent), 1)
        margin = HIDDEN + found.around + found.files + MARGIN * unsent
        total = round(tokens + unsent + found.around + found.files)
        yield StreamStart(None, None, self.provider)
        yield Counted(total, "estimate" if unsent else "tokenizer", round(margin))
