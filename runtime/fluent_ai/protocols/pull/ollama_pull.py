"""Ollama's pull: a line of JSON for each step. Source: https://docs.ollama.com/api/pull."""

from __future__ import annotations

import msgspec
from fluent_ai_wire.ollama_pull import PullStep

from fluent_ai.content.events import Progress
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.errors import FluentError
from fluent_ai.framing import Framing
from fluent_ai.framing.ndjson import NDJSONDecoder
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.shared.codec import JsonCodec
from fluent_ai.protocols.shared.decoding import decoded
from fluent_ai.protocols.shared.usage import whole
from fluent_ai.protocols.shared.verb_parser import VerbParser
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.pull import PullItem, PullRequest

_decode = msgspec.json.Decoder(PullStep).decode


class OllamaPull(JsonCodec[PullRequest, PullItem]):
    accept = "application/x-ndjson"

    def body(self, request: PullRequest) -> JsonObject:
        return {"model": request.model, "stream": True}

    def new_parser(self, request: PullRequest) -> Parser[PullItem]:
        return OllamaPullParser(self.endpoint, request.model)


class OllamaPullParser(VerbParser[PullItem]):
    """A step is a Progress whose phase is Ollama's own word for it, in bytes where it counts them."""

    def __init__(self, endpoint: Endpoint, model: str) -> None:
        super().__init__(endpoint)
        self._model = model

    def framing(self, start: int) -> Framing[bytes]:
        return NDJSONDecoder()

    def event(self, data: bytes) -> None:
        step = decoded(_decode, data, "step of a pull")
        if step.error is not None:
            raise self.refused(data)
        self.start(model=self._model)
        self.emit(Progress(step.status or "", whole(step.completed) or 0, whole(step.total)))
        self.done = step.status == "success"

    def describe(self, error: FluentError) -> None:
        super().describe(error)
        error.model = self._model
