"""Chats that are kept: `Chat` for blocking clients, `AsyncChat` for those in an event loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Self, cast

from fluent_ai.content.parts import Message
from fluent_ai.errors import ConfigError
from fluent_ai.streams.broadcast import AsyncSubscription, Subscription
from fluent_ai.streams.channel import WhenFull
from fluent_ai.streams.stream import AsyncStream, Stream
from fluent_ai.streams.stream_source import StreamSource

from fluent_ai_toolkit.chat.commands.events import ChatEvent
from fluent_ai_toolkit.chat.commands.table import (
    PlayMacro,
    macro_of,
)
from fluent_ai_toolkit.chat.commands.table import Turn as TurnAsked
from fluent_ai_toolkit.chat.entering import OutputSource
from fluent_ai_toolkit.chat.messages import ChatBranch, ChatMessage
from fluent_ai_toolkit.chat.shared import SharedChat
from fluent_ai_toolkit.chat.store import Chats
from fluent_ai_toolkit.chat.turn import TurnSource, in_thread
from fluent_ai_toolkit.tools.events import RunEvent

if TYPE_CHECKING:
    from typing import Unpack

    from fluent_ai.client.client import AsyncClient, Client
    from fluent_ai.client.route import Route
    from fluent_ai.content.model_names import ModelName
    from fluent_ai.content.parts import PathLike

    from fluent_ai_toolkit.chat.shared import Said
    from fluent_ai_toolkit.tools.options import RunOptions
    from fluent_ai_toolkit.tools.run import AsyncRun, Run


class Chat(SharedChat):
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
        self._client, self._check_model = client, client.model

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
        return self._run(self._before_edit(at), said, options)

    def enter(self, line: str) -> Stream[ChatEvent]:
        """The events of a line as people type it: a message, or a command such as `/model` or `/search`.

        Commands are never sent to the model; a message that begins with a slash is written with two. Raises ConfigError
        for a command that there is not. `commands` lists them.
        """
        asked = self._entered(line)
        if isinstance(asked, TurnAsked):
            return Stream(StreamSource[ChatEvent](cast("Stream[ChatEvent]", self._asked(asked))))
        if isinstance(asked, PlayMacro):
            playback = macro_of(self.macros, asked).play(self, asked.variables, macros=self.macros)
            return Stream(StreamSource[ChatEvent](playback))
        return Stream(OutputSource[ChatEvent](asked, blocking=True))

    def _asked(self, asked: TurnAsked) -> Run:
        if asked.said is None:
            return self.retry()
        said = self._attached(asked.said)
        return self.say(said) if asked.at is None else self.edit(said, at=asked.at)

    def undo(self) -> tuple[ChatMessage, ...]:
        """Go back to before the last message of the user; returns what is left behind, which stays as a branch."""
        return self._state.undo()

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
        from fluent_ai_toolkit.tools.run import Run

        return Run(TurnSource(run, saved))

    def _start(self, options: Mapping[str, Any], history: tuple[Message, ...]) -> Run:
        return self._client.run(self.model, history, **{**self.options, **options})

    def subscribe(self, *, limit: int = 256, when_full: WhenFull = "drop_oldest") -> Subscription[RunEvent]:
        """The events of all turns from now on, whoever reads them; see `ai.Broadcast` for what happens if nobody does.

        There may be any number of subscribers, in any threads. Closing the chat ends their streams.
        """
        return self._state.events.subscribe(limit=limit, when_full=when_full)

    def close(self) -> None:
        """Close the file of the store, which the next use opens again, and end the streams of subscribers."""
        self._state.end_events()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class AsyncChat(SharedChat):
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
        self._client, self._check_model = client, client.model

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
        return self._run(self._before_edit(at), said, options)

    def enter(self, line: str) -> AsyncStream[ChatEvent]:
        """The asynchronous twin of `Chat.enter`."""
        asked = self._entered(line)
        if isinstance(asked, TurnAsked):
            return AsyncStream(StreamSource[ChatEvent](cast("AsyncStream[ChatEvent]", self._asked(asked))))
        if isinstance(asked, PlayMacro):
            playback = macro_of(self.macros, asked).aplay(self, asked.variables, macros=self.macros)
            return AsyncStream(StreamSource[ChatEvent](playback))
        return AsyncStream(OutputSource[ChatEvent](asked, blocking=False))

    def _asked(self, asked: TurnAsked) -> AsyncRun:
        if asked.said is None:
            return self.retry()
        said = self._attached(asked.said)
        return self.say(said) if asked.at is None else self.edit(said, at=asked.at)

    async def undo(self) -> tuple[ChatMessage, ...]:
        """The asynchronous twin of `Chat.undo`."""
        return await in_thread(self._state.undo)

    def fork(self, *, at: int | None = None) -> AsyncChat:
        """The asynchronous twin of `Chat.fork`; it does not wait for anything."""
        return self._forked(at)

    async def branches(self) -> tuple[ChatBranch, ...]:
        """The asynchronous twin of `Chat.branches`."""
        return await in_thread(self._branches)

    async def switch(self, head: int) -> None:
        """The asynchronous twin of `Chat.switch`."""
        await in_thread(partial(self._switch, head))

    def _run(
        self,
        path: Sequence[ChatMessage],
        said: Said | None,
        options: Mapping[str, Any],
    ) -> AsyncRun:
        run, saved = self._turn(partial(self._start, options), path, said)
        from fluent_ai_toolkit.tools.run import AsyncRun

        return AsyncRun(TurnSource(run, saved))

    def _start(self, options: Mapping[str, Any], history: tuple[Message, ...]) -> AsyncRun:
        return self._client.run(self.model, history, **{**self.options, **options})

    def subscribe(self, *, limit: int = 256, when_full: WhenFull = "drop_oldest") -> AsyncSubscription[RunEvent]:
        """The asynchronous twin of `Chat.subscribe`. Raises ConfigError for `block`, which would block the loop."""
        if when_full == "block":
            raise ConfigError("when_full is 'block'; allowed in an event loop: drop_oldest, drop_newest, error")
        return self._state.events.asubscribe(limit=limit, when_full=when_full)

    async def close(self) -> None:
        """The asynchronous twin of `Chat.close`."""
        self._state.end_events()
        self.store.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()


def _check(client: object, wanted: str, owner: str) -> None:
    from fluent_ai.client.client import AsyncClient, Client

    if not isinstance(client, Client if wanted == "Client" else AsyncClient):
        raise ConfigError(f"client of {owner} is of type {type(client).__name__}; allowed: {wanted}")
