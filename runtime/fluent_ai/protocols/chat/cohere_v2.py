"""Cohere chat v2, the request side. Source: https://docs.cohere.com/v2/reference/chat-stream."""

from __future__ import annotations

from collections.abc import Iterable

from fluent_ai.content.documents import Document
from fluent_ai.content.files import data_url
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import ImagePart, Message, ReasoningPart, TextPart, ToolCallPart, ToolResultPart
from fluent_ai.content.portable import PortablePart, portable
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
from fluent_ai.protocols.chat.cohere_v2_parser import PLAN, CohereV2Parser
from fluent_ai.protocols.shared.codec import arguments_text, function_tool


class CohereV2(JsonChatCodec):
    """Chat request to HTTP exchange.

    Reasoning is on or off: every effort but `none` turns it on, its budget is the option `thinking`. Log probabilities
    come without alternatives. A single tool cannot be demanded, and neither audio nor documents can be sent.
    """

    parser = CohereV2Parser

    def cites(self, request: ChatRequest) -> bool:
        """Beside tools, what a reply cites are their results."""
        return super().cites(request) and not request.tools

    def body(self, request: ChatRequest) -> JsonObject:
        provider = self.endpoint.manifest.id
        messages: list[JsonObject] = []
        if request.system is not None:
            messages.append({"role": "system", "content": request.system})
        for message in request.messages:
            messages += _messages(message)
        body: JsonObject = {"model": request.model, "messages": messages, "stream": True}
        for name, value in (
            ("temperature", request.temperature),
            ("p", request.top_p),
            ("k", request.top_k),
            ("max_tokens", request.max_tokens),
            ("seed", request.seed),
            ("tool_choice", _tool_choice(request.tool_choice)),
        ):
            if value is not None:
                body[name] = value
        if request.stop:
            body["stop_sequences"] = list(request.stop)
        if request.tools:
            body["tools"] = [function_tool(tool) for tool in request.tools]
        if request.documents and self.cites(request):
            body["documents"] = [_document(number, each) for number, each in enumerate(request.documents)]
        if request.output is not None:
            if request.tools:
                raise ConfigError(f"output and tools are given; {provider} takes one of them in a request")
            body["response_format"] = {"type": "json_object", "json_schema": request.output}
        if request.logprobs is not None:
            if request.logprobs:
                raise ConfigError(f"logprobs is {request.logprobs}; {provider} tells no alternatives; allowed: 0")
            body["logprobs"] = True
        if request.reasoning is not None:
            body["thinking"] = {"type": "disabled" if request.reasoning == "none" else "enabled"}
        return body


def _document(number: int, document: Document) -> JsonObject:
    data = {"title": document.name, "text": document.text}
    return {"id": str(number), "data": data if document.url is None else {**data, "url": document.url}}


def _tool_choice(choice: str | None) -> str | None:
    if choice is None or choice == "auto":
        return None
    if choice in ("none", "required"):
        return choice.upper()
    raise ConfigError(
        f"tool_choice is {choice!r}; Cohere takes auto, none and required: to demand one tool, pass it alone in tools "
        "with tool_choice='required'"
    )


def _messages(message: Message) -> Iterable[JsonObject]:
    if message.role != "tool":
        yield _message(message)
    for part in message.parts:
        if isinstance(part, ToolResultPart):
            yield {"role": "tool", "tool_call_id": part.call_id, "content": part.content}


def _message(message: Message) -> JsonObject:
    content: list[JsonObject] = []
    calls: list[JsonObject] = []
    plan = ""
    for part in portable(message):
        match part:
            case ToolCallPart(call):
                function = {"name": call.name, "arguments": arguments_text(call)}
                calls.append({"id": call.id, "type": "function", "function": function})
            case ReasoningPart() if not part.text:
                pass
            case ReasoningPart() if part.signature == PLAN:
                plan += part.text
            case ToolResultPart():
                pass
            case _:
                content.append(_content(part))
    wire: JsonObject = {"role": message.role}
    if all(block["type"] == "text" for block in content):
        if content or not calls:
            wire["content"] = "".join(block["text"] for block in content)
    else:
        wire["content"] = content
    if calls:
        wire["tool_calls"] = calls
        if plan:
            wire["tool_plan"] = plan
    return wire


def _content(part: PortablePart) -> JsonObject:
    match part:
        case TextPart():
            return {"type": "text", "text": part.text}
        case ImagePart():
            return {"type": "image_url", "image_url": {"url": data_url(part)}}
        case ReasoningPart():
            return {"type": "thinking", "thinking": part.text}
        case _:
            raise ConfigError(f"{type(part).__name__} cannot be sent to Cohere; allowed: text and images")
