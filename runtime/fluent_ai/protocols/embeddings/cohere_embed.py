"""Cohere's embeddings: its own API, version 2, and the same models on Amazon Bedrock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.cohere_embed import EmbedAnswer

from fluent_ai.content.events import StreamStart
from fluent_ai.content.files import data_url
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import ImagePart
from fluent_ai.content.results import Note
from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.embeddings.embed_codec import EmbedCodec, InputTypes
from fluent_ai.protocols.shared.usage import input_usage
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.embed import Embedding, EmbedInput, EmbedRequest


class CohereEmbed(EmbedCodec[EmbedAnswer]):
    decoder = msgspec.json.Decoder(EmbedAnswer)
    fields: ClassVar[WireFields] = {"dimensions": "output_dimension", "truncate": "truncate"}
    input_types: ClassVar[InputTypes] = {
        "query": "search_query",
        "document": "search_document",
        "classification": "classification",
        "clustering": "clustering",
    }

    def body(self, request: EmbedRequest) -> JsonObject:
        purpose = self.purpose(request) or self.input_types["document"]  # the API insists on one
        body: JsonObject = {"model": request.model, "input_type": purpose}
        if any(isinstance(each, ImagePart) for each in request.inputs):
            body["inputs"] = [{"content": [_content(each)]} for each in request.inputs]
        else:
            body["texts"] = list(request.inputs)
        self.put(body, "dimensions", request.dimensions)
        if request.truncate is not None:
            self.put(body, "truncate", "END" if request.truncate else "NONE")
        return body

    def items(self, request: EmbedRequest, answer: EmbedAnswer) -> Iterable[Embedding | Note]:
        yield StreamStart(answer.id, None, self.provider)
        yield from self.embeddings(request, _vectors(answer.embeddings))
        yield from input_usage(answer.meta, "billed_units.input_tokens", "tokens.input_tokens")


def _content(given: EmbedInput) -> JsonObject:
    if isinstance(given, str):
        return {"type": "text", "text": given}
    return {"type": "image_url", "image_url": {"url": data_url(given)}}


def _vectors(found: object) -> list[object]:
    """Vectors by the type that was asked for, or a bare list of them, which older models on Bedrock answer with."""
    if isinstance(found, dict):
        found = next((found[kind] for kind in ("float", "base64") if found.get(kind) is not None), None)
    if not isinstance(found, list):
        raise ProtocolError("answer: it holds no vectors")
    return found
