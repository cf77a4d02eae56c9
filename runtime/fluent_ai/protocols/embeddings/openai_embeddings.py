"""OpenAI's embeddings, and those of the many who follow them. Images are written as Jina takes them."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.openai_embeddings import EmbeddingList

from fluent_ai.content.events import StreamStart
from fluent_ai.content.files import load
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.protocols.embeddings.embed_codec import EmbedCodec
from fluent_ai.protocols.shared.usage import input_usage
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.embed import Embedding, EmbedInput, EmbedRequest


def _input(given: EmbedInput) -> str | JsonObject:
    if isinstance(given, str):
        return given
    return {"image": given.url if given.url is not None else base64.b64encode(load(given)[0]).decode()}


class OpenAIEmbeddings(EmbedCodec[EmbeddingList]):
    decoder = msgspec.json.Decoder(EmbeddingList)
    fields: ClassVar[WireFields] = {"dimensions": "dimensions", "input_type": "input_type"}

    def body(self, request: EmbedRequest) -> JsonObject:
        body: JsonObject = {"model": request.model, "input": [_input(each) for each in request.inputs]}
        self.put(body, "dimensions", request.dimensions)
        self.put(body, "input_type", self.purpose(request))
        self.put(body, "truncate", request.truncate)
        return body

    def items(self, request: EmbedRequest, answer: EmbeddingList) -> Iterable[Embedding | Note]:
        yield StreamStart(answer.id, answer.model, self.provider)
        yield from self.indexed(request, [(row.index, row.embedding) for row in answer.data or ()])
        yield from input_usage(answer.usage)
