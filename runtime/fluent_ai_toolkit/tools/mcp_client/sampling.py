"""Replies of a model that an MCP server asks for (MCP 2025-11-25, "Sampling")."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from fluent_ai.arguments import check_number
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.parts import AudioPart, ImagePart, Message, Part, TextPart
from fluent_ai.content.private import PrivateStruct
from fluent_ai.content.reply import Reply
from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    import mcp_types as types
    from fluent_ai.client.client import AsyncClient, Client
    from fluent_ai.client.route import Route


class SamplingRequest(PrivateStruct, JsonStruct, frozen=True, kw_only=True):
    """What an MCP server asks a model."""

    server: str
    """The name of the server."""
    messages: tuple[Message, ...]
    """The conversation that it has made up."""
    system: str | None = None
    """The system prompt that it wants."""
    max_tokens: int
    """The longest answer: what it wants, or less if less is allowed."""
    temperature: float | None = None
    """The randomness that it wants."""
    stop: tuple[str, ...] = ()
    """Texts that end the answer."""
    model_hints: tuple[str, ...] = ()
    """Names, or parts of names, of models that it would like. They decide nothing."""

    def options(self) -> dict[str, Any]:
        """The request as options of chat."""
        wanted = {"system": self.system, "temperature": self.temperature, "stop": self.stop or None}
        return {"max_tokens": self.max_tokens, **{name: value for name, value in wanted.items() if value is not None}}


ApproveSampling: TypeAlias = Callable[[SamplingRequest], "bool | str | Awaitable[bool | str]"]
"""Whether a request may be served: True, False, or a text that tells the server why not."""


@dataclass(frozen=True)
class Sampling:
    """Lets an MCP server ask a model, at your cost, for requests that `approve` allows.

    Raises ConfigError for arguments that do not fit.

    ai.tools.mcp("uvx", "server", sampling=ai.tools.Sampling(ask_me, max_requests=3))
    """

    approve: Literal[True] | ApproveSampling
    """Asked about each request, in a thread of its own unless it is asynchronous; True allows all of them."""
    model: str | Route | None = None
    """Which model is asked; None for that of the run."""
    client: Client | AsyncClient | None = None
    """Which client asks it; None for that of the run. With a client there must be a model."""
    max_tokens: int = 2_048
    """The longest answer, in tokens."""
    max_requests: int = 10
    """How many requests a session may make."""

    def __post_init__(self) -> None:
        if self.approve is not True and not callable(self.approve):
            kind = type(self.approve).__name__
            raise ConfigError(f"approve is of type {kind}; allowed: a function of a SamplingRequest, or True for all")
        if self.client is not None and self.model is None:
            raise ConfigError("model of Sampling is None; with a client of its own there must be a model, too")
        check_number("max_tokens", self.max_tokens, int, 1, float("inf"))
        check_number("max_requests", self.max_requests, int, 1, float("inf"))


def to_request(server: str, given: types.CreateMessageRequestParams, limits: Sampling) -> SamplingRequest:
    """The request in our words. Raises ValueError, with a text for the server, for what is not served."""
    if given.tools or given.tool_choice:
        raise ValueError("this client does not serve sampling with tools, and has not said that it does")
    if not given.messages:
        raise ValueError("there are no messages")
    preferences = given.model_preferences
    return SamplingRequest(
        server=server,
        messages=tuple(Message(each.role, _parts(each.content)) for each in given.messages),
        system=given.system_prompt,
        max_tokens=max(1, min(given.max_tokens, limits.max_tokens)),
        temperature=given.temperature,
        stop=tuple(given.stop_sequences or ()),
        model_hints=tuple(each.name for each in (preferences.hints if preferences else None) or () if each.name),
    )


def _parts(content: object) -> list[Part]:
    import mcp_types as types

    found: list[Part] = []
    for block in content if isinstance(content, list) else [content]:
        match block:
            case types.TextContent():
                found.append(TextPart(block.text))
            case types.ImageContent():
                found.append(ImagePart(_bytes(block.data), media_type=block.mime_type))
            case types.AudioContent():
                found.append(AudioPart(_bytes(block.data), media_type=block.mime_type))
            case _:
                raise ValueError("this client serves texts, images and audio only")
    return found


def _bytes(data: str) -> bytes:
    try:
        return b64decode(data, validate=True)
    except binascii.Error:
        raise ValueError("an image or audio is not valid base64") from None


def to_result(reply: Reply) -> types.CreateMessageResult:
    """The reply in the words of the protocol."""
    import mcp_types as types

    reasons = {"stop": "endTurn", "length": "maxTokens"}
    reason = reply.finish_reason
    return types.CreateMessageResult(
        role="assistant",
        content=types.TextContent(text=reply.text),
        model=reply.model or "unknown",
        stop_reason=None if reason is None else reasons.get(reason, reason),
    )
