"""What blocking and asynchronous chats have in common."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from fluent_ai.arguments import as_text, as_texts, check_number
from fluent_ai.content.message_input import PARTS
from fluent_ai.content.parts import Message, Part, TextPart
from fluent_ai.errors import ConfigError
from fluent_ai.sqlite_file import BUSY_SECONDS

from fluent_ai_toolkit.chat.commands.own import COMMANDS, completions
from fluent_ai_toolkit.chat.commands.table import (
    Command,
    Outcome,
    Plays,
    Surroundings,
    find,
    message_of,
)
from fluent_ai_toolkit.chat.commands.table import Turn as TurnAsked
from fluent_ai_toolkit.chat.media import with_bytes
from fluent_ai_toolkit.chat.messages import ChatBranch, ChatMessage
from fluent_ai_toolkit.chat.saved_turn import SavedTurn
from fluent_ai_toolkit.chat.state import ChatState
from fluent_ai_toolkit.chat.store import Chats, chats

if TYPE_CHECKING:
    from typing import TypeAlias

    from fluent_ai.client.route import Route
    from fluent_ai.content.model_names import ModelName
    from fluent_ai.content.parts import PathLike

    from fluent_ai_toolkit.tools.run import AsyncRun, Run

    Said: TypeAlias = str | Part | Sequence[str | Part]

T = TypeVar("T")
RunT = TypeVar("RunT", "Run", "AsyncRun")


class SharedChat:
    """What both kinds of chats say of themselves, and what needs no waiting."""

    _check_model: Callable[[str], object]

    def __init__(
        self,
        model: ModelName | Route | None,
        store: PathLike | Chats | None,
        chat: str | None,
        title: str | None,
        tags: Sequence[str],
        options: Mapping[str, Any],
    ) -> None:
        if store is not None and not isinstance(store, str | os.PathLike | Chats):
            raise ConfigError(f"store is of type {type(store).__name__}; allowed: a path, ai.chats(...), or None")
        opened = Chats(None, BUSY_SECONDS) if store is None else store if isinstance(store, Chats) else chats(store)
        self._state = ChatState(opened, model, options)
        if chat is not None:
            self._state.load(chat)
        if self._state.model is None:
            raise ConfigError("model is missing; allowed: 'provider:model', or a chat of the store that has one")
        self.macros: dict[str, Plays] = {}
        """Macros that `/macro` plays, by their names: what `ai.Macro` makes."""
        self._state.title = title or self._state.title
        self._state.tags = as_texts(tags, "tags") if tags else ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id!r}, {len(self.messages)} messages)"

    @property
    def id(self) -> str | None:
        """The id of the chat in its store; None before its first turn."""
        return self._state.id

    @property
    def store(self) -> Chats:
        """Where the chat is kept."""
        return self._state.store

    @property
    def model(self) -> ModelName | Route:
        """The model that answers; one that is set answers from the next turn on."""
        return cast("ModelName | Route", self._state.model)

    @model.setter
    def model(self, model: ModelName | Route) -> None:
        self._state.model = model

    @property
    def options(self) -> dict[str, Any]:
        """The options of all turns, such as `system` and `tools`; what is changed counts from the next turn on."""
        return self._state.options

    @property
    def messages(self) -> tuple[ChatMessage, ...]:
        """The messages from the first one to where the chat stands now."""
        return tuple(self._state.path)

    @property
    def history(self) -> tuple[Message, ...]:
        """The messages as `client.stream` and `client.run` take them."""
        return self._state.history()

    @property
    def cost(self) -> float:
        """The sum of the known costs of `messages`, in US dollars."""
        return sum(each.cost for each in self._state.path if each.cost is not None)

    @property
    def commands(self) -> Mapping[str, Command]:
        """The commands that `enter` takes, by their names."""
        return COMMANDS

    def complete(self, line: str) -> list[str]:
        """The lines that the beginning of a command may become."""
        return completions(self._surroundings(), line)

    def _entered(self, line: str) -> Outcome:
        """What a line asks for. Raises ConfigError for one that there is not."""
        as_text(line, "line")
        found = find(line, COMMANDS)
        if found is None:
            return TurnAsked(message_of(line))
        command, arguments = found
        return command.run(self._surroundings(), arguments)

    def _surroundings(self) -> Surroundings:
        return Surroundings(self._state, self.macros, self._check_model)

    def _attached(self, text: str) -> Said:
        """What is said, with what was attached to it."""
        attached = [part for _, part in self._state.attached]
        self._state.attached = []
        return [*attached, text] if attached else text

    def _before(self, at: int) -> list[ChatMessage]:
        """The first `at` messages. Raises ConfigError if there are fewer."""
        check_number("at", at, int, 0, len(self._state.path))
        return self._state.path[:at]

    def _before_edit(self, at: int | None) -> list[ChatMessage]:
        """The messages before the one that is said anew, by default the last one of the user."""
        return self._before(self._state.last_said() if at is None else at)

    def _forked(self, at: int | None) -> Self:
        other = copy(self)
        other._state = self._state.fork(self._state.path if at is None else self._before(at))  # noqa: SLF001  # another of its kind
        return other

    def _turn(
        self,
        start: Callable[[tuple[Message, ...]], RunT],
        path: Sequence[ChatMessage],
        said: Said | None,
    ) -> tuple[RunT, SavedTurn[RunT]]:
        """The run of a turn, whose arguments are checked at once, and what saves it."""
        message: Message | None = None if said is None else message_to_say(said)
        history: tuple[Message, ...] = (*(each.message for each in path), *(() if message is None else (message,)))
        return start(history), SavedTurn(self._state, path, message, start)

    def _again(self) -> list[ChatMessage]:
        """The messages up to the last one of the user, whose reply may have failed."""
        state = self._state
        return [*state.path, state.unanswered] if state.unanswered else state.path[: self._state.last_said() + 1]

    def _switch(self, head: int) -> None:
        if self.id is None:
            raise ConfigError(f"head is {head!r}; allowed: nothing yet, because nothing has been said")
        self._state.move(self.store.messages(self.id, head=head))

    def _branches(self) -> tuple[ChatBranch, ...]:
        return () if self.id is None else self.store.branches(self.id)


def message_to_say(said: Said) -> Message:
    """What is said as a message that holds all of it: files are read now. Raises ConfigError."""
    given: object = (said,) if isinstance(said, (str, *PARTS)) else said
    if not isinstance(given, list | tuple) or not given or not all(isinstance(each, (str, *PARTS)) for each in given):
        kind = type(said).__name__
        raise ConfigError(f"said is of type {kind}; allowed: a text, a part, or a list of them that is not empty")
    parts = [TextPart(each) if isinstance(each, str) else each for each in given]
    if not any(not isinstance(each, TextPart) or each.text.strip() for each in parts):
        raise ConfigError("said is empty; allowed: a text, a part, or a list of them")
    message = Message("user", with_bytes(parts))
    message.to_json()  # raises ConfigError for text that no file and no request can hold
    return message
