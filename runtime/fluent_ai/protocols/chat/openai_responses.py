"""OpenAI Responses, the request side. Source: https://platform.openai.com/docs/api-reference/responses/create."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import assert_never

from fluent_ai.arguments import unsupported
from fluent_ai.content.files import data_url
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import (
    AudioPart,
    DocumentPart,
    HostedToolResultPart,
    ImagePart,
    Media,
    Message,
    ReasoningPart,
    TextPart,
    Tool,
    ToolCallPart,
    ToolResultPart,
    UnknownPart,
)
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
from fluent_ai.protocols.chat.openai_responses_parser import OpenAIResponsesParser
from fluent_ai.protocols.shared.codec import arguments_text, tool_schema

_MOVED = {"reasoning_effort": ("reasoning", "effort"), "verbosity": ("text", "verbosity")}
"""Options of chat completions that Responses keeps inside an object."""

CHAT_ONLY = (
    "audio", "frequency_penalty", "logit_bias", "modalities", "prediction", "presence_penalty",
    "web_search_options",
)  # fmt: skip


class OpenAIResponses(JsonChatCodec):
    """Chat request to HTTP exchange. Nothing is stored at the provider unless `store=True` is passed.

    Reasoning therefore travels with the conversation in its encrypted form. Audio has no place in this protocol, nor
    have stop, seed and top_k.
    """

    parser = OpenAIResponsesParser

    def body(self, request: ChatRequest) -> JsonObject:
        provider = self.endpoint.manifest.id
        for option, given in (("stop", request.stop), ("seed", request.seed), ("top_k", request.top_k)):
            if given not in (None, ()):
                raise unsupported(option, provider)
        body: JsonObject = {
            "model": request.model,
            "input": [item for message in request.messages for item in _items(message)],
            "stream": True,
            "store": False,
        }
        for name, value in (
            ("instructions", request.system),
            ("temperature", request.temperature),
            ("top_p", request.top_p),
            ("max_output_tokens", request.max_tokens),
            ("tool_choice", _tool_choice(request.tool_choice)),
        ):
            if value is not None:
                body[name] = value
        if request.tools:
            body["tools"] = [_tool(tool) for tool in request.tools]
        if request.output is not None:
            form = {"type": "json_schema", "name": "output", "schema": request.output, "strict": True}
            body["text"] = {"format": form}
        include: list[str] = []
        if request.logprobs is not None:
            body["top_logprobs"] = request.logprobs
            include.append("message.output_text.logprobs")
        if request.reasoning is not None:
            body["reasoning"] = {"effort": request.reasoning}
            if request.reasoning != "none":
                # Models that do not reason refuse it.
                include.append("reasoning.encrypted_content")
        if include:
            body["include"] = include
        return body

    def add_options(self, body: JsonObject, request: ChatRequest) -> None:
        for name, value in request.options.items():
            if name in CHAT_ONLY:
                raise unsupported(f"option {name!r}", f"{self.endpoint.manifest.id} for models on its Responses API")
            if name in _MOVED:
                parent, child = _MOVED[name]
                body[parent] = {**body.get(parent, {}), child: value}
            else:
                body[name] = value


def _tool_choice(choice: str | None) -> object:
    if choice is None or choice in ("auto", "none", "required"):
        return choice
    return {"type": "function", "name": choice}


def _tool(tool: Tool) -> JsonObject:
    """Strict is the default here, and refuses schemas that every other protocol takes."""
    wire: JsonObject = {
        "type": "function",
        "name": tool.name,
        "parameters": tool_schema(tool),
        "strict": False,
    }
    if tool.description:
        wire["description"] = tool.description
    return wire


def _items(message: Message) -> Iterable[JsonObject]:
    """One message is several items: what it says, its calls, results and reasoning, in their order."""
    content: list[TextPart | ImagePart | AudioPart | DocumentPart] = []
    for part in message.parts:
        match part:
            case TextPart() | ImagePart() | AudioPart() | DocumentPart():
                if content and _phase(content[-1]) != _phase(part):
                    yield _said(message, content)
                    content = []
                content.append(part)
                continue
            case ReasoningPart() if part.redacted is None:
                continue
            case _:
                pass
        if content:
            yield _said(message, content)
            content = []
        yield _item(part)
    if content or not message.parts:
        yield _said(message, content)


def _item(
    part: ToolCallPart | ToolResultPart | ReasoningPart | HostedToolResultPart | Media | UnknownPart,
) -> JsonObject:
    match part:
        case HostedToolResultPart() | UnknownPart():
            return part.raw or {}
        case ToolCallPart(call) if call.hosted:
            return part.raw or {}
        case Media():
            return {**(part.raw or {}), "result": base64.b64encode(part.data).decode()}
        case ToolCallPart(call):
            arguments = arguments_text(call)
            return {
                "type": "function_call",
                "call_id": call.id,
                "name": call.name,
                "arguments": arguments,
                **_beside(part),
            }
        case ToolResultPart():
            return {"type": "function_call_output", "call_id": part.call_id, "output": _output(part)}
        case ReasoningPart():
            # Without its id: that would have to be followed by the very item that followed it, with the id of that.
            summary = [{"type": "summary_text", "text": part.text}] if part.text else []
            pieces: JsonObject = {
                name: piece for name, piece in (part.raw or {}).items() if name in ("summary", "content")
            }
            return {"type": "reasoning", "summary": summary, **pieces, "encrypted_content": part.redacted}
        case _:
            assert_never(part)


def _output(part: ToolResultPart) -> str | list[JsonObject]:
    if not part.files:
        return part.content
    texts = [TextPart(part.content)] if part.content else []
    return [_content(each) for each in (*texts, *part.files)]


def _said(message: Message, parts: list[TextPart | ImagePart | AudioPart | DocumentPart]) -> JsonObject:
    if all(isinstance(part, TextPart) for part in parts):
        text = "".join(part.text for part in parts if isinstance(part, TextPart))
        return {"type": "message", "role": message.role, "content": text, **_phase(parts[0])}
    return {"type": "message", "role": message.role, "content": [_content(part) for part in parts]}


def _phase(part: TextPart | ImagePart | AudioPart | DocumentPart) -> JsonObject:
    """Whether a message is a commentary or the answer: models do worse if it does not go back."""
    found = part.raw.get("phase") if isinstance(part, TextPart) and part.raw is not None else None
    return {} if found is None else {"phase": found}


def _beside(part: ToolCallPart) -> JsonObject:
    """What Responses said of a call beside it, such as its namespace; `extra_content` is of chat completions."""
    return {name: value for name, value in (part.raw or {}).items() if name != "extra_content"}


def _content(part: TextPart | ImagePart | AudioPart | DocumentPart) -> JsonObject:
    match part:
        case TextPart():
            return {"type": "input_text", "text": part.text}
        case ImagePart():
            return {"type": "input_image", "image_url": data_url(part), "detail": part.detail or "auto"}
        case AudioPart():
            raise ConfigError("AudioPart cannot be sent over OpenAI Responses; allowed: text, images and documents")
        case DocumentPart() if part.url is not None:
            return {"type": "input_file", "file_url": part.url}
        case DocumentPart():
            return {"type": "input_file", "filename": part.name or "document", "file_data": data_url(part)}
        case _:
            assert_never(part)
