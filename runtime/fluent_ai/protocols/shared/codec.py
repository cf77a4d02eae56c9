"""What the codecs of all protocols share: a request out, a parser for its answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Generic, TypeVar
from urllib.parse import quote

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import Tool, ToolCall
from fluent_ai.content.requests import Request
from fluent_ai.errors import ApiError, ConfigError
from fluent_ai.http.messages import HttpRequest
from fluent_ai.interfaces import Exchange, Parser
from fluent_ai.protocols.shared.api_errors import api_error
from fluent_ai.protocols.shared.encoding import to_json
from fluent_ai.protocols.shared.frame_parser import FrameParser
from fluent_ai.providers.endpoints import Endpoint

RequestT = TypeVar("RequestT", bound=Request)
ItemT = TypeVar("ItemT")


class JsonCodec(ABC, Generic[RequestT, ItemT]):
    """A protocol says what the body is and how it is answered.

    `{model}` in the route's path becomes the model id as one segment, `{+model}` as several where it holds slashes.
    """

    accept: ClassVar[str] = "application/json"

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    @abstractmethod
    def body(self, request: RequestT) -> JsonObject:
        """The request in the protocol's own words. Raises ConfigError for what the provider cannot do."""

    @abstractmethod
    def new_parser(self, request: RequestT) -> Parser[ItemT]:
        """A parser for the answer to this request."""

    def url(self, request: RequestT) -> str:
        """Where the request goes."""
        return self.endpoint.url

    def wire_model(self, model: str) -> str:
        """The model's id as it stands in the path."""
        return model

    def whole_body(self, request: RequestT) -> JsonObject:
        """The body with what options, the route and the caller add to it."""
        route = self.endpoint.route
        body = self.body(request)
        self.add_options(body, request)
        body.update(route.body)
        body.update(request.extra_body)
        if not route.model_in_body:
            body.pop("model", None)
        return body

    def add_options(self, body: JsonObject, request: RequestT) -> None:
        """What a capability with options of the provider's own adds to the body."""

    def encode(self, request: RequestT) -> tuple[bytes, str]:
        """The body as bytes, and its media type."""
        return to_json(self.whole_body(request)), "application/json"

    def prepare(self, request: RequestT) -> Exchange[ItemT]:
        endpoint = self.endpoint
        body, media_type = self.encode(request)
        headers = {"content-type": media_type, "accept": self.accept, **endpoint.headers}
        headers.update(request.extra_headers)
        http = HttpRequest("POST", self._full_url(request), headers, body)
        return Exchange(http, partial(self._parser, request), self._decode_error, endpoint.authenticator)

    def _parser(self, request: RequestT) -> Parser[ItemT]:
        parser = self.new_parser(request)
        if isinstance(parser, FrameParser):
            parser.ask(request.model)
        return parser

    def _full_url(self, request: RequestT) -> str:
        url = self.url(request)
        if "model}" not in url:
            return url
        model = quote(self.wire_model(request.model), safe=":@/")
        url = url.replace("{+model}", model).replace("{model}", model.replace("/", "%2F"))
        if not {".", ".."}.isdisjoint(url.split("/")):
            raise ConfigError(f"model is {request.model!r}; allowed: ids without the segments . and .. of a path")
        return url

    def _decode_error(self, status: int, headers: Mapping[str, str], body: bytes) -> ApiError:
        return api_error(self.endpoint.manifest.id, status, headers, body, self.endpoint.secrets)


def other_url(endpoint: Endpoint) -> str:
    """Where the route does what its `path` does not."""
    return endpoint.url.removesuffix(endpoint.route.path) + endpoint.route.media.other_path


def arguments_text(call: ToolCall) -> str:
    """A call's arguments as JSON text, or as they came."""
    return call.arguments if isinstance(call.arguments, str) else to_json(call.arguments).decode()


def tool_schema(tool: Tool) -> JsonObject:
    """The schema of a tool's arguments with what servers miss in that of a tool that takes none.

    OpenAI and LM Studio refuse an object without `properties`, which is what MCP servers offer.
    """
    return {"type": "object", "properties": {}} | tool.parameters


def function_tool(tool: Tool) -> JsonObject:
    """A tool as OpenAI's chat completions write it, and those who follow them."""
    function: JsonObject = {"name": tool.name, "parameters": tool_schema(tool)}
    if tool.description:
        function["description"] = tool.description
    return {"type": "function", "function": function}
