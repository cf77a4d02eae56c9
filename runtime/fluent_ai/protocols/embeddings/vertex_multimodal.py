"""Embeddings of texts and images in one space on Vertex AI: `predict` of `multimodalembedding`, one input a request.

Source: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/multimodal-embeddings-api.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.vertex_multimodal import PredictResponse

from fluent_ai.content.events import StreamStart
from fluent_ai.content.files import load
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.protocols.embeddings.embed_codec import EmbedCodec
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.embed import Embedding, EmbedInput, EmbedRequest


class VertexMultimodal(EmbedCodec[PredictResponse]):
    """The answer says nothing of usage. An image with a URL is one in Cloud Storage."""

    decoder = msgspec.json.Decoder(PredictResponse)
    fields: ClassVar[WireFields] = {"dimensions": "dimension"}

    def body(self, request: EmbedRequest) -> JsonObject:
        body: JsonObject = {"instances": [_instance(self.only(request.inputs))]}
        self.purpose(request)
        parameters: JsonObject = {}
        self.put(parameters, "dimensions", request.dimensions)
        self.put(parameters, "truncate", request.truncate)
        return body | ({"parameters": parameters} if parameters else {})

    def items(self, request: EmbedRequest, answer: PredictResponse) -> Iterable[Embedding | Note]:
        yield StreamStart(None, None, self.provider)
        found = answer.predictions or ()
        yield from self.embeddings(request, [each.textEmbedding or each.imageEmbedding for each in found])


def _instance(given: EmbedInput) -> JsonObject:
    if isinstance(given, str):
        return {"text": given}
    if given.url is not None and given.url.startswith("gs://"):
        return {"image": {"gcsUri": given.url}}
    return {"image": {"bytesBase64Encoded": base64.b64encode(load(given)[0]).decode()}}
