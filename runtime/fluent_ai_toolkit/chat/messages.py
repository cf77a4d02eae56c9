"""Chats as a store keeps them: what is said of each, and their messages, which are a tree."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal, cast

import msgspec
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.parts import Message, Part, Role
from fluent_ai.content.private import PrivateStruct
from fluent_ai.content.reply import Usage

ChatStatus = Literal["complete", "partial", "stopped", "failed"]


class ChatMessage(PrivateStruct, JsonStruct, frozen=True, kw_only=True):
    """A message of a chat: what was said, what it cost, and which message it answers. The repr shows no content."""

    id: int
    """The number of the message in its store."""
    chat: str
    """The id of the chat."""
    parent: int | None = None
    """The message before it; messages with the same parent are branches."""
    role: Role
    """Who speaks."""
    parts: tuple[Part, ...]
    """The content, in order."""
    status: ChatStatus = "complete"
    """`partial` while a reply is written, and for ever if its process died; `stopped` by the user, or `failed`."""
    created: float
    """When it began, in seconds since 1970."""
    provider: str | None = None
    """The provider that wrote it; None for messages of the user."""
    model: str | None = None
    """The model that wrote it, as the provider names it."""
    usage: Usage | None = None
    """Tokens of the request and the reply; None if they are unknown."""
    cost: float | None = None
    """The cost in US dollars; None if it is unknown."""
    cost_estimated: bool | None = None
    """False if the provider stated the cost, True if it is usage times list price; None without a cost."""
    cost_unknown: str | None = None
    """Why the cost of a reply is unknown."""
    seconds: float | None = None
    """How long the reply took."""
    error: str | None = None
    """The name of the error that ended a reply that failed."""

    @property
    def message(self) -> Message:
        """The message for a history."""
        return Message(self.role, self.parts)

    @property
    def text(self) -> str:
        """The text parts, joined."""
        return self.message.text

    @property
    def time(self) -> datetime:
        """When it began, in UTC."""
        return datetime.fromtimestamp(self.created, UTC)


class ChatSummary(PrivateStruct, JsonStruct, frozen=True, kw_only=True):
    """What a store says of a chat as a whole."""

    id: str
    """The id of the chat."""
    title: str
    """Its title: the beginning of what was said first, unless another one was given."""
    created: float
    """When it began, in seconds since 1970."""
    updated: float
    """When its last message came, in seconds since 1970."""
    model: str | None = None
    """The model that it was last held with."""
    system: str | None = None
    """Its system prompt."""
    options: dict[str, Any] = msgspec.field(default_factory=dict)
    """The options of its replies, as far as they are plain values."""
    head: int | None = None
    """The last message of the branch on which it goes on; None for a chat without messages."""
    messages: int = 0
    """How many messages it has, on all branches."""
    cost: float = 0.0
    """The sum of the known costs in US dollars, on all branches."""
    unpriced: int = 0
    """How many replies have no known cost."""
    tags: tuple[str, ...] = ()
    """Its tags, in alphabetical order."""


class ChatBranch(PrivateStruct, JsonStruct, frozen=True, kw_only=True):
    """One way through the tree of a chat, from its first message to one that nothing follows."""

    head: int
    """The id of its last message."""
    messages: int
    """How many messages it has."""
    updated: float
    """When its last message came, in seconds since 1970."""
    text: str
    """The beginning of its last message."""
    current: bool
    """True if it is the one on which the chat goes on."""


def as_role(role: str) -> Role:
    """The role of a row."""
    return cast("Role", role)
