"""A turn as it is written to the store of its chat while it goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from time import time
from typing import TYPE_CHECKING, Generic, TypeVar

from fluent_ai.content.parts import Message

from fluent_ai_toolkit.chat import rows
from fluent_ai_toolkit.chat.messages import ChatMessage, ChatStatus
from fluent_ai_toolkit.chat.recorder import Recorder
from fluent_ai_toolkit.chat.rows import NewMessage, text_of
from fluent_ai_toolkit.chat.state import ChatState
from fluent_ai_toolkit.errors import ChatStoreFailed
from fluent_ai_toolkit.tools.events import RunEvent, RunResult

if TYPE_CHECKING:
    from fluent_ai_toolkit.tools.run import AsyncRun, Run

RunT = TypeVar("RunT", "Run", "AsyncRun")


class SavedTurn(Generic[RunT]):
    """What is said after the messages of `path`, and what comes of it.

    Without `said` the last message is answered. `start` makes the run from a history. Methods may block, and do not
    raise what the store raises: `failure` keeps it.
    """

    def __init__(
        self,
        state: ChatState,
        path: Sequence[ChatMessage],
        said: Message | None,
        start: Callable[[tuple[Message, ...]], RunT],
    ) -> None:
        self.failure: ChatStoreFailed | None = None
        """Why something could not be written."""
        self._state = state
        self._path = list(path)
        self._said = said
        self._start: Callable[[tuple[Message, ...]], RunT] = start
        self._before: list[ChatMessage] = []
        self._ids: list[int] = []
        self._complete = 0
        self._is_begun = False
        self._recorder = Recorder(0)

    def begin(self) -> RunT:
        """Write what is said; the run, whose history has what other programs have added meanwhile."""
        state = self._state
        follows = state.path == self._path
        state.path, state.unanswered = list(self._path), None
        new = None if self._said is None else _said(self._said)
        try:
            with state.store.writing() as connection:
                if follows and new:
                    state.catch_up(connection)
                state.start(connection)
                self._before = state.path if new else state.path[:-1]
                if new:
                    state.add(connection, new)
                state.point(connection, state.head)
            self._is_begun = True
        except ChatStoreFailed as failure:
            self.failure = failure
            self._before = state.path if new else state.path[:-1]
            if new:
                state.remember([new])
        self._recorder = Recorder(len(state.path))
        run: RunT = self._start(state.history())
        return run

    def see(self, event: RunEvent) -> None:
        """Take in an event of the run."""
        self._recorder.see(event)
        self._state.events.publish(event)

    def save(self, result: RunResult, status: ChatStatus, error: str | None) -> None:
        """Write what has come; a status other than `partial` ends the turn."""
        state = self._state
        messages = self._recorder.messages(result, status, error)
        try:
            if self._is_begun:
                with state.store.writing() as connection:
                    self._write(connection, state.start(connection), messages)
                    if status != "partial":
                        state.extend(connection, self._ids)
        except ChatStoreFailed as failure:
            self.failure = failure
            self._is_begun = False  # its messages are written anew, once that is possible
        if status == "partial":
            return
        if not self._is_begun:
            state.remember(messages)
        if not messages:
            state.unanswered, state.path = state.path[-1], self._before
        if not self._is_begun or not messages:
            try:
                with state.store.writing() as connection:
                    state.start(connection)
                    state.point(connection, state.head)
            except ChatStoreFailed as failure:
                self.failure = failure

    def _write(self, connection: sqlite3.Connection, chat: str, messages: Sequence[NewMessage]) -> None:
        state = self._state
        ids, parent = self._ids[: self._complete], state.head
        if ids:
            parent = ids[-1]
        for number, new in enumerate(messages[self._complete :], self._complete):
            if number < len(self._ids):
                rows.update(connection, parent := self._ids[number], new)
            else:
                parent = rows.insert(connection, chat, parent, new)
            ids.append(parent)
        state.point(connection, parent)
        self._ids, self._complete = ids, len(self._recorder.complete)


def _said(message: Message) -> NewMessage:
    return NewMessage(role=message.role, parts=message.parts, text=text_of(message.parts), created=time())
