"""OpenAI's embeddings, and those of the many who follow them."""

from __future__ import annotations

from collections.abc import Iterable

from fluent_ai_wire.openai_embeddings import EmbeddingList

from fluent_ai.embeddings import Embedding, EmbedRequest
from fluent_ai.errors import ProtocolError
from fluent_ai.events import StreamStart, UsageUpdate
from fluent_ai.protocols.answer import AnswerCodec
from fluent_ai.protocols.codec import unsupported
from fluent_ai.protocols.usage import count
from fluent_ai.protocols.vectors import read_vector
from fluent_ai.results import Note
from fluent_ai.vocabulary import JsonObject, Usage


class OpenAIEmbeddings(AnswerCodec[EmbedRequest, Embedding | Note, EmbeddingList]):
    answer = EmbeddingList

    def body(self, request: EmbedRequest) -> JsonObject:
        if request.input_type is not None:
            raise unsupported("input_type", self.provider)
        if request.truncate is not None:
            raise unsupported("truncate", self.provider)
        body: JsonObject = {"model": request.model, "input": list(request.inputs)}
        if request.dimensions is not None:
            body["dimensions"] = request.dimensions
        return body

    def items(self, request: EmbedRequest, answer: EmbeddingList) -> Iterable[Embedding | Note]:
        yield StreamStart(answer.id, answer.model, self.provider)
        rows = answer.data or []
        if len(rows) != len(request.inputs):
            raise ProtocolError(f"{len(request.inputs)} inputs were sent and {len(rows)} vectors came back")
        for position, row in enumerate(rows):
            index = position if row.index is None else row.index
            if not 0 <= index < len(rows):
                raise ProtocolError(f"vector number {index} answers none of {len(rows)} inputs")
            yield Embedding(request.offset + index, read_vector(row.embedding))
        if isinstance(answer.usage, dict):
            tokens = count(answer.usage, "prompt_tokens")
            tokens = count(answer.usage, "total_tokens") if tokens is None else tokens
            yield UsageUpdate(Usage(input_tokens=tokens, raw=answer.usage))
