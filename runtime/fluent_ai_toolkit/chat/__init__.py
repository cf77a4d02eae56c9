"""Chats that are kept: a store that is a tree of messages, and chats that are saved while they stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fluent_ai.lazy_names import lazy_names

if TYPE_CHECKING:
    from fluent_ai_toolkit.chat.chat import AsyncChat as AsyncChat
    from fluent_ai_toolkit.chat.chat import Chat as Chat
    from fluent_ai_toolkit.chat.commands.events import ChatEvent as ChatEvent
    from fluent_ai_toolkit.chat.commands.events import CommandOutput as CommandOutput
    from fluent_ai_toolkit.chat.commands.table import Command as Command
    from fluent_ai_toolkit.chat.hits import SearchHit as SearchHit
    from fluent_ai_toolkit.chat.hits import SearchResult as SearchResult
    from fluent_ai_toolkit.chat.messages import ChatBranch as ChatBranch
    from fluent_ai_toolkit.chat.messages import ChatMessage as ChatMessage
    from fluent_ai_toolkit.chat.messages import ChatSummary as ChatSummary
    from fluent_ai_toolkit.chat.search import SearchOptions as SearchOptions
    from fluent_ai_toolkit.chat.store import Chats as Chats
    from fluent_ai_toolkit.chat.store import chats as chats
    from fluent_ai_toolkit.errors import ChatStoreFailed as ChatStoreFailed

_WHERE = {
    ".errors": ("ChatStoreFailed",),
    "chat": ("AsyncChat", "Chat"),
    "search": ("SearchOptions",),
    "store": ("Chats", "chats"),
    "commands.events": ("ChatEvent", "CommandOutput"),
    "commands.table": ("Command",),
    "hits": ("SearchHit", "SearchResult"),
    "messages": ("ChatBranch", "ChatMessage", "ChatSummary"),
}

if not TYPE_CHECKING:
    __all__, __getattr__, __dir__ = lazy_names(__name__, _WHERE)
