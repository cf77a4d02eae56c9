"""Chats that are kept: `Chat` for blocking clients, `AsyncChat` for those in an event loop."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from fluent_ai.arguments import as_texts, check_number
from fluent_ai.content.message_input import PARTS
from fluent_ai.content.parts import Message, Part, TextPart
from fluent_ai.errors import ConfigError
from fluent_ai.sqlite_file import BUSY_SECONDS
from fluent_ai.threads import submit

from fluent_ai_toolkit.chat.media import with_bytes
from fluent_ai_toolkit.chat.messages import ChatBranch, ChatMessage
from fluent_ai_toolkit.chat.saved_turn import SavedTurn
from fluent_ai_toolkit.chat.state import ChatState
from fluent_ai_toolkit.chat.store import Chats, chats
from fluent_ai_toolkit.chat.turn import Awaiting, Blocking, TurnSource
from fluent_ai_toolkit.tools.run import AsyncRun, Run

if TYPE_CHECKING:
    from typing import TypeAlias, Unpack

    from fluent_ai.client.client import AsyncClient, Client
    from fluent_ai.client.route import Route
    from fluent_ai.content.model_names import ModelName
    from fluent_ai.content.parts import PathLike

    from fluent_ai_toolkit.tools.options import RunOptions

    Said: TypeAlias = str | Part | Sequence[str | Part]

T = TypeVar("T")
RunT = TypeVar("RunT", Run, AsyncRun)


class _Shared:
    """What both kinds of chats say of themselves, and what needs no waiting."""

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
        found: tuple[Message, ...] = self._state.history()
        return found

    @property
    def cost(self) -> float:
        """The sum of the known costs of `messages`, in US dollars."""
        return sum(each.cost for each in self._state.path if each.cost is not None)

    def _keep(self, at: int | None, default: int) -> int:
        """How many messages stay. Raises ConfigError for a number that there is not."""
        if at is None:
            return default
        check_number("at", at, int, 0, len(self._state.path))
        return at

    def _forked(self, at: int | None) -> Self:
        other = copy(self)
        other._state = self._state.fork(self._keep(at, len(self._state.path)))  # noqa: SLF001  # another of the same kind
        return other

    def _last_said(self) -> int:
        """The place of the last message of the user. Raises ConfigError if there is none."""
        path = self._state.path
        found = next((number for number in range(len(path) - 1, -1, -1) if path[number].role == "user"), None)
        if found is None:
            raise ConfigError("the chat has no message of the user yet; allowed: to say something first")
        return found

    def _turn(
        self,
        start: Callable[[tuple[Message, ...]], RunT],
        path: Sequence[ChatMessage],
        said: Said | None,
    ) -> tuple[RunT, SavedTurn[RunT]]:
        """The run of a turn, whose arguments are checked at once, and what saves it."""
        history: tuple[Message, ...] = tuple(each.message for each in path)
        if said is None:
            return start(history), SavedTurn(self._state, path, None, start)
        message = _message(said)
        return start((*history, message)), SavedTurn(self._state, path, message, start)

    def _again(self) -> list[ChatMessage]:
        """The messages up to the last one of the user, whose reply may have failed."""
        state = self._state
        return [*state.path, state.unanswered] if state.unanswered else state.path[: self._last_said() + 1]

    def _undo(self) -> tuple[ChatMessage, ...]:
        path, keep = self._state.path, self._last_said()
        self._state.move(path[:keep])
        return tuple(path[keep:])

    def _switch(self, head: int) -> None:
        if self.id is None:
            raise ConfigError(f"head is {head!r}; allowed: nothing yet, because nothing has been said")
        self._state.move(self.store.messages(self.id, head=head))

    def _branches(self) -> tuple[ChatBranch, ...]:
        return () if self.id is None else self.store.branches(self.id)


class Chat(_Shared):
    """A chat that is kept while it goes on: each message is written to the store, replies as they stream.

    What the process loses if it is killed is at most the last half second of a reply. `store` is the path of a file or
    what `ai.chats` returns; without it the chat is kept in memory. `chat` goes on with a chat of the store, by its id,
    with the model and the options that it had unless others are given. All options of `client.run` may be given here,
    for every turn, or for one turn. Several programs may go on with one chat: messages that another one has added are
    taken in, and what two say at once becomes two branches.

    A Chat object is for one thread at a time. Raises ConfigError for bad arguments, and ChatStoreFailed for a chat that
    cannot be read; what cannot be written is warned of, and the chat goes on.

        >>> import fluent_ai as ai
        >>> from fluent_ai.testing import fake_provider
        >>> with fake_provider("Hello!", "Still here."):
        ...     chat = ai.Chat(ai.Client(), "fake:any", title="Greetings")
        ...     first = chat.say("Hi").collect().text
        ...     other = chat.fork(at=0).say("Are you there?").collect().text
        >>> first, other, len(chat.messages), len(chat.branches())
        ('Hello!', 'Still here.', 2, 2)
    """

    def __init__(
        self,
        client: Client,
        model: ModelName | Route | None = None,
        *,
        store: PathLike | Chats | None = None,
        chat: str | None = None,
        title: str | None = None,
        tags: Sequence[str] = (),
        **options: Unpack[RunOptions],
    ) -> None:
        _check(client, "Client", "Chat")
        super().__init__(model, store, chat, title, tags, options)
        self._client = client

    def say(self, said: Said, **options: Unpack[RunOptions]) -> Run:
        """Say something: a text, or texts and parts such as images. The events of the turn, as of `client.run`.

        Bad arguments raise ConfigError here, errors of the provider while
        iterating: what is said then stays unanswered, and `retry` asks again.
        """
        return self._run(self._state.path, said, options)

    def retry(self, **options: Unpack[RunOptions]) -> Run:
        """Have the last message of the user answered again, on a branch of its own."""
        return self._run(self._again(), None, options)

    def edit(
        self, said: Said, *, at: int | None = None,
        **options: Unpack[RunOptions],
    ) -> Run:  # fmt: skip
        """Say something else in place of the last message of the user, or of message number `at`, counted from 0.

        What was there stays, as another branch.
        """
        keep = self._last_said() if at is None else self._keep(at, 0)
        return self._run(self._state.path[:keep], said, options)

    def undo(self) -> tuple[ChatMessage, ...]:
        """Go back to before the last message of the user; returns what is left behind, which stays as a branch."""
        return self._undo()

    def fork(self, *, at: int | None = None) -> Chat:
        """Another Chat, which goes on after the first `at` messages, by default after all; this one stays as it is."""
        return self._forked(at)

    def branches(self) -> tuple[ChatBranch, ...]:
        """The branches of the chat, the latest first."""
        return self._branches()

    def switch(self, head: int) -> None:
        """Go on with the branch that ends with the message of this id."""
        self._switch(head)

    def _run(
        self,
        path: Sequence[ChatMessage],
        said: Said | None,
        options: Mapping[str, Any],
    ) -> Run:
        run, saved = self._turn(partial(self._start, options), path, said)
        return Run(TurnSource(Blocking(run), saved))

    def _start(self, options: Mapping[str, Any], history: tuple[Message, ...]) -> Run:
        return self._client.run(self.model, history, **{**self.options, **options})

    def close(self) -> None:
        """Close the file of the store; the next use opens it again."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class AsyncChat(_Shared):
    """The asynchronous twin of `Chat`. Opening one that exists already reads it at once, which blocks for that long."""

    def __init__(
        self,
        client: AsyncClient,
        model: ModelName | Route | None = None,
        *,
        store: PathLike | Chats | None = None,
        chat: str | None = None,
        title: str | None = None,
        tags: Sequence[str] = (),
        **options: Unpack[RunOptions],
    ) -> None:
        _check(client, "AsyncClient", "AsyncChat")
        super().__init__(model, store, chat, title, tags, options)
        self._client = client

    def say(self, said: Said, **options: Unpack[RunOptions]) -> AsyncRun:
        """The asynchronous twin of `Chat.say`."""
        return self._run(self._state.path, said, options)

    def retry(self, **options: Unpack[RunOptions]) -> AsyncRun:
        """The asynchronous twin of `Chat.retry`."""
        return self._run(self._again(), None, options)

    def edit(
        self, said: Said, *, at: int | None = None,
        **options: Unpack[RunOptions],
    ) -> AsyncRun:  # fmt: skip
        """The asynchronous twin of `Chat.edit`."""
        keep = self._last_said() if at is None else self._keep(at, 0)
        return self._run(self._state.path[:keep], said, options)

    async def undo(self) -> tuple[ChatMessage, ...]:
        """The asynchronous twin of `Chat.undo`."""
        return await _in_thread(self._undo)

    def fork(self, *, at: int | None = None) -> AsyncChat:
        """The asynchronous twin of `Chat.fork`; it does not wait for anything."""
        return self._forked(at)

    async def branches(self) -> tuple[ChatBranch, ...]:
        """The asynchronous twin of `Chat.branches`."""
        return await _in_thread(self._branches)

    async def switch(self, head: int) -> None:
        """The asynchronous twin of `Chat.switch`."""
        await _in_thread(partial(self._switch, head))

    def _run(
        self,
        path: Sequence[ChatMessage],
        said: Said | None,
        options: Mapping[str, Any],
    ) -> AsyncRun:
        run, saved = self._turn(partial(self._start, options), path, said)
        return AsyncRun(TurnSource(Awaiting(run), saved))

    def _start(self, options: Mapping[str, Any], history: tuple[Message, ...]) -> AsyncRun:
        return self._client.run(self.model, history, **{**self.options, **options})

    async def close(self) -> None:
        """Close the file of the store; the next use opens it again."""
        self.store.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()


async def _in_thread(work: Callable[[], T]) -> T:
    return await asyncio.wrap_future(submit(work, name="store of chats"))


def _check(client: object, wanted: str, owner: str) -> None:
    from fluent_ai.client.client import AsyncClient, Client

    if not isinstance(client, Client if wanted == "Client" else AsyncClient):
        raise ConfigError(f"client of {owner} is of type {type(client).__name__}; allowed: {wanted}")


def _message(said: Said) -> Message:
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
