"""OpenAI chat completions, the request side: the protocol that most providers speak."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

import msgspec

from fluent_ai.arguments import unsupported
from fluent_ai.content.documents import Document
from fluent_ai.content.files import data_url
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import (
    AudioPart,
    DocumentPart,
    ImagePart,
    Message,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)
from fluent_ai.content.portable import portable
from fluent_ai.content.requests import ChatRequest, ReasoningEffort
from fluent_ai.errors import ConfigError
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
from fluent_ai.protocols.chat.history.origin import is_seal
from fluent_ai.protocols.chat.history.rules import rules_for
from fluent_ai.protocols.chat.openai_chat_parser import OpenAIChatParser
from fluent_ai.protocols.chat.reading.reasoning_details import as_detail
from fluent_ai.protocols.shared.codec import arguments_text, function_tool
from fluent_ai.providers.endpoints import Endpoint


class OpenAIChat(JsonChatCodec):
    """Chat request to HTTP exchange."""

    parser = OpenAIChatParser

    def body(self, request: ChatRequest) -> JsonObject:
        body = _body(request, self.endpoint)
        if request.documents and self.cites(request):
            body["documents"] = [_document(number, each) for number, each in enumerate(request.documents)]
        return body


def _document(number: int, document: Document) -> JsonObject:
    """Source: https://console.groq.com/docs/api-reference#chat-create."""
    return {"id": str(number), "source": {"type": "json", "data": {"title": document.name, "text": document.text}}}


