"""Cohere's reranking, and that of the many who follow it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.cohere_rerank import RerankAnswer

from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.protocols.rerank.rerank_codec import RerankCodec
from fluent_ai.protocols.shared.usage import input_usage
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.rerank import Ranked, RerankRequest


class CohereRerank(RerankCodec[RerankAnswer]):
    decoder = msgspec.json.Decoder(RerankAnswer)
    fields: ClassVar[WireFields] = {"top_n": "top_n"}

    def body(self, request: RerankRequest) -> JsonObject:
        body: JsonObject = {"model": request.model, "query": request.query, "documents": list(request.documents)}
        self.put(body, "top_n", request.top_n)
        self.put(body, "truncate", request.truncate)
        return body

    def items(self, request: RerankRequest, answer: RerankAnswer) -> Iterable[Ranked | Note]:
        yield StreamStart(answer.id, answer.model, self.provider)
        rows = answer.results if answer.results is not None else answer.data
        yield from self.ranking(request, [(row.index, row.relevance_score) for row in rows or ()])
        if answer.usage is not None:
            yield from input_usage(answer.usage)
        else:
            yield from input_usage(answer.meta, "billed_units.input_tokens", "tokens.input_tokens")
