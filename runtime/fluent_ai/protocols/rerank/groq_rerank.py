"""Groq's reranking, which names documents by their text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from fluent_ai_wire.groq_rerank import RerankedDocument, RerankingAnswer

from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.rerank.rerank_codec import RerankCodec
from fluent_ai.protocols.shared.usage import input_usage
from fluent_ai.verbs.rerank import Ranked, RerankRequest


class GroqRerank(RerankCodec[RerankingAnswer]):
    decoder = msgspec.json.Decoder(RerankingAnswer)

    def body(self, request: RerankRequest) -> JsonObject:
        body: JsonObject = {"model": request.model, "query": request.query, "docs": list(request.documents)}
        self.put(body, "truncate", request.truncate)
        return body

    def items(self, request: RerankRequest, answer: RerankingAnswer) -> Iterable[Ranked | Note]:
        yield StreamStart(answer.id, answer.model, self.provider)
        yield from self.ranking(request, _numbered(request.documents, answer.results or ()))
        yield from input_usage(answer.usage)


def _numbered(documents: Sequence[str], rows: Iterable[RerankedDocument]) -> Iterator[tuple[int | None, object]]:
    """Each result with the number of its document; equal documents are taken in turn, as their scores are equal."""
    places: defaultdict[str | None, list[int]] = defaultdict(list)
    for index in reversed(range(len(documents))):
        places[documents[index]].append(index)
    for row in rows:
        if not places[row.doc]:
            raise ProtocolError("a result names a document that was not sent, or names it too often")
        yield places[row.doc].pop(), row.score
