"""The table of commands: what each is called, what it takes, and what it does."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeAlias

import msgspec
from fluent_ai.arguments import did_you_mean
from fluent_ai.errors import ConfigError
from fluent_ai.streams.stream import AsyncStream, Stream

from fluent_ai_toolkit.chat.commands.events import CommandOutput
from fluent_ai_toolkit.chat.state import ChatState


class Turn(msgspec.Struct, frozen=True):
    """A command that speaks to the model: what is said after how many messages."""

    said: str | None
    """None has the last message of the user answered again."""
    at: int | None = None
    """How many messages stay; None for all."""


class PlayMacro(msgspec.Struct, frozen=True):
    """A command that plays a macro."""

    name: str
    variables: dict[str, str]


Outcome: TypeAlias = Iterable[CommandOutput] | Turn | PlayMacro


class Plays(Protocol):
    """A macro, as far as chats know it."""

    def play(self, chat: Any, variables: Mapping[str, str], /, *, macros: Mapping[str, Any]) -> Stream[Any]: ...
    def aplay(self, chat: Any, variables: Mapping[str, str], /, *, macros: Mapping[str, Any]) -> AsyncStream[Any]: ...


def macro_of(macros: Mapping[str, Any], asked: PlayMacro) -> Plays:
    """The macro that is to be played. Raises ConfigError if there is none of that name."""
    found: Plays | None = macros.get(asked.name)
    if found is None:
        raise ConfigError(f"there is no macro {asked.name!r:.60}.{did_you_mean(asked.name, list(macros))}")
    return found


class Surroundings(msgspec.Struct, frozen=True):
    """What commands see of the chat that they are entered into."""

    state: ChatState
    macros: Mapping[str, Plays]
    check_model: Callable[[str], object]
    """Raises ConfigError for a model that cannot be asked."""


class Command(msgspec.Struct, frozen=True):
    """A command: `name` with its slash, `arguments` as help shows them, `help`, what it does and what it may take."""

    name: str
    """With its slash."""
    arguments: str
    """As help shows them; in square brackets what may be left out."""
    help: str
    """What it does, in a sentence."""
    run: Callable[[Surroundings, str], Outcome]
    """Does it, given what stands after the name."""
    complete: Callable[[Surroundings, str], Iterable[str]] = lambda chat, text: ()
    """What the arguments may become, given their beginning."""


def find(line: str, commands: Mapping[str, Command]) -> tuple[Command, str] | None:
    """The command of a line and its arguments; None for a message. Raises ConfigError for a command that there is not.

    A message that begins with a slash is written with two.
    """
    text = line.lstrip()
    if not text.startswith("/") or text.startswith("//"):
        return None
    name, _, arguments = text.partition(" ") if " " in text.partition("\n")[0] else text.partition("\n")
    command = commands.get(name)
    if command is None:
        raise ConfigError(
            f"{name!r:.60} is no command.{did_you_mean(name, list(commands))} /help lists them; a message that begins "
            "with a slash begins with two"
        )
    return command, arguments.strip()


def message_of(line: str) -> str:
    """The message of a line that is no command."""
    return line.lstrip()[1:] if line.lstrip().startswith("//") else line


def words(arguments: str, most: int, usage: str) -> list[str]:
    """The arguments, of which those in quotation marks are one. Raises ConfigError for more than `most`."""
    try:
        found = shlex.split(arguments)
    except ValueError as error:
        raise ConfigError(f"{usage.partition(' ')[0]}: {error}; usage: {usage}") from None
    if len(found) > most:
        raise ConfigError(f"{usage.partition(' ')[0]} has {len(found)} arguments; usage: {usage}")
    return found


def output(command: str, text: str, **more: Any) -> CommandOutput:
    """What a command says."""
    return CommandOutput(command=command, text=text, **more)
