"""Ollama's own chat, the request side. Source: https://docs.ollama.com/api/chat."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping

from fluent_ai.arguments import unsupported
from fluent_ai.content.files import load
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import ImagePart, Message, ReasoningPart, TextPart, ToolCall, ToolCallPart, ToolResultPart
from fluent_ai.content.portable import portable
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
from fluent_ai.protocols.chat.history.turns import arguments_object
from fluent_ai.protocols.chat.ollama_chat_parser import OllamaChatParser
from fluent_ai.protocols.shared.codec import function_tool

_TOP_LEVEL = ("keep_alive",)
"""Options that stand beside `options`; all others, which are the model's own parameters, stand inside it."""

_EFFORTS: dict[str, bool | str] = {"none": False, "low": "low", "medium": "medium", "high": "high"}


class OllamaChat(JsonChatCodec):
    """Chat request to HTTP exchange. Images are the only files; tools cannot be forced on the model."""

    parser = OllamaChatParser
    accept = "application/x-ndjson"

    def body(self, request: ChatRequest) -> JsonObject:
        provider = self.endpoint.manifest.id
        body: JsonObject = {
            "model": request.model,
            "messages": list(_messages(request, provider)),
            "stream": True,
        }
        if request.tool_choice not in (None, "auto", "none"):
            raise unsupported(f"tool_choice {request.tool_choice!r}", provider)
        if request.tools and request.tool_choice != "none":
            body["tools"] = [function_tool(tool) for tool in request.tools]
        if request.output is not None:
            body["format"] = request.output
        if request.reasoning is not None:
            if request.reasoning not in _EFFORTS:
                allowed = ", ".join(_EFFORTS)
                raise ConfigError(f"reasoning is {request.reasoning!r}; allowed for {provider}: {allowed}")
            body["think"] = _EFFORTS[request.reasoning]
        if request.logprobs is not None:
            body |= {"logprobs": True, "top_logprobs": request.logprobs}
        given = {
            "temperature": request.temperature,
            "top_p": request.top_p,
            "top_k": request.top_k,
            "num_predict": request.max_tokens,
            "stop": list(request.stop) or None,
            "seed": request.seed,
        }
        if options := {name: value for name, value in given.items() if value is not None}:
            body["options"] = options
        return body

    def add_options(self, body: JsonObject, request: ChatRequest) -> None:
        for name, value in request.options.items():
            (body if name in _TOP_LEVEL else body.setdefault("options", {}))[name] = value


def _messages(request: ChatRequest, provider: str) -> Iterable[JsonObject]:
    names: dict[str, str] = {}
    if request.system is not None:
        yield {"role": "system", "content": request.system}
    for message in request.messages:
        for part in message.parts:
            if isinstance(part, ToolResultPart):
                yield _result(part, names)
            elif isinstance(part, ToolCallPart):
                names[part.call.id] = part.call.name
        if message.role != "tool":
            yield _message(message, provider)


def _message(message: Message, provider: str) -> JsonObject:
    texts: list[str] = []
    thinking: list[str] = []
    images: list[str] = []
    calls: list[JsonObject] = []
    for part in portable(message):
        match part:
            case TextPart():
                texts.append(part.text)
            case ReasoningPart():
                # Its models want their own thoughts back while they call tools.
                thinking.append(part.text)
            case ImagePart():
                images.append(base64.b64encode(load(part)[0]).decode())
            case ToolCallPart():
                calls.append(_call(part.call))
            case _:
                raise ConfigError(f"{type(part).__name__} cannot be sent to {provider}; allowed: text, images, tools")
    wire: JsonObject = {"role": message.role, "content": "".join(texts)}
    for name, found in (("thinking", "".join(thinking)), ("images", images), ("tool_calls", calls)):
        if found:
            wire[name] = found
    return wire


def _call(call: ToolCall) -> JsonObject:
    return {"id": call.id, "function": {"name": call.name, "arguments": arguments_object(call)}}


def _result(part: ToolResultPart, names: Mapping[str, str]) -> JsonObject:
    wire: JsonObject = {"role": "tool", "tool_call_id": part.call_id, "content": part.content}
    if part.call_id in names:
        wire["tool_name"] = names[part.call_id]
    return wire
