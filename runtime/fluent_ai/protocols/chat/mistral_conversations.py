"""Mistral conversations, the request side: the API on which Mistral runs tools itself.

Source: https://docs.mistral.ai/api/endpoint/beta/conversations and its specification.
"""

from __future__ import annotations

from collections.abc import Iterable

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
    ToolCallPart,
    ToolResultPart,
    UnknownPart,
)
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
from fluent_ai.protocols.chat.history.turns import system_prompts
from fluent_ai.protocols.chat.mistral_conversations_parser import REFERENCES, MistralConversationsParser
from fluent_ai.protocols.chat.openai_chat import reasoning_fields
from fluent_ai.protocols.shared.codec import arguments_text, function_tool

_ARGS = ("frequency_penalty", "prediction", "presence_penalty", "reasoning_effort")
"""Options of chat completions that stand in `completion_args`."""
_KEPT = ("guardrails", "metadata")
"""Those that stand in the body."""


class MistralConversations(JsonChatCodec):
    """Chat request to HTTP exchange. Nothing is stored at Mistral: all of the conversation goes with each request.

    Its answers do not say whether they were cut off at `max_tokens`.
    """

    parser = MistralConversationsParser

    def body(self, request: ChatRequest) -> JsonObject:
        for option, given in (("top_k", request.top_k), ("logprobs", request.logprobs)):
            if given is not None:
                raise unsupported(option, f"{self.endpoint.manifest.id} beside tools that it runs")
        body: JsonObject = {
            "model": request.model,
            "inputs": [entry for message in request.messages for entry in _entries(message)],
            "stream": True,
            "store": False,
        }
        if prompts := system_prompts(request):
            body["instructions"] = "\n\n".join(prompt.text for prompt in prompts)
        if request.tools:
            body["tools"] = [function_tool(tool) for tool in request.tools]
        args: JsonObject = {}
        for name, value in (
            ("temperature", request.temperature),
            ("top_p", request.top_p),
            ("max_tokens", request.max_tokens),
            ("random_seed", request.seed),
            ("stop", list(request.stop) or None),
            ("tool_choice", _tool_choice(request.tool_choice)),
        ):
            if value is not None:
                args[name] = value
        if request.reasoning is not None:
            args |= reasoning_fields(request.reasoning, self.endpoint)
        if request.output is not None:
            form = {"name": "output", "schema": request.output, "strict": True}
            args["response_format"] = {"type": "json_schema", "json_schema": form}
        if args:
            body["completion_args"] = args
        return body

    def add_options(self, body: JsonObject, request: ChatRequest) -> None:
        for name, value in request.options.items():
            if name in _ARGS:
                body["completion_args"] = {**body.get("completion_args", {}), name: value}
            elif name in _KEPT:
                body[name] = value
            else:
                raise unsupported(f"option {name!r}", f"{self.endpoint.manifest.id} beside tools that it runs")


def _tool_choice(choice: str | None) -> str | None:
    if choice in (None, "auto", "none", "required"):
        return choice
    raise ConfigError(f"tool_choice is {choice!r}; allowed beside tools that Mistral runs: auto, none and required")


def _entries(message: Message) -> Iterable[JsonObject]:
    """One message is several entries: what it says, its calls and results, in their order."""
    if message.role == "system":
        return  # it stands in the instructions
    chunks: list[JsonObject] = []
    for part in message.parts:
        match part:
            case TextPart() | ImagePart() | AudioPart() | DocumentPart() | ReasoningPart():
                chunks += _chunks(part)
            case _:
                if chunks:
                    yield _message(message, chunks)
                    chunks = []
                yield _entry(part)
    if chunks:
        yield _message(message, chunks)


def _message(message: Message, chunks: list[JsonObject]) -> JsonObject:
    plain = all(chunk["type"] == "text" for chunk in chunks)
    content = "".join(chunk["text"] for chunk in chunks) if plain else chunks
    kind, role = ("message.output", "assistant") if message.role == "assistant" else ("message.input", "user")
    return {"type": kind, "role": role, "content": content}


def _chunks(part: TextPart | ImagePart | AudioPart | DocumentPart | ReasoningPart) -> list[JsonObject]:
    match part:
        case TextPart():
            return [{"type": "text", "text": part.text}, *(part.raw or {}).get(REFERENCES, ())]
        case ImagePart():
            return [{"type": "image_url", "image_url": data_url(part)}]
        case DocumentPart():
            named = {} if part.name is None else {"document_name": part.name}
            return [{"type": "document_url", "document_url": part.url or data_url(part), **named}]
        case ReasoningPart():
            return [{"type": "thinking", "thinking": [{"type": "text", "text": part.text}]}] if part.text else []
        case AudioPart():
            raise ConfigError(
                "AudioPart cannot be sent beside tools that Mistral runs; allowed: text, images, documents"
            )


def _entry(part: ToolCallPart | ToolResultPart | HostedToolResultPart | Media | UnknownPart) -> JsonObject:
    match part:
        case ToolCallPart(call) if not call.hosted:
            named = {"tool_call_id": call.id, "name": call.name}
            return {"type": "function.call", **named, "arguments": arguments_text(call)}
        case ToolResultPart():
            return {"type": "function.result", "tool_call_id": part.call_id, "result": part.content}
        case _:
            return part.raw or {}
