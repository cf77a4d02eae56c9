"""Amazon Bedrock Converse, the request side.

Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

import msgspec

from fluent_ai.arguments import unsupported
from fluent_ai.content.documents import Document
from fluent_ai.content.files import FilePart, load
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import (
    AudioPart,
    DocumentPart,
    HostedToolResultPart,
    ImagePart,
    Part,
    ReasoningPart,
    TextPart,
    Tool,
    ToolCallPart,
    ToolResultPart,
    UnknownPart,
)
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import StreamParser
from fluent_ai.protocols.chat.bedrock_converse_parser import BedrockConverseParser
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
from fluent_ai.protocols.chat.history.claude import max_tokens, reasoning_fields
from fluent_ai.protocols.chat.history.quoting import DATA_NOTE, put_first
from fluent_ai.protocols.chat.history.tool_pairs import is_call
from fluent_ai.protocols.chat.history.turns import alternating, arguments_object, check_temperature, system_prompts
from fluent_ai.protocols.shared.codec import tool_schema

_FORMATS: dict[type[FilePart], dict[str, str]] = {
    ImagePart: {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/webp": "webp"},
    AudioPart: {
        "audio/mpeg": "mp3", "audio/mp3": "mp3", "audio/wav": "wav", "audio/x-wav": "wav", "audio/flac": "flac",
        "audio/ogg": "ogg", "audio/aac": "aac", "audio/mp4": "mp4", "audio/webm": "webm",
    },
    DocumentPart: {
        "application/pdf": "pdf", "text/csv": "csv", "text/html": "html", "text/plain": "txt", "text/markdown": "md",
        "application/msword": "doc", "application/vnd.ms-excel": "xls",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    },
}  # fmt: skip


class BedrockConverse(JsonChatCodec):
    """Chat request to HTTP exchange.

    `reasoning` and `top_k` are fields of the models' own here; they are known for Claude, and other models' can be
    given as the option `additionalModelRequestFields`. Seed, logprobs and tool_choice `none` have no place here. A file
    with a URL is one in S3.
    """

    parser = BedrockConverseParser
    accept = "application/vnd.amazon.eventstream"

    def bare_parser(self, request: ChatRequest) -> StreamParser:
        return BedrockConverseParser(self.endpoint.manifest.id, self.endpoint.secrets, request.model)

    def body(self, request: ChatRequest) -> JsonObject:
        provider = self.endpoint.manifest.id
        for option, given in (("seed", request.seed), ("logprobs", request.logprobs)):
            if given is not None:
                raise unsupported(option, provider)
        check_temperature(request, provider)
        own = _own_fields(request, provider)
        limit = request.max_tokens
        if "thinking" in own:
            limit = max_tokens(request, own["thinking"])
        inference = {
            "maxTokens": limit,
            "temperature": request.temperature,
            "topP": request.top_p,
            "stopSequences": list(request.stop) or None,
        }
        blocks = _Blocks()
        documents = [blocks.document(each) for each in request.documents] if self.cites(request) else []
        messages = alternating(request, blocks.block, _mark)
        if documents:
            put_first([*documents, {"text": DATA_NOTE}], messages, provider)
        body: JsonObject = {
            "messages": messages,
            "system": _system(request),
            "inferenceConfig": {name: value for name, value in inference.items() if value is not None},
            "additionalModelRequestFields": own,
        }
        if tools := request.tools or _tools_of_before(request):
            choice = _tool_choice(request.tool_choice, provider)
            body["toolConfig"] = {"tools": [_tool(tool) for tool in tools], **choice}
        if request.output is not None:
            schema = {"name": "output", "schema": msgspec.json.encode(request.output).decode()}
            body["outputConfig"] = {"textFormat": {"type": "json_schema", "structure": {"jsonSchema": schema}}}
        return {name: value for name, value in body.items() if value}

    def add_options(self, body: JsonObject, request: ChatRequest) -> None:
        for name, value in request.options.items():
            body[name] = {**body.get(name, {}), **value} if isinstance(value, Mapping) else value


def _system(request: ChatRequest) -> list[JsonObject]:
    blocks: list[JsonObject] = []
    for prompt in system_prompts(request):
        blocks.append({"text": prompt.text})
        if prompt.cache:
            _mark(blocks)
    return blocks


def _mark(blocks: list[JsonObject]) -> None:
    blocks.append({"cachePoint": {"type": "default"}})


def _own_fields(request: ChatRequest, provider: str) -> JsonObject:
    """What the model's vendor names itself; the caller's own fields win over these when the options are added."""
    given = request.options.get("additionalModelRequestFields", {})
    fields: JsonObject = {}
    for option, value in (("reasoning", request.reasoning), ("top_k", request.top_k)):
        if value is not None and "claude" not in request.model:
            raise ConfigError(
                f"{option} is not supported by {provider} for models other than Claude; "
                "their own fields can be sent as additionalModelRequestFields="
            )
    if request.reasoning is not None:
        fields |= reasoning_fields(request.reasoning, request)
    if request.top_k is not None:
        fields["top_k"] = request.top_k
    return {**fields, **given}


def _tool_choice(choice: str | None, provider: str) -> JsonObject:
    match choice:
        case None:
            return {}
        case "auto":
            return {"toolChoice": {"auto": {}}}
        case "required":
            return {"toolChoice": {"any": {}}}
        case "none":
            raise ConfigError(f"tool_choice is 'none', which {provider} does not know; allowed: auto, required, a name")
        case _:
            return {"toolChoice": {"tool": {"name": choice}}}


def _tools_of_before(request: ChatRequest) -> list[Tool]:
    """The tools of earlier turns: 400 toolConfig must be defined when using toolUse and toolResult content blocks."""
    parts = (part for message in request.messages for part in message.parts if is_call(part))
    names = dict.fromkeys(part.call.name for part in parts)
    return [Tool(name, "Was used earlier in this conversation, and is no longer there.") for name in names]


def _tool(tool: Tool) -> JsonObject:
    spec: JsonObject = {"name": tool.name, "inputSchema": {"json": tool_schema(tool)}}
    return {"toolSpec": {**spec, "description": tool.description} if tool.description else spec}


class _Blocks:
    """Parts to content blocks; documents of one request need names that differ."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def block(self, part: Part) -> JsonObject | None:
        match part:
            case HostedToolResultPart() | UnknownPart():
                return part.raw
            case ToolCallPart(call) if call.hosted:
                return part.raw
            case TextPart():
                return {"text": part.text}
            case ImagePart():
                return {"image": _file(part)}
            case AudioPart():
                return {"audio": _file(part)}
            case DocumentPart():
                return {"document": {**_file(part), "name": self._name(part.name)}}
            case ToolCallPart(call):
                arguments = arguments_object(call)
                return {"toolUse": {"toolUseId": call.id, "name": call.name, "input": arguments}}
            case ToolResultPart():
                texts = [TextPart(part.content)] if part.content.strip() else []
                content = [self.block(each) for each in (*texts, *part.files)]
                result: JsonObject = {"toolUseId": part.call_id, "content": content}
                return {"toolResult": {**result, "status": "error"} if part.is_error else result}
            case ReasoningPart():
                return _reasoning(part)
            case _:
                return None

    def document(self, given: Document) -> JsonObject:
        """Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html."""
        name, source = self._name(given.name), {"text": given.text}
        return {"document": {"format": "txt", "name": name, "source": source, "citations": {"enabled": True}}}

    def _name(self, given: str | None) -> str:
        """The name in the letters that are allowed, and unlike those before it."""
        name = re.sub(r"[^A-Za-z0-9()\[\]-]+", " ", given or "").strip()[:190] or "document"
        number = 1
        while (unique := name if number == 1 else f"{name} {number}") in self._names:
            number += 1
        self._names.add(unique)
        return unique


def _reasoning(part: ReasoningPart) -> JsonObject | None:
    """Reasoning goes back as it came, or not at all: without its seal it is refused."""
    if part.redacted is not None:
        return {"reasoningContent": {"redactedContent": part.redacted}}
    if part.signature is not None:
        return {"reasoningContent": {"reasoningText": {"text": part.text, "signature": part.signature}}}
    return None


def _file(part: FilePart) -> JsonObject:
    kind, formats = type(part).__name__, _FORMATS[type(part)]
    if part.url is not None:
        if not part.url.startswith("s3://"):
            raise ConfigError(f"{kind} holds a URL that is not of S3; allowed: bytes, a path, or s3://")
        if part.media_type not in formats:
            raise ConfigError(f"{kind} in S3 has media_type {part.media_type!r}; allowed: {', '.join(formats)}")
        return {"format": formats[part.media_type], "source": {"s3Location": {"uri": part.url}}}
    data, media_type = load(part)
    if media_type not in formats:
        raise ConfigError(f"{kind} has media_type {media_type!r}; allowed: {', '.join(formats)}")
    return {"format": formats[media_type], "source": {"bytes": base64.b64encode(data).decode()}}
