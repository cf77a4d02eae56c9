"""Embeddings of Gemini models on Vertex AI: `embedContent`, one text a request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.gemini_embeddings import EmbedContentResponse

from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.protocols.embeddings.embed_codec import GOOGLE_TASKS, EmbedCodec
from fluent_ai.protocols.shared.usage import input_usage
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.embed import Embedding, EmbedRequest


class VertexEmbedContent(EmbedCodec[EmbedContentResponse]):
    decoder = msgspec.json.Decoder(EmbedContentResponse)
    fields: ClassVar[WireFields] = {"dimensions": "outputDimensionality", "truncate": "autoTruncate"}
    input_types = GOOGLE_TASKS

    def body(self, request: EmbedRequest) -> JsonObject:
        text = self.only(request.texts)
        config: JsonObject = {}
        self.put(config, "dimensions", request.dimensions)
        self.put(config, "truncate", request.truncate)
        if (purpose := self.purpose(request)) is not None:
            config["taskType"] = purpose
        body: JsonObject = {"content": {"parts": [{"text": text}]}}
        return body | ({"embedContentConfig": config} if config else {})

    def items(self, request: EmbedRequest, answer: EmbedContentResponse) -> Iterable[Embedding | Note]:
        yield StreamStart(None, None, self.provider)
        yield from self.embeddings(request, [answer.embedding.values] if answer.embedding else [])
        yield from input_usage(answer.usageMetadata, "promptTokenCount")
