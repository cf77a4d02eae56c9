"""Amazon's Titan text embeddings on Bedrock: one text a request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.titan_embeddings import TitanEmbedding

from fluent_ai.content.events import StreamStart, UsageUpdate
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import Usage
from fluent_ai.content.results import Note
from fluent_ai.protocols.embeddings.embed_codec import EmbedCodec
from fluent_ai.protocols.shared.usage import whole
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.embed import Embedding, EmbedRequest


class TitanEmbeddings(EmbedCodec[TitanEmbedding]):
    decoder = msgspec.json.Decoder(TitanEmbedding)
    fields: ClassVar[WireFields] = {"dimensions": "dimensions"}

    def body(self, request: EmbedRequest) -> JsonObject:
        text = self.only(request.texts)
        self.purpose(request)
        body: JsonObject = {"inputText": text}
        self.put(body, "dimensions", request.dimensions)
        self.put(body, "truncate", request.truncate)
        return body

    def items(self, request: EmbedRequest, answer: TitanEmbedding) -> Iterable[Embedding | Note]:
        yield StreamStart(None, None, self.provider)
        yield from self.embeddings(request, [answer.embedding])
        yield UsageUpdate(Usage(input_tokens=whole(answer.inputTextTokenCount)))