def _body(request: ChatRequest, endpoint: Endpoint) -> JsonObject:
    quirks = endpoint.manifest.quirks
    body: JsonObject = {"model": request.model, "messages": list(_messages(request, endpoint)), "stream": True}
    if quirks.stream_usage:
        body["stream_options"] = {"include_usage": True}
    for name, value in (
        ("temperature", request.temperature),
        ("top_p", request.top_p),
        (quirks.max_tokens_field, request.max_tokens),
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
        body |= _tools(request, endpoint)
    if request.output is not None and quirks.output == "json_object":
        body["response_format"] = {"type": "json_object"}
    elif request.output is not None:
        schema = {"name": "output", "schema": request.output, "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    if request.logprobs is not None:
        body |= _logprobs(request.logprobs, endpoint)
    if request.reasoning is not None:
        body |= reasoning_fields(request.reasoning, endpoint)
    return body


def _logprobs(alternatives: int, endpoint: Endpoint) -> JsonObject:
    match endpoint.manifest.quirks.logprobs:
        case "top_logprobs":
            return {"logprobs": True, "top_logprobs": alternatives}
        case "count":
            return {"logprobs": alternatives}
        case "flag" if alternatives:
            provider = endpoint.manifest.id
            raise ConfigError(f"logprobs is {alternatives}; {provider} tells no alternatives; allowed: 0")
        case "flag":
            return {"logprobs": True}
        case "none":
            raise unsupported("logprobs", endpoint.manifest.id)


def reasoning_fields(effort: ReasoningEffort, endpoint: Endpoint) -> JsonObject:
    """How the row asks for reasoning. Raises ConfigError for an effort that it does not take."""
    quirks = endpoint.manifest.quirks
    field = endpoint.route.reasoning_field or quirks.reasoning_field
    efforts = endpoint.route.efforts or quirks.efforts
    if efforts and effort not in efforts:
        raise ConfigError(f"reasoning is {effort!r}; allowed for {endpoint.manifest.id}: {', '.join(efforts)}")
    match field:
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


def _tools(request: ChatRequest, endpoint: Endpoint) -> JsonObject:
    choice = request.tool_choice
    offered: JsonObject = {"tools": [function_tool(tool) for tool in request.tools]}
    match endpoint.manifest.quirks.tools:
        case "none":
            raise unsupported("tools", endpoint.manifest.id)
        case "auto" if choice not in (None, "auto", "none"):
            raise unsupported(f"tool_choice {choice!r}", endpoint.manifest.id)
        case "auto":
            return {} if choice == "none" else offered
    if choice is None:
        return offered
    named = {"type": "function", "function": {"name": choice}}
    return {**offered, "tool_choice": choice if choice in ("auto", "none", "required") else named}


def _system(request: ChatRequest, endpoint: Endpoint) -> str | None:
    """The system option, with the schema of the output where the provider promises JSON and no more."""
    if request.output is None or endpoint.manifest.quirks.output != "json_object":
        return request.system
    schema = msgspec.json.encode(request.output).decode()
    asked = f"Answer with one JSON object that fits this JSON schema:\n{schema}"
    return f"{request.system}\n\n{asked}" if request.system else asked


def _messages(request: ChatRequest, endpoint: Endpoint) -> Iterable[JsonObject]:
    quirks, rules = endpoint.manifest.quirks, rules_for(endpoint, request.model)
    thinks = request.reasoning != "none"
    if (system := _system(request, endpoint)) is not None:
        yield {"role": "system", "content": system}
    for message in request.messages:
        if message.role == "tool":
            for part in message.parts:
                if isinstance(part, ToolResultPart):
                    yield {"role": "tool", "tool_call_id": part.call_id, "content": _result(part, quirks.audio)}
            continue
        wire = _message(message, quirks.audio)
        if message.role == "assistant":
            wire |= _reasoning_back(message, quirks.echo_reasoning)
            if rules.reasoning_placeholder and thinks and "reasoning_content" not in wire:
                wire["reasoning_content"] = rules.reasoning_placeholder
        yield wire


def _result(part: ToolResultPart, audio: str) -> str | list[JsonObject]:
    if not part.files:
        return part.content
    texts = [TextPart(part.content)] if part.content else []
    return [_part(each, audio) for each in (*texts, *part.files)]


def _reasoning_back(message: Message, echo: bool) -> JsonObject:
    """Reasoning as it came: in typed details or blocks, which are sealed, or as text where the row wants it."""
    parts = [part for part in message.parts if isinstance(part, ReasoningPart)]
    typed = [
        as_detail(part.raw, part.text, part.signature, part.redacted)
        for part in parts
        if part.raw is not None and "type" in part.raw
    ]
    if details := [detail for detail in typed if str(detail["type"]).startswith("reasoning.")]:
        return {"reasoning_details": details}
    if blocks := [block for block in typed if block["type"] in ("thinking", "redacted_thinking")]:
        return {"thinking_blocks": blocks}
    text = "".join(part.text for part in parts) if echo else ""
    return {"reasoning_content": text} if text else {}


def _message(message: Message, audio: str) -> JsonObject:
    content: list[JsonObject] = []
    calls: list[JsonObject] = []
    images: list[JsonObject] = []
    seal: ReasoningPart | None = None
    for part in portable(message):
        if isinstance(part, ToolCallPart):
            calls.append(_call(part, seal))
        elif isinstance(part, ImagePart) and message.role == "assistant":
            images.append({"image_url": {"url": data_url(part)}})
        elif not isinstance(part, ReasoningPart | ToolResultPart):
            content.append(_part(part, audio))
        seal = part if isinstance(part, ReasoningPart) and is_seal(part) and "type" not in (part.raw or {}) else None
    wire: JsonObject = {"role": message.role}
    if calls and not content:
        pass  # null is refused by some, and empty text by others
    elif all(part["type"] == "text" for part in content):
        wire["content"] = "".join(part["text"] for part in content)
    else:
        wire["content"] = content
    if images:
        wire["images"] = images
    if calls:
        wire["tool_calls"] = calls
    return wire


def _part(part: TextPart | ImagePart | AudioPart | DocumentPart, audio: str) -> JsonObject:
    match part:
        case TextPart():
            return {"type": "text", "text": part.text}
        case ImagePart():
            detail = {} if part.detail is None else {"detail": part.detail}
            return {"type": "image_url", "image_url": {"url": data_url(part), **detail}}
        case AudioPart():
            sound = _audio(part)
            return {"type": "input_audio", "input_audio": sound["data"] if audio == "base64" else sound}
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


def _call(part: ToolCallPart, seal: ReasoningPart | None) -> JsonObject:
    """Google's endpoints seal calls, and refuse those of a turn that comes back without.

    Source: https://ai.google.dev/gemini-api/docs/thought-signatures.
    """
    call = part.call
    function = {"name": call.name, "arguments": arguments_text(call)}
    wire: JsonObject = {"id": call.id, "type": "function", "function": function}
    if part.raw is not None and "extra_content" in part.raw:
        wire["extra_content"] = part.raw["extra_content"]
    elif seal is not None:
        namespace = (seal.raw or {}).get("namespace", "google")
        wire["extra_content"] = {namespace: {"thought_signature": seal.signature}}
    return wire
