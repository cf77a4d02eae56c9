"""Conversations for protocols that know two roles: turns that alternate, with the system prompt apart."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.parts import Part, TextPart, ToolCall, ToolResultPart
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError


class SystemPrompt(msgspec.Struct, frozen=True):
    """`cache` as in Message."""

    text: str
    cache: bool = False


def system_prompts(request: ChatRequest) -> list[SystemPrompt]:
    """The system option and the texts of all system messages, wherever they stand: there is no such role."""
    found = [SystemPrompt(request.system or "")]
    for message in request.messages:
        if message.role == "system":
            if not all(isinstance(part, TextPart) for part in message.parts):
                raise ConfigError("a system message holds more than text; this provider takes only its text")
            found.append(SystemPrompt(message.text, message.cache))
    return [prompt for prompt in found if prompt.text.strip()]


def alternating(
    request: ChatRequest,
    block: Callable[[Part], JsonObject | None],
    mark: Callable[[list[JsonObject]], None] | None = None,
) -> list[JsonObject]:
    """User and assistant turns, each with a list of blocks; what `block` gives None for is left out.

    Messages of the same role that follow each other are one turn. Tool results belong to the user and stand first in
    the turn. `mark` is given the blocks of a turn up to the end of a message to be cached, and may change them. Raises
    ConfigError when nothing is left to send.
    """
    turns: list[_Turn] = []
    for message in request.messages:
        if message.role == "system":
            continue
        role = "assistant" if message.role == "assistant" else "user"
        for part in message.parts:
            made = None if isinstance(part, TextPart) and not part.text else block(part)
            if made is None:
                continue
            if not turns or turns[-1].role != role:
                turns.append(_Turn(role))
            turn = turns[-1]
            (turn.results if isinstance(part, ToolResultPart) else turn.others).append(made)
        if mark is not None and message.cache and turns:
            mark(turns[-1].others or turns[-1].results)
    if not turns:
        raise ConfigError("messages hold no content to send; allowed: at least one part that is not empty")
    return [{"role": turn.role, "content": turn.results + turn.others} for turn in turns]


class _Turn(msgspec.Struct):
    role: str
    results: list[JsonObject] = []
    others: list[JsonObject] = []


def arguments_object(call: ToolCall) -> JsonObject:
    """The arguments as an object; text that never became one goes back under a key that tells the model so."""
    return {"INVALID_JSON": call.arguments} if isinstance(call.arguments, str) else call.arguments


def check_temperature(request: ChatRequest, provider: str) -> None:
    if request.temperature is not None and request.temperature > 1:
        raise ConfigError(f"temperature is {request.temperature}; allowed for {provider}: a number from 0 to 1")
