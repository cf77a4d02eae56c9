"""Macros: lines that are entered into a chat one after another, with variables, conditions and loops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fluent_ai.errors import ConfigError
from fluent_ai.streams.stream import AsyncStream, Stream

from fluent_ai_toolkit.chat.commands.macro_events import MacroEvent
from fluent_ai_toolkit.errors import MacroError
from fluent_ai_toolkit.macros.playing import (
    REPLY,
    EventT,
    MacroLimits,
    PlaySource,
    TakesLines,
    TakesLinesAsync,
)
from fluent_ai_toolkit.macros.reading import read
from fluent_ai_toolkit.macros.steps import For, If, Let, Line, MacroStep, Play, Repeat, SetText, Template, Wait, While


class _Shared:
    _source: Any

    @property
    def variables(self) -> dict[str, str]:
        """The variables as they are now."""
        return dict(self._source.variables)

    def pause(self) -> None:
        """Hold the macro before its next step; safe from any thread."""
        self._source.pause()

    def resume(self) -> None:
        """Go on after `pause`."""
        self._source.resume()


class Playback(_Shared, Stream[EventT | MacroEvent]):
    """The events of a macro, and of what it is played to. Leaving it stops the macro."""


class AsyncPlayback(_Shared, AsyncStream[EventT | MacroEvent]):
    """The asynchronous twin of `Playback`."""


class Macro:
    """Messages and commands that are entered into a chat one after another.

    Each of `lines` is a message, a command such as `/model openai:gpt-5.1`, a comment (`#`), or a step of the macro's
    own (`@`); the guide has all of them. `{name}` and `{name|default}` stand for variables, which are texts.
    Raises MacroError, which says the line and the column.

        >>> import fluent_ai as ai
        >>> from fluent_ai.testing import fake_provider
        >>> class Line:
        ...     def enter(self, line):
        ...         return ai.Client().stream("fake:any", line)
        >>> lines = ["Summarise for {who|everyone}.", "@if 'short' in reply", "Longer!", "@end"]
        >>> with fake_provider("A short text.", "A longer one."):
        ...     with ai.Macro("summarise", lines).play(Line(), {"who": "children"}) as events:
        ...         entered = [event.text for event in events if isinstance(event, ai.macros.StepStarted)]
        >>> entered, events.variables["reply"]
        (['Summarise for children.', 'Longer!'], 'A longer one.')
    """

    def __init__(self, name: str, lines: Sequence[str]) -> None:
        if isinstance(lines, str) or not all(isinstance(line, str) for line in lines):
            raise ConfigError(f"lines is {type(lines).__name__}; allowed: a list of texts, or Macro.from_text")
        self._name = name
        self._lines = tuple(lines)
        self._steps = read(name, self._lines)

    @classmethod
    def from_text(cls, name: str, text: str) -> Macro:
        """The macro whose lines are those of the text. A line that ends in a backslash goes on in the next one."""
        lines: list[str] = []
        begun: int | None = None
        for line in text.splitlines():
            lines.append("")  # so that the numbers of lines are those of the text
            at = len(lines) - 1 if begun is None else begun
            begun = at if line.endswith("\\") else None
            lines[at] += line[:-1] + "\n" if begun is not None else line
        return cls(name, lines)

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that it was made of."""
        return self._lines

    @property
    def steps(self) -> tuple[MacroStep, ...]:
        """What they mean."""
        return self._steps

    @property
    def variables(self) -> dict[str, str | None]:
        """The variables that must be given, which are None, and those that may be, with their defaults."""
        found: dict[str, str | None] = {}
        _collect(self._steps, {REPLY}, found)
        return found

    def play(
        self,
        chat: TakesLines[EventT],
        variables: Mapping[str, str] | None = None,
        *,
        macros: Mapping[str, Macro] | None = None,
        limits: MacroLimits | None = None,
    ) -> Playback[EventT]:
        """The events of entering the lines into a chat, and of the macro's own steps.

        `macros` are those that it may play. Raises MacroError at once if a variable is missing; while iterating,
        MacroError, MacroLimitReached, and what the chat raises.
        """
        return Playback(PlaySource(self, chat, self._given(variables), macros or {}, _limits(limits), blocking=True))

    def aplay(
        self,
        chat: TakesLinesAsync[EventT],
        variables: Mapping[str, str] | None = None,
        *,
        macros: Mapping[str, Macro] | None = None,
        limits: MacroLimits | None = None,
    ) -> AsyncPlayback[EventT]:
        """The asynchronous twin of `play`."""
        given = self._given(variables)
        return AsyncPlayback(PlaySource(self, chat, given, macros or {}, _limits(limits), blocking=False))

    def __repr__(self) -> str:
        return f"Macro({self._name!r}, {len(self._lines)} lines)"

    def _given(self, variables: Mapping[str, str] | None) -> dict[str, str]:
        given = dict(variables or {})
        for name, value in given.items():
            if not isinstance(name, str) or not name.isidentifier() or not isinstance(value, str):
                kind = type(value).__name__
                raise ConfigError(f"variables has {str(name)[:40]!r}, of type {kind}; allowed: names and texts")
        missing = [name for name, default in self.variables.items() if default is None and name not in given]
        if missing:
            raise MacroError(f"variables that have no value: {', '.join(missing)}", macro=self._name)
        return given


def _limits(limits: MacroLimits | None) -> MacroLimits:
    return MacroLimits() if limits is None else limits


def _collect(steps: Sequence[MacroStep], known: set[str], found: dict[str, str | None]) -> None:
    """Add the variables that no step before may have set."""

    def see(text: Template) -> None:
        for variable in text.variables:
            if variable.name not in known and found.get(variable.name, "") is not None:
                found[variable.name] = variable.default

    for step in steps:
        match step:
            case Line(_, text) | Wait(_, text):
                see(text)
            case SetText(_, name, text):
                see(text)
                known.add(name)
            case Let(_, name, _):
                known.add(name)
            case Play(_, _, given):
                for _, text in given:
                    see(text)
            case _:
                for counted, body in _blocks(step):
                    if counted is not None:
                        see(counted)
                    if isinstance(step, For):
                        known.add(step.name)
                    _collect(body, known, found)


def _blocks(step: MacroStep) -> Iterator[tuple[Template | None, tuple[MacroStep, ...]]]:
    match step:
        case If(_, branches):
            yield from ((None, body) for _, body in branches)
        case Repeat(_, times, body):
            yield times, body
        case While(_, _, body):
            yield None, body
        case For(_, _, values, body):
            yield values, body
        case _:
            pass
