"""Asking within a chat that is kept: a new one, the latest, or one by its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fluent_ai.errors import ConfigError

if TYPE_CHECKING:
    from fluent_ai.cli.asking.answers import Answer
    from fluent_ai.cli.asking.asked import Asked
    from fluent_ai.client.client import Client
    from fluent_ai.config.config import Config

_OF_TURNS = ("output", "documents")
"""Options that hold for one turn, and not for the chat."""


class Kept(NamedTuple):
    """Where a chat is kept, and which one it is."""

    store: Path
    chat: str | None
    """None for a new one."""
    model: str | None
    """The model that it was last held with."""


def store_path(config: Config) -> Path:
    """The file of the user's chats."""
    return config.folder("data") / "chats.db"


def chat_of(config: Config, *, go_on: bool, chat: str | None, save: bool | None) -> Kept | None:
    """The chat to go on with, or a new one; None if nothing is to be kept. Raises ConfigError if there is none."""
    if not go_on and chat is None:
        return Kept(store_path(config), None, None) if (config.values.save if save is None else save) else None
    if save is False:
        raise ConfigError("--no-save and --continue or --chat exclude each other")
    from fluent_ai_toolkit.chat import chats

    path = store_path(config)
    with chats(path) as store:
        if chat is not None:
            found = store.get(chat)
        else:
            latest = store.list(limit=1)
            if not latest:
                raise ConfigError(
                    f"there is no chat in {path} yet; keep one with --save, or: fluent-ai config set save true"
                )
            (found,) = latest
    return Kept(path, found.id, found.model)


@contextmanager
def open_answer(
    client: Client, model: str, asked: Asked, rules: Mapping[str, Any], kept: Kept | None
) -> Iterator[Answer]:
    """The answer, which is kept where that is wanted; tools are run where there are any."""
    from fluent_ai.content.parts import Message

    messages = [Message("user", asked.parts)]
    if kept is None:
        if asked.tools:
            with client.run(model, messages, tools=asked.tools, **asked.options, **rules) as run:
                yield run
        else:
            with client.stream(model, messages, **asked.options) as stream:
                yield stream
        return
    from fluent_ai_toolkit.chat import Chat

    of_turn = {name: asked.options[name] for name in _OF_TURNS if name in asked.options}
    options = {name: value for name, value in asked.options.items() if name not in of_turn}
    if asked.tools:
        of_turn["tools"] = asked.tools
    with (
        Chat(client, model, store=kept.store, chat=kept.chat, **options) as chat,
        chat.say(asked.parts, **of_turn, **rules) as turn,
    ):
        yield turn
