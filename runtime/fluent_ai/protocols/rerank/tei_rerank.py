"""Reranking of Hugging Face's Text Embeddings Inference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.tei_rerank import Rank

from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.protocols.rerank.rerank_codec import RerankCodec
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.rerank import Ranked, RerankRequest


class TeiRerank(RerankCodec[list[Rank]]):
    decoder = msgspec.json.Decoder(list[Rank])
    fields: ClassVar[WireFields] = {"truncate": "truncate"}

    def body(self, request: RerankRequest) -> JsonObject:
        body: JsonObject = {"query": request.query, "texts": list(request.documents)}
        self.put(body, "truncate", request.truncate)
        return body

    def items(self, request: RerankRequest, answer: list[Rank]) -> Iterable[Ranked | Note]:
        yield StreamStart(None, None, self.provider)
        yield from self.ranking(request, [(row.index, row.score) for row in answer])
