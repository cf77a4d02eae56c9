"""Embeddings of Ollama's own API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import msgspec
from fluent_ai_wire.ollama_embed import EmbedResponse

from fluent_ai.content.events import StreamStart, UsageUpdate
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.reply import Usage
from fluent_ai.content.results import Note
from fluent_ai.protocols.embeddings.embed_codec import EmbedCodec
from fluent_ai.protocols.shared.usage import whole
from fluent_ai.protocols.shared.whole_response import WireFields
from fluent_ai.verbs.embed import Embedding, EmbedRequest


class OllamaEmbed(EmbedCodec[EmbedResponse]):
    decoder = msgspec.json.Decoder(EmbedResponse)
    fields: ClassVar[WireFields] = {"dimensions": "dimensions", "truncate": "truncate"}

    def body(self, request: EmbedRequest) -> JsonObject:
        self.purpose(request)
        body: JsonObject = {"model": request.model, "input": list(request.texts)}
        self.put(body, "dimensions", request.dimensions)
        self.put(body, "truncate", request.truncate)
        return body

    def items(self, request: EmbedRequest, answer: EmbedResponse) -> Iterable[Embedding | Note]:
        yield StreamStart(None, answer.model, self.provider)
        yield from self.embeddings(request, answer.embeddings or ())
        yield UsageUpdate(Usage(input_tokens=whole(answer.prompt_eval_count)))
