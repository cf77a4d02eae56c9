"""Gemini's generateContent, the request side. Source: https://ai.google.dev/api/generate-content."""

from __future__ import annotations

import base64
import mimetypes
import re
from urllib.parse import urlsplit

import msgspec

from fluent_ai.content.call_ids import is_our_call_id
from fluent_ai.content.files import load
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
from fluent_ai.protocols.chat.chat_codec import JsonChatCodec
from fluent_ai.protocols.chat.gemini_parser import GeminiParser
from fluent_ai.protocols.chat.history.turns import alternating, arguments_object, system_prompts
from fluent_ai.protocols.shared.decoding import DECODE_ERRORS

_TOP_LEVEL = ("cachedContent", "labels", "modelArmorConfig", "safetySettings", "serviceTier")
"""Options that stand beside generationConfig; all others stand inside it."""

_BUDGETS = {"none": 0, "minimal": 1024, "low": 1024, "medium": 8192, "high": 24576}
_LEVELS = ("minimal", "low", "medium", "high")


FOREIGN_CALL = "skip_thought_signature_validator"
"""The signature of a call that another model made; Gemini 3 refuses the first call of a step without any.

Source: https://ai.google.dev/gemini-api/docs/thought-signatures.
"""


class Gemini(JsonChatCodec):
    """Chat request to HTTP exchange; a model's id may begin with `models/`.

    `reasoning` is a level for Gemini 3 and later, and the budget that Google gives for it
    (https://ai.google.dev/gemini-api/docs/openai) before; thoughts are then part of the answer.
    """

    parser = GeminiParser

    def wire_model(self, model: str) -> str:
        return model.removeprefix("models/")

    def body(self, request: ChatRequest) -> JsonObject:
        turns = alternating(request, _Conversation().part)
        checked = _generation(self.wire_model(request.model)) >= 3
        body: JsonObject = {"contents": [_content(turn, checked) for turn in turns]}
        if prompts := system_prompts(request):
            body["systemInstruction"] = {"parts": [{"text": prompt.text} for prompt in prompts]}
        if request.tools:
            body["tools"] = [{"functionDeclarations": [_tool(tool) for tool in request.tools]}]
        if request.tool_choice is not None:
            body["toolConfig"] = {"functionCallingConfig": _tool_choice(request.tool_choice)}
        if config := self._config(request):
            body["generationConfig"] = config
        return body

    def add_options(self, body: JsonObject, request: ChatRequest) -> None:
        for name, value in request.options.items():
            (body if name in _TOP_LEVEL else body.setdefault("generationConfig", {}))[name] = value

    def _config(self, request: ChatRequest) -> JsonObject:
        given = {
            "temperature": request.temperature,
            "topP": request.top_p,
            "topK": request.top_k,
            "maxOutputTokens": request.max_tokens,
            "stopSequences": list(request.stop) or None,
            "seed": request.seed,
        }
        config: JsonObject = {name: value for name, value in given.items() if value is not None}
        if request.output is not None:
            config |= {"responseMimeType": "application/json", "responseJsonSchema": request.output}
        if request.logprobs is not None:
            config |= {"responseLogprobs": True, "logprobs": request.logprobs}
        if request.reasoning is not None:
            config["thinkingConfig"] = _thinking(request.reasoning, self.wire_model(request.model))
        return config


class _Conversation:
    """Parts in order: a result needs the name of the function, which only the call before it says."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def part(self, part: Part) -> JsonObject | None:
        match part:
            case HostedToolResultPart() | UnknownPart():
                return part.raw
            case ToolCallPart(call) if call.hosted:
                return part.raw
            case TextPart():
                return {"text": part.text}
            case ImagePart() | AudioPart() | DocumentPart():
                return _file(part)
            case ReasoningPart():
                return _reasoning(part)
            case ToolCallPart(call):
                self._names[call.id] = call.name
                return {"functionCall": {**_id(call.id), "name": call.name, "args": arguments_object(call)}}
            case ToolResultPart():
                name = self._names[part.call_id]
                return {"functionResponse": {**_id(part.call_id), "name": name, "response": _result(part)}}
            case _:
                return None


def _reasoning(part: ReasoningPart) -> JsonObject | None:
    """Thoughts need not go back, what was sealed must: see GeminiParser for what stands where."""
    if part.signature is None:
        return None
    thought = {"text": part.text, "thought": True} if part.text else {"text": ""}
    return {**thought, "thoughtSignature": part.signature}


def _content(turn: JsonObject, checked: bool) -> JsonObject:
    if turn["role"] == "user":
        return {"role": "user", "parts": turn["content"]}
    parts = _seal(turn["content"])
    call = next((place for place, part in enumerate(parts) if "functionCall" in part), None)
    if checked and call is not None and "thoughtSignature" not in parts[call]:
        parts[call] = {**parts[call], "thoughtSignature": FOREIGN_CALL}
    return {"role": "model", "parts": parts}


def _seal(parts: list[JsonObject]) -> list[JsonObject]:
    """A signature by itself goes into the part after it, which it came with; at the end it stays as it is."""
    sealed: list[JsonObject] = []
    for part in parts:
        if sealed and sealed[-1].get("text") == "" and "thoughtSignature" not in part:
            part = {**part, "thoughtSignature": sealed.pop()["thoughtSignature"]}
        sealed.append(part)
    return sealed


def _id(call_id: str) -> JsonObject:
    """Calls without an id got one from us (`ReplyWriter.start_call`), which means nothing to the provider."""
    return {} if is_our_call_id(call_id) else {"id": call_id}


def _result(part: ToolResultPart) -> JsonObject:
    if part.is_error:
        return {"error": part.content}
    try:
        found: JsonObject = msgspec.json.decode(part.content, type=JsonObject)
    except (*DECODE_ERRORS, UnicodeEncodeError):
        return {"output": part.content}
    return found


def _file(part: ImagePart | AudioPart | DocumentPart) -> JsonObject:
    if part.url is not None:
        media_type = part.media_type or mimetypes.guess_type(urlsplit(part.url).path)[0]
        return {"fileData": {**({"mimeType": media_type} if media_type else {}), "fileUri": part.url}}
    data, media_type = load(part)
    return {"inlineData": {"mimeType": media_type, "data": base64.b64encode(data).decode()}}


def _tool(tool: Tool) -> JsonObject:
    wire: JsonObject = {"name": tool.name}
    if tool.description:
        wire["description"] = tool.description
    if tool.parameters:
        wire["parametersJsonSchema"] = tool.parameters
    return wire


def _tool_choice(choice: str) -> JsonObject:
    if choice in ("auto", "none"):
        return {"mode": choice.upper()}
    return {"mode": "ANY"} if choice == "required" else {"mode": "ANY", "allowedFunctionNames": [choice]}


def _thinking(effort: str, model: str) -> JsonObject:
    """Before Gemini 3 there are only budgets, since then levels, and no way not to think."""
    levels = _generation(model) >= 3
    allowed = _LEVELS if levels else tuple(_BUDGETS)
    if effort not in allowed:
        raise ConfigError(f"reasoning is {effort!r}; allowed for {model}: {', '.join(allowed)}")
    if levels:
        return {"thinkingLevel": effort, "includeThoughts": True}
    return {"thinkingBudget": _BUDGETS[effort], "includeThoughts": effort != "none"}


def _generation(model: str) -> int:
    """The number of a Gemini model; 0 for others."""
    found = re.match(r"gemini-(\d+)", model)
    return int(found.group(1)) if found is not None else 0
