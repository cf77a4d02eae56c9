"""Anthropic messages, the request side. Source: https://docs.claude.com/en/api/messages."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import partial

from fluent_ai.arguments import unsupported
from fluent_ai.content.documents import Document
from fluent_ai.content.files import load
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import (
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
from fluent_ai.protocols.chat.anthropic_messages_parser import AnthropicMessagesParser
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
from fluent_ai.protocols.chat.history.claude import max_tokens, reasoning_fields
from fluent_ai.protocols.chat.history.quoting import DATA_NOTE, put_first
from fluent_ai.protocols.chat.history.turns import alternating, arguments_object, check_temperature, system_prompts
from fluent_ai.protocols.shared.codec import tool_schema

_TITLE_LIMIT = 255
_IMAGES = ("image/jpeg", "image/png", "image/gif", "image/webp")


class AnthropicMessages(JsonChatCodec):
    """Chat request to HTTP exchange.

    Where `max_tokens`, which the protocol demands, is not given, it is 8,192 and what reasoning may take. `reasoning`
    is a budget of tokens (`claude.BUDGETS`) for models before Claude 4.6 and for those of other vendors, and an effort
    for later ones, which decide themselves how long to think. Audio, seed and logprobs have no place here.
    """

    parser = AnthropicMessagesParser

    def body(self, request: ChatRequest) -> JsonObject:
        provider = self.endpoint.manifest.id
        for option, given in (("seed", request.seed), ("logprobs", request.logprobs)):
            if given is not None:
                raise unsupported(option, provider)
        check_temperature(request, provider)

        documents = request.documents if self.cites(request) else ()
        messages = alternating(request, partial(_block, documents=documents), _mark)
        if documents:
            put_first([*map(_document, documents), {"type": "text", "text": DATA_NOTE}], messages, provider)
        body: JsonObject = {"model": request.model, "messages": messages, "stream": True}
        if request.reasoning is not None:
            body |= reasoning_fields(request.reasoning, request)
        body["max_tokens"] = max_tokens(request, request.options.get("thinking", body.get("thinking")))
        for name, value in (
            ("system", _system(request)),
            ("temperature", request.temperature),
            ("top_p", request.top_p),
            ("top_k", request.top_k),
            ("stop_sequences", list(request.stop) or None),
            ("tools", [_tool(tool) for tool in request.tools] or None),
            ("tool_choice", _tool_choice(request.tool_choice)),
        ):
            if value is not None:
                body[name] = value
        if request.output is not None:
            form = {"type": "json_schema", "schema": request.output}
            body["output_config"] = {**body.get("output_config", {}), "format": form}
        return body


def _system(request: ChatRequest) -> str | list[JsonObject] | None:
    prompts = system_prompts(request)
    if not any(prompt.cache for prompt in prompts):
        return "\n\n".join(prompt.text for prompt in prompts) or None
    blocks: list[JsonObject] = []
    for prompt in prompts:
        blocks.append({"type": "text", "text": prompt.text})
        if prompt.cache:
            _mark(blocks)
    return blocks


def _mark(blocks: list[JsonObject]) -> None:
    """Cache up to the last block that may carry the mark: thinking may not."""
    for block in reversed(blocks):
        if block["type"] not in ("thinking", "redacted_thinking"):
            block["cache_control"] = {"type": "ephemeral"}
            return


def _tool_choice(choice: str | None) -> JsonObject | None:
    match choice:
        case None:
            return None
        case "auto" | "none":
            return {"type": choice}
        case "required":
            return {"type": "any"}
        case _:
            return {"type": "tool", "name": choice}


def _tool(tool: Tool) -> JsonObject:
    wire: JsonObject = {
        "name": tool.name,
        "input_schema": tool_schema(tool),
    }
    if tool.description:
        wire["description"] = tool.description
    return wire


def _reasoning(part: ReasoningPart) -> JsonObject | None:
    """Reasoning goes back as it came, or not at all: without its seal it is refused."""
    if part.redacted is not None:
        return {"type": "redacted_thinking", "data": part.redacted}
    if part.signature is not None:
        return {"type": "thinking", "thinking": part.text, "signature": part.signature, **(part.raw or {})}
    return None


def _document(document: Document) -> JsonObject:
    """Source: https://docs.claude.com/en/docs/build-with-claude/citations."""
    return {
        "type": "document",
        "source": {"type": "text", "media_type": "text/plain", "data": document.text},
        "title": document.name[:_TITLE_LIMIT] or "document",
        "citations": {"enabled": True},
    }


def _text(part: TextPart, documents: Sequence[Document]) -> JsonObject:
    """A text with the citations that came with it, except those of documents that are not in this request."""
    wire: JsonObject = {"type": "text", "text": part.text, **(part.raw or {})}
    if isinstance(cited := wire.get("citations"), list):
        kept = [each for each in cited if not isinstance(each, dict) or _is_known(each, documents)]
        if len(kept) < len(cited):
            del wire["citations"]
            return {**wire, "citations": kept} if kept else wire
    return wire


def _is_known(citation: JsonObject, documents: Sequence[Document]) -> bool:
    if (number := citation.get("document_index")) is None:
        return True
    known = isinstance(number, int) and 0 <= number < len(documents)
    return known and str(citation.get("cited_text")) in documents[number].text


def _block(part: Part, documents: Sequence[Document] = ()) -> JsonObject | None:
    match part:
        case HostedToolResultPart() | UnknownPart():
            return part.raw
        case ToolCallPart(call) if call.hosted:
            return part.raw
        case ReasoningPart():
            return _reasoning(part)
        case TextPart():
            return _text(part, documents)
        case ImagePart():
            return {"type": "image", "source": _source(part)}
        case DocumentPart():
            document: JsonObject = {"type": "document", "source": _source(part)}
            return {**document, "title": part.name} if part.name else document
        case ToolCallPart(call):
            return {
                "type": "tool_use",
                "id": call.id,
                "name": call.name,
                "input": arguments_object(call),
                **(part.raw or {}),
            }
        case ToolResultPart():
            result: JsonObject = {
                "type": "tool_result",
                "tool_use_id": part.call_id,
                "content": _content(part),
            }
            return {**result, "is_error": True} if part.is_error else result
        case _:
            raise ConfigError(
                f"{type(part).__name__} cannot be sent over Anthropic messages; allowed: text, files, tools"
            )


def _content(part: ToolResultPart) -> str | list[JsonObject | None]:
    if not part.files:
        return part.content
    texts = [TextPart(part.content)] if part.content.strip() else []
    return [_block(each) for each in (*texts, *part.files)]


def _source(part: ImagePart | DocumentPart) -> JsonObject:
    if part.url is not None:
        return {"type": "url", "url": part.url}
    data, media_type = load(part)
    if isinstance(part, DocumentPart) and (media_type.startswith("text/") or media_type == "application/json"):
        try:
            return {"type": "text", "media_type": "text/plain", "data": data.decode()}
        except UnicodeDecodeError:
            raise ConfigError(f"DocumentPart of media_type {media_type!r} is not UTF-8") from None
    allowed = _IMAGES if isinstance(part, ImagePart) else ("application/pdf",)
    if media_type not in allowed:
        texts = "" if isinstance(part, ImagePart) else " and text"
        raise ConfigError(f"{type(part).__name__} has media_type {media_type!r}; allowed: {', '.join(allowed)}{texts}")
    return {"type": "base64", "media_type": media_type, "data": base64.b64encode(data).decode()}
