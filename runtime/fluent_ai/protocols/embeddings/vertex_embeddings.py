"""Embeddings of Vertex AI: `predict` of a publisher's model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.vertex_embeddings import PredictResponse

from fluent_ai.content.events import StreamStart, UsageUpdate
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import Usage
from fluent_ai.content.results import Note
from fluent_ai.protocols.embeddings.embed_codec import GOOGLE_TASKS, EmbedCodec
from fluent_ai.protocols.shared.usage import whole
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.embed import Embedding, EmbedRequest


class VertexEmbeddings(EmbedCodec[PredictResponse]):
    decoder = msgspec.json.Decoder(PredictResponse)
    fields: ClassVar[WireFields] = {"dimensions": "outputDimensionality", "truncate": "autoTruncate"}
    input_types = GOOGLE_TASKS

    def body(self, request: EmbedRequest) -> JsonObject:
        parameters: JsonObject = {}
        self.put(parameters, "dimensions", request.dimensions)
        self.put(parameters, "truncate", request.truncate)
        purpose = self.purpose(request)
        task = {} if purpose is None else {"task_type": purpose}
        body: JsonObject = {"instances": [{"content": text, **task} for text in request.texts]}
        return body | ({"parameters": parameters} if parameters else {})

    def items(self, request: EmbedRequest, answer: PredictResponse) -> Iterable[Embedding | Note]:
        yield StreamStart(None, None, self.provider)
        found = [row.embeddings for row in answer.predictions or ()]
        yield from self.embeddings(request, [None if each is None else each.values for each in found])
        counts = [whole(each.statistics.token_count) for each in found if each is not None and each.statistics]
        if known := [number for number in counts if number is not None]:
            yield UsageUpdate(Usage(input_tokens=sum(known)))
