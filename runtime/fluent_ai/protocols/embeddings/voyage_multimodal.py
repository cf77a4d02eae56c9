"""Voyage AI's multimodal embeddings: texts and images in one space of vectors."""

from __future__ import annotations

from typing import ClassVar

from fluent_ai.content.files import data_url
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.protocols.embeddings.openai_embeddings import OpenAIEmbeddings
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.embed import EmbedInput, EmbedRequest


class VoyageMultimodal(OpenAIEmbeddings):
    """It answers as OpenAI does, and is asked otherwise."""

    fields: ClassVar[WireFields] = {
        "dimensions": "output_dimension",
        "input_type": "input_type",
        "truncate": "truncation",
    }

    def body(self, request: EmbedRequest) -> JsonObject:
        body: JsonObject = {
            "model": request.model,
            "inputs": [{"content": [_content(each)]} for each in request.inputs],
        }
        self.put(body, "dimensions", request.dimensions)
        self.put(body, "input_type", self.purpose(request))
        self.put(body, "truncate", request.truncate)
        return body


def _content(given: EmbedInput) -> JsonObject:
    if isinstance(given, str):
        return {"type": "text", "text": given}
    if given.url is not None:
        return {"type": "image_url", "image_url": given.url}
    return {"type": "image_base64", "image_base64": data_url(given)}
