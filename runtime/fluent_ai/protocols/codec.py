"""What the codecs of all JSON protocols share: a request out, a parser for its answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import quote

import msgspec

from fluent_ai.errors import ApiError
from fluent_ai.interfaces import Exchange, HttpRequest, StreamParser
from fluent_ai.protocols.api_errors import api_error
from fluent_ai.protocols.endpoint import Endpoint
from fluent_ai.vocabulary import ChatRequest, JsonObject


class JsonChatCodec(ABC):
    """A protocol says what the body is and how it is answered; `{model}` in the route's path becomes the model id."""

    parser: ClassVar[type[StreamParser]]
    accept: ClassVar[str] = "text/event-stream"

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    @abstractmethod
    def body(self, request: ChatRequest) -> JsonObject:
        """The request in the protocol's own words. Raises ConfigError for what the provider cannot do."""

    def prepare(self, request: ChatRequest) -> Exchange:
        endpoint = self.endpoint
        headers = {"content-type": "application/json", "accept": self.accept, **endpoint.headers}
        headers.update((name.lower(), value) for name, value in request.extra_headers.items())
        body = self.body(request)
        body.update(request.options)
        body.update(request.extra_body)
        url = endpoint.url.replace("{model}", quote(request.model, safe=":@"))
        return Exchange(
            HttpRequest("POST", url, headers, msgspec.json.encode(body)),
            type(self).parser(endpoint.manifest.id, endpoint.secrets),
            self._decode_error,
        )

    def _decode_error(self, status: int, headers: Mapping[str, str], body: bytes) -> ApiError:
        return api_error(self.endpoint.manifest.id, status, headers, body, self.endpoint.secrets)
