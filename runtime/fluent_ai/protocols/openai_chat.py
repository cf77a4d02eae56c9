"""OpenAI chat completions, the request side: the protocol that most providers speak."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from fluent_ai.errors import ConfigError
from fluent_ai.files import data_url
from fluent_ai.protocols.codec import JsonChatCodec, arguments_text, function_tool, is_own, unsupported
from fluent_ai.protocols.endpoint import Endpoint
from fluent_ai.protocols.openai_chat_parser import OpenAIChatParser
from fluent_ai.vocabulary import (
    AudioPart,
    ChatRequest,
    DocumentPart,
    ImagePart,
    JsonObject,
    Message,
    ReasoningPart,
    TextPart,
    ToolCall,
    ToolCallPart,
    ToolResultPart,
)


class OpenAIChat(JsonChatCodec):
    """Chat request to HTTP exchange."""

    parser = OpenAIChatParser

    def body(self, request: ChatRequest) -> JsonObject:
        return _body(request, self.endpoint)


def _body(request: ChatRequest, endpoint: Endpoint) -> JsonObject:
    quirks = endpoint.manifest.quirks
    body: JsonObject = {"model": request.model, "messages": list(_messages(request, endpoint)), "stream": True}
    if quirks.stream_usage:
        body["stream_options"] = {"include_usage": True}
    for name, value in (
        ("temperature", request.temperature),
        ("top_p", request.top_p),
        (quirks.max_tokens_field, request.max_tokens),
        ("tool_choice", _tool_choice(request.tool_choice)),
    ):
        if value is not None:
            body[name] = value
    if request.seed is not None:
        if quirks.seed_field == "none":
            raise unsupported("seed", endpoint.manifest.id)
        body[quirks.seed_field] = request.seed
    if request.top_k is not None:
        if not quirks.top_k:
            raise unsupported("top_k", endpoint.manifest.id)
        body["top_k"] = request.top_k
    if request.stop:
        body["stop"] = list(request.stop)
    if request.tools:
        _check_tools(request, endpoint)
        body["tools"] = [function_tool(tool) for tool in request.tools]
    if request.output is not None:
        schema = {"name": "output", "schema": request.output, "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    if request.logprobs is not None:
        body |= {"logprobs": True, "top_logprobs": request.logprobs}
    if request.reasoning is not None:
        body |= _reasoning(request.reasoning, endpoint)
    return body


def _reasoning(effort: str, endpoint: Endpoint) -> JsonObject:
    match endpoint.manifest.quirks.reasoning_field:
        case "reasoning_effort":
            return {"reasoning_effort": effort}
        case "reasoning":
            return {"reasoning": {"effort": effort}}
        case "thinking":
            return {"thinking": {"type": "disabled" if effort == "none" else "enabled"}}
        case "enable_thinking":
            return {"enable_thinking": effort != "none"}
        case "none":
            raise unsupported("reasoning", endpoint.manifest.id)


def _check_tools(request: ChatRequest, endpoint: Endpoint) -> None:
    match endpoint.manifest.quirks.tools:
        case "none":
            raise unsupported("tools", endpoint.manifest.id)
        case "auto" if request.tool_choice not in (None, "auto", "none"):
            raise unsupported(f"tool_choice {request.tool_choice!r}", endpoint.manifest.id)


def _tool_choice(choice: str | None) -> object:
    if choice is None or choice in ("auto", "none", "required"):
        return choice
    return {"type": "function", "function": {"name": choice}}


def _messages(request: ChatRequest, endpoint: Endpoint) -> Iterable[JsonObject]:
    echo = endpoint.manifest.quirks.echo_reasoning
    if request.system is not None:
        yield {"role": "system", "content": request.system}
    for message in request.messages:
        results = [part for part in message.parts if isinstance(part, ToolResultPart)]
        for result in results:
            yield {"role": "tool", "tool_call_id": result.call_id, "content": result.content}
        if len(results) < len(message.parts) or not message.parts:
            wire = _message(message)
            if echo and (reasoning := _own_reasoning(message, endpoint.manifest.id, request.model)):
                wire["reasoning_content"] = reasoning
            yield wire


def _own_reasoning(message: Message, provider: str, model: str) -> str:
    parts = (part for part in message.parts if isinstance(part, ReasoningPart))
    return "".join(part.text for part in parts if is_own(part, provider, model))


def _message(message: Message) -> JsonObject:
    content: list[JsonObject] = []
    calls: list[JsonObject] = []
    for part in message.parts:
        if isinstance(part, ToolCallPart):
            calls.append(_call(part.call))
        elif not isinstance(part, ReasoningPart | ToolResultPart):
            content.append(_part(part))
    wire: JsonObject = {"role": message.role}
    if all(part["type"] == "text" for part in content):
        wire["content"] = "".join(part["text"] for part in content) if content or not calls else None
    else:
        wire["content"] = content
    if calls:
        wire["tool_calls"] = calls
    return wire


def _part(part: TextPart | ImagePart | AudioPart | DocumentPart) -> JsonObject:
    match part:
        case TextPart():
            return {"type": "text", "text": part.text}
        case ImagePart():
            return {"type": "image_url", "image_url": {"url": data_url(part)}}
        case AudioPart():
            return {"type": "input_audio", "input_audio": _audio(part)}
        case DocumentPart():
            if part.url is not None:
                raise ConfigError("DocumentPart holds a URL; chat completions take documents as bytes or a path")
            return {"type": "file", "file": {"filename": part.name or "document", "file_data": data_url(part)}}
        case _:
            assert_never(part)


def _audio(part: AudioPart) -> JsonObject:
    if part.url is not None:
        raise ConfigError("AudioPart holds a URL; chat completions take audio as bytes or a path")
    media_type, _, data = data_url(part).removeprefix("data:").partition(";base64,")
    formats = {"audio/wav": "wav", "audio/x-wav": "wav", "audio/mpeg": "mp3", "audio/mp3": "mp3"}
    if media_type not in formats:
        raise ConfigError(f"AudioPart has media_type {media_type!r}; allowed: {', '.join(formats)}")
    return {"data": data, "format": formats[media_type]}


def _call(call: ToolCall) -> JsonObject:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": arguments_text(call)}}
