"""Hugging Face's task `feature-extraction`, as its inference providers and Text Embeddings Inference serve it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import msgspec

from fluent_ai.content.events import StreamStart
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.errors import ConfigError, ProtocolError
from fluent_ai.protocols.embeddings.embed_codec import EmbedCodec
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.embed import Embedding, EmbedRequest


class FeatureExtraction(EmbedCodec[list[Any]]):
    decoder = msgspec.json.Decoder(list[Any])
    fields: ClassVar[WireFields] = {"truncate": "truncate"}

    def body(self, request: EmbedRequest) -> JsonObject:
        self.purpose(request)
        body: JsonObject = {"inputs": list(request.texts)}
        self.put(body, "dimensions", request.dimensions)
        self.put(body, "truncate", request.truncate)
        return body

    def wire_model(self, model: str) -> str:
        if not {"", ".", ".."}.isdisjoint(model.split("/")):
            raise ConfigError(f"model is {model!r}; allowed by {self.provider}: owner/name")
        return model

    def items(self, request: EmbedRequest, answer: list[Any]) -> Iterable[Embedding | Note]:
        yield StreamStart(None, None, self.provider)
        if any(isinstance(vector, list) and any(isinstance(part, list) for part in vector) for vector in answer):
            raise ProtocolError("the model answers with a vector for each token, not for each text")
        # Some servers answer one text with its bare vector.
        bare = len(request.inputs) == 1 and not any(isinstance(part, list) for part in answer)
        yield from self.embeddings(request, [answer] if bare else answer)
