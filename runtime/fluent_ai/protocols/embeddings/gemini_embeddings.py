"""Gemini's embeddings: `batchEmbedContents`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.gemini_embeddings import BatchEmbedContentsResponse

from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.protocols.embeddings.embed_codec import GOOGLE_TASKS, EmbedCodec
from fluent_ai.protocols.shared.usage import input_usage
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.embed import Embedding, EmbedRequest


class GeminiEmbeddings(EmbedCodec[BatchEmbedContentsResponse]):
    decoder = msgspec.json.Decoder(BatchEmbedContentsResponse)
    fields: ClassVar[WireFields] = {"dimensions": "outputDimensionality"}
    input_types = GOOGLE_TASKS

    def body(self, request: EmbedRequest) -> JsonObject:
        common: JsonObject = {"model": f"models/{self.wire_model(request.model)}"}
        self.put(common, "dimensions", request.dimensions)
        self.put(common, "truncate", request.truncate)
        if (purpose := self.purpose(request)) is not None:
            common["taskType"] = purpose
        return {"requests": [{**common, "content": {"parts": [{"text": text}]}} for text in request.texts]}

    def wire_model(self, model: str) -> str:
        return model.removeprefix("models/")

    def items(self, request: EmbedRequest, answer: BatchEmbedContentsResponse) -> Iterable[Embedding | Note]:
        yield StreamStart(None, None, self.provider)
        yield from self.embeddings(request, [row.values for row in answer.embeddings or ()])
        yield from input_usage(answer.usageMetadata, "promptTokenCount")
