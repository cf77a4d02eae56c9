"""Amazon's Titan embeddings on Bedrock, of texts, and of texts and images: one input a request."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.titan_embeddings import TitanEmbedding

from fluent_ai.content.events import StreamStart, UsageUpdate
from fluent_ai.content.files import load
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import ImagePart
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
        given = self.only(request.inputs)
        self.purpose(request)
        if isinstance(given, ImagePart):
            body: JsonObject = {"inputImage": base64.b64encode(load(given)[0]).decode()}
        else:
            body = {"inputText": given}
        dimensions: object = request.dimensions
        if dimensions is not None and self.endpoint.route.image_inputs:
            dimensions = {"outputEmbeddingLength": dimensions}
        self.put(body, "dimensions", dimensions)
        self.put(body, "truncate", request.truncate)
        return body

    def items(self, request: EmbedRequest, answer: TitanEmbedding) -> Iterable[Embedding | Note]:
        yield StreamStart(None, None, self.provider)
        yield from self.embeddings(request, [answer.embedding])
        yield UsageUpdate(Usage(input_tokens=whole(answer.inputTextTokenCount)))
