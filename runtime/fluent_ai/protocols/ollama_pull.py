"""Ollama's pull: a line of JSON for each step. Source: https://docs.ollama.com/api/pull."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from fluent_ai_wire.ollama_pull import PullStep

from fluent_ai.errors import FluentError, ProtocolError, StreamTruncated, untraced
from fluent_ai.events import Progress, StreamStart
from fluent_ai.framing.ndjson import NDJSONDecoder
from fluent_ai.interfaces import Parser
from fluent_ai.protocols.api_errors import api_error
from fluent_ai.protocols.codec import JsonCodec
from fluent_ai.protocols.decoding import DECODE_ERRORS, undecodable
from fluent_ai.protocols.endpoint import Endpoint
from fluent_ai.protocols.usage import whole
from fluent_ai.pulling import PullItem, PullRequest
from fluent_ai.vocabulary import JsonObject

_decode = msgspec.json.Decoder(PullStep).decode


class OllamaPull(JsonCodec[PullRequest, PullItem]):
    accept = "application/x-ndjson"

    def body(self, request: PullRequest) -> JsonObject:
        return {"model": request.model, "stream": True}

    def new_parser(self, request: PullRequest) -> Parser[PullItem]:
        return OllamaPullParser(self.endpoint, request.model)


class OllamaPullParser:
    """A step is a Progress whose phase is Ollama's own word for it, in bytes where it counts them."""

    def __init__(self, endpoint: Endpoint, model: str) -> None:
        self.error: FluentError | None = None
        self.done = False
        self._provider = endpoint.manifest.id
        self._secrets = endpoint.secrets
        self._model = model
        self._started = False
        self._framing = NDJSONDecoder()

    def feed(self, data: bytes) -> list[PullItem]:
        try:
            return self._steps(self._framing.feed(data))
        except ProtocolError as error:
            self.error = error
        return []

    def finish(self) -> list[PullItem]:
        steps = [] if self.done or self.error else self._steps(self._framing.finish())
        if self.error is None and not self.done:
            self.error = StreamTruncated("the pull ended before the model was there")
        if self.error is not None:
            self.error.provider, self.error.model = self._provider, self._model
            raise untraced(self.error)
        return steps

    def _steps(self, lines: Iterable[bytes]) -> list[PullItem]:
        found: list[PullItem] = []
        for line in lines:
            if self.done or self.error is not None:
                break
            try:
                step = _decode(line)
            except DECODE_ERRORS as error:
                self.error = undecodable("step of a pull", error)
                break
            if step.error is not None:
                self.error = api_error(self._provider, None, {}, line, self._secrets)
                break
            if not self._started:
                self._started = True
                found.append(StreamStart(model=self._model, provider=self._provider))
            found.append(Progress(step.status or "", whole(step.completed) or 0, whole(step.total)))
            self.done = step.status == "success"
        return found
