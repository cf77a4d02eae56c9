"""Where a chat stands: its place in the tree of its store, and what is written as it goes on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from copy import copy
from time import time
from typing import Any, Final

import msgspec
from fluent_ai.client.route import Route
from fluent_ai.content.model_names import ModelName, split_model
from fluent_ai.content.parts import Message, Part
from fluent_ai.errors import ConfigError
from fluent_ai.streams.broadcast import Broadcast

from fluent_ai_toolkit.chat import rows
from fluent_ai_toolkit.chat.chat_rows import add_tags, beginning, make_chat
from fluent_ai_toolkit.chat.messages import ChatMessage, ChatSummary
from fluent_ai_toolkit.chat.rows import NewMessage, text_of
from fluent_ai_toolkit.chat.store import Chats
from fluent_ai_toolkit.tools.events import RunEvent

_NOT_KEPT: Final = ("system", "tools", "tool_choice", "contexts", "approve", "extra_headers", "extra_body", "output")
_PLAIN = (str, int, float, bool, type(None))


class ChatState:
    """One view of a chat; several, also of other processes, may look at the same one and go on from different places.

    Messages whose id is negative could not be written yet.
    """

    def __init__(self, store: Chats, model: ModelName | Route | None, options: Mapping[str, Any]) -> None:
        self.store = store
        self.id: str | None = None
        self.title = ""
        self.tags: tuple[str, ...] = ()
        self.model = model
        self.options = dict(options)
        self.path: list[ChatMessage] = []
        self.unanswered: ChatMessage | None = None
        """What was said last, if its reply failed before there was any of it."""
        self.attached: list[tuple[str, Part]] = []
        """What goes with the next message that is entered, and where it came from."""
        self.events: Broadcast[RunEvent] = Broadcast()
        """The events of all turns, for those who subscribe."""
        self._seen_head: int | None = None
        self._unwritten = 0

    def load(self, chat: str, *, with_settings: bool = False) -> None:
        """Go on with a chat of the store, with its model and options where none are given, or in any case."""
        found: ChatSummary = self.store.get(chat)
        self.id, self.title, self._seen_head = found.id, found.title, found.head
        self.unanswered = None
        self.model = (found.model or self.model) if with_settings else (self.model or found.model)
        kept = {**found.options, "system": found.system}
        self.options = {**self.options, **kept} if with_settings else {**kept, **self.options}
        self.path = list(self.store.messages(found.id))

    def reset(self) -> None:
        """Begin a new chat with the same settings."""
        self.id, self.title, self.path, self.unanswered, self._seen_head = None, "", [], None, None

    def rename(self, title: str) -> None:
        """Give the chat a title, now or when it is first written."""
        self.title = title
        if self.id is not None:
            self.store.rename(self.id, title)

    def last_said(self) -> int:
        """The place of the last message of the user. Raises ConfigError if there is none."""
        found = (number for number in range(len(self.path) - 1, -1, -1) if self.path[number].role == "user")
        if (last := next(found, None)) is None:
            raise ConfigError("the chat has no message of the user yet; allowed: to say something first")
        return last

    def fork(self, path: Sequence[ChatMessage]) -> ChatState:
        """Another view of the same chat, which goes on after these messages."""
        other = copy(self)
        other.path, other.unanswered = list(path), None
        other.options, other.attached, other.events = dict(self.options), list(self.attached), Broadcast()
        return other

    def end_events(self) -> None:
        """End the streams of all subscribers; later ones get what comes after."""
        ended, self.events = self.events, Broadcast()
        ended.end()

    def move(self, path: Sequence[ChatMessage]) -> None:
        """Go on after the last of these messages, also in the store."""
        self.path, self.unanswered = list(path), None
        if self.id is not None:
            with self.store.writing() as connection:
                self.start(connection)
                self.point(connection, self.head)

    def undo(self) -> tuple[ChatMessage, ...]:
        """Go back to before the last message of the user; what is left behind."""
        path, keep = self.path, self.last_said()
        self.move(path[:keep])
        return tuple(path[keep:])

    @property
    def model_name(self) -> str | None:
        """The model by a name that another program understands; None for a route that has none."""
        if self.model is None or isinstance(self.model, Route):
            return None
        return str(self.model) if type(self.model) is str else ":".join(split_model(self.model))

    @property
    def head(self) -> int | None:
        """The id of the last message."""
        return self.path[-1].id if self.path else None

    def history(self) -> tuple[Message, ...]:
        return tuple(each.message for each in self.path)

    def catch_up(self, connection: sqlite3.Connection) -> None:
        """Take in what another program has added after the last message, if this one stood at the end of the chat."""
        if self.id is None or self.head != self._seen_head:
            return
        row = connection.execute("SELECT head FROM chats WHERE id = ?", (self.id,)).fetchone()
        if row is None or row[0] == self._seen_head:
            return
        path = rows.path_to(connection, row[0])
        is_over = bool(path) and path[-1].role == "assistant" and path[-1].status != "partial"
        if is_over and (self.head is None or self.head in {each.id for each in path}):
            self.path, self._seen_head = path, row[0]

    def start(self, connection: sqlite3.Connection) -> str:
        """Write the chat itself, its settings, and what could not be written before; its id."""
        model = self.model_name
        system, options = self.options.get("system"), json.dumps(_kept(self.options))
        known = self.id and connection.execute("SELECT 1 FROM chats WHERE id = ?", (self.id,)).fetchone()
        if self.id is None or not known:  # another program may have deleted it
            self.path = [_unwritten(each, -number) for number, each in enumerate(self.path, 1)]
            self._unwritten = len(self.path)
            self.id = make_chat(connection, title=self.title)
            add_tags(connection, self.id, self.tags)
        settings = (model, system, options, self.id)
        connection.execute("UPDATE chats SET model = ?, system = ?, options = ? WHERE id = ?", settings)
        first = next((number for number, each in enumerate(self.path) if each.id < 0), len(self.path))
        left, self.path = self.path[first:], self.path[:first]
        for each in left:
            fields = {name: getattr(each, name) for name in NewMessage.__struct_fields__ if name != "text"}
            self.add(connection, NewMessage(text=text_of(each.parts), **fields))
        return self.id

    def add(self, connection: sqlite3.Connection, new: NewMessage) -> None:
        """Write a message after the last one."""
        self.extend(connection, [rows.insert(connection, self.id or "", self.head, new)])
        if not self.title and new.role == "user":
            self.title = beginning(new.text)
            connection.execute("UPDATE chats SET title = ? WHERE id = ?", (self.title, self.id))

    def extend(self, connection: sqlite3.Connection, ids: Sequence[int]) -> None:
        """Go on after these messages, which have just been written."""
        found = rows.by_ids(connection, ids)
        self.path = [*self.path, *(found[each] for each in ids)]
        self.point(connection, self.head)

    def remember(self, messages: Sequence[NewMessage]) -> None:
        """Go on after messages that cannot be written now."""
        for new in messages:
            self._unwritten += 1
            fields = {name: getattr(new, name) for name in new.__struct_fields__ if name != "text"}
            fields["parts"] = tuple(new.parts)
            made = ChatMessage(id=-self._unwritten, chat=self.id or "", parent=self.head, **fields)
            self.path = [*self.path, made]

    def point(self, connection: sqlite3.Connection, head: int | None) -> None:
        """Let the chat go on after this message."""
        connection.execute("UPDATE chats SET head = ?, updated = ? WHERE id = ?", (head, time(), self.id))
        self._seen_head = head


def _unwritten(message: ChatMessage, number: int) -> ChatMessage:
    return msgspec.structs.replace(message, id=number, parent=None)


def _kept(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that are plain values, which another program can use again."""

    def is_plain(value: object) -> bool:
        return isinstance(value, _PLAIN) or (isinstance(value, list | tuple) and all(map(is_plain, value)))

    return {name: value for name, value in options.items() if name not in _NOT_KEPT and is_plain(value)}
