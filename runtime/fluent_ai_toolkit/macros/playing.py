"""A macro that is being played, as the source of a stream."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Iterator, Mapping
from time import monotonic
from typing import Final, Generic, Protocol, TypeVar

import msgspec
from fluent_ai.content.events import TextDelta
from fluent_ai.errors import Cancelled
from fluent_ai.resilience.waiting import LoopWaiting, ThreadWaiting, Waiting
from fluent_ai.streams.stream import AsyncStream, Stream
from fluent_ai.streams.stream_source import StreamSource

from fluent_ai_toolkit.chat.commands.macro_events import (
    MacroEvent,
    MacroFinished,
    MacroWaiting,
    StepStarted,
    VariableChanged,
)
from fluent_ai_toolkit.errors import ExpressionError, MacroError, MacroLimit, MacroLimitReached
from fluent_ai_toolkit.macros.conditions import holds, work_out, written
from fluent_ai_toolkit.macros.steps import (
    Expression,
    For,
    If,
    Let,
    Line,
    MacroStep,
    Place,
    Play,
    Repeat,
    SetText,
    Stop,
    Template,
    Wait,
    While,
)

REPLY: Final = "reply"
"""The variable that holds the text of the last reply."""
LOOKED_AT_SECONDS: Final = 3600.0


EventT = TypeVar("EventT")
"""What a macro says of itself."""


class MacroLimits(msgspec.Struct, frozen=True):
    """How long a macro may run."""

    seconds: float = 3600.0
    """Seconds from its beginning, with all waits and replies."""
    steps: int = 10_000
    """Steps, of all macros that are played, and each round of a loop."""
    depth: int = 10
    """Macros within one another."""


class Steps(Protocol):
    """A macro, as far as playing it goes."""

    @property
    def name(self) -> str: ...
    @property
    def steps(self) -> tuple[MacroStep, ...]: ...


class TakesLines(Protocol[EventT]):
    """What a macro is played to, such as a Chat."""

    def enter(self, line: str, /) -> Stream[EventT]:
        """The events of what comes of a line, which is a message or a command."""
        ...


class TakesLinesAsync(Protocol[EventT]):
    """The asynchronous twin of `TakesLines`."""

    def enter(self, line: str, /) -> AsyncStream[EventT]: ...


class _Stopped(Exception):
    """`@stop` was reached."""


class PlaySource(Generic[EventT]):
    """The steps of a macro, one after another; the events of each line pass through."""

    def __init__(
        self,
        macro: Steps,
        chat: TakesLines[EventT] | TakesLinesAsync[EventT],
        variables: Mapping[str, str],
        macros: Mapping[str, Steps],
        limits: MacroLimits,
        *,
        blocking: bool,
    ) -> None:
        self.variables = dict(variables)
        self._macro = macro
        self._chat = chat
        self._macros = macros
        self._limits = limits
        self._waiting: Waiting = ThreadWaiting() if blocking else LoopWaiting()
        self._gate = _Gate()
        self._reply: StreamSource[EventT] | None = None
        self._aborted = False
        self._count = 0
        self._end = math.inf
        self._events = self._played()

    async def open(self) -> None:
        self._end = monotonic() + self._limits.seconds

    async def next_batch(self) -> list[EventT | MacroEvent] | None:
        event = await anext(self._events, None)
        if event is None:
            self._check_aborted()
            return None
        return [event]

    def poll(self) -> list[EventT | MacroEvent] | None:
        return []

    async def close(self) -> None:
        await self._events.aclose()

    def abort(self) -> None:
        """End the wait, or the reply, that is under way; safe from any thread."""
        self._aborted = True
        self._gate.open()
        self._waiting.wake()
        if (reply := self._reply) is not None:
            reply.abort()

    def pause(self) -> None:
        self._gate.close()

    def resume(self) -> None:
        self._gate.open()

    async def _played(self) -> AsyncGenerator[EventT | MacroEvent]:
        try:
            async for event in self._all(self._macro, self._macro.steps, self.variables, 1):
                yield event
        except _Stopped:
            pass
        yield MacroFinished(self._macro.name, dict(self.variables))

    async def _all(
        self, macro: Steps, steps: tuple[MacroStep, ...], scope: dict[str, str], depth: int
    ) -> AsyncGenerator[EventT | MacroEvent]:
        for step in steps:
            await self._begin()
            match step:
                case Line(place, text):
                    line = self._filled(macro, text, scope)
                    yield StepStarted(macro.name, place.line, line)
                    async for event in self._entered(line, scope):
                        yield event
                case Wait(place, text):
                    seconds = self._number(macro, text, scope, self._limits.seconds)
                    yield MacroWaiting(macro.name, place.line, seconds)
                    await self._sleep(seconds)
                case SetText(_, name, text):
                    yield self._set(scope, name, self._filled(macro, text, scope))
                case Let(_, name, expression):
                    yield self._set(scope, name, written(self._worked_out(macro, expression, scope)))
                case Stop():
                    raise _Stopped
                case Play():
                    async for event in self._nested(macro, step, scope, depth):
                        yield event
                case _:
                    for body in self._bodies(macro, step, scope):
                        async for event in self._all(macro, body, scope, depth):
                            yield event

    def _bodies(
        self, macro: Steps, step: If | Repeat | While | For, scope: dict[str, str]
    ) -> Iterator[tuple[MacroStep, ...]]:
        """The blocks to play, one after another; what a block does counts for the next one."""
        match step:
            case If(_, branches):
                for condition, body in branches:
                    if condition is None or self._holds(macro, condition, scope):
                        yield body
                        return
            case Repeat(_, times, body):
                for _ in range(self._whole(macro, times, scope)):
                    self._took()
                    yield body
            case While(_, condition, body):
                while self._holds(macro, condition, scope):
                    self._took()
                    yield body
            case For(_, name, values, body):
                for value in self._filled(macro, values, scope).split(","):
                    self._took()
                    scope[name] = value.strip()
                    yield body

    async def _nested(
        self, macro: Steps, step: Play, scope: dict[str, str], depth: int
    ) -> AsyncGenerator[EventT | MacroEvent]:
        inner = self._macros.get(step.name)
        if inner is None:
            known = ", ".join(sorted(self._macros)) or "none"
            raise self._refused(macro, f"there is no macro {step.name!r}; known: {known}", step.place)
        if depth >= self._limits.depth:
            raise self._reached("depth", f"more than {self._limits.depth} macros play one another")
        given = {name: self._filled(macro, text, scope) for name, text in step.given}
        inherited = scope | given
        try:
            async for event in self._all(inner, inner.steps, inherited, depth + 1):
                yield event
        finally:
            scope.update((name, value) for name, value in inherited.items() if given.get(name) != value)

    async def _entered(self, line: str, scope: dict[str, str]) -> AsyncGenerator[EventT | MacroEvent]:
        said: list[str] = []
        reply: StreamSource[EventT] = StreamSource(self._chat.enter(line))
        self._reply = reply
        try:
            while (batch := await reply.next_batch()) is not None:
                for event in batch:
                    if isinstance(event, TextDelta):
                        said.append(event.text)
                    yield event
        finally:
            self._reply = None
            await reply.close()
        if said:
            scope[REPLY] = "".join(said)

    async def _begin(self) -> None:
        while not self._gate.ready:
            await self._waiting.queue(self._gate, LOOKED_AT_SECONDS)
        self._check_aborted()
        self._took()

    def _check_aborted(self) -> None:
        if self._aborted:
            raise Cancelled("the macro was stopped before its end")

    def _took(self) -> None:
        self._count += 1
        if self._count > self._limits.steps:
            raise self._reached("steps", f"more than {self._limits.steps:,} steps")
        if monotonic() > self._end:
            raise self._too_late()

    async def _sleep(self, seconds: float) -> None:
        left = self._end - monotonic()
        await self._waiting.sleep(min(seconds, max(left, 0)))
        self._check_aborted()
        if seconds > left:
            raise self._too_late()

    def _set(self, scope: dict[str, str], name: str, value: str) -> VariableChanged:
        scope[name] = value
        return VariableChanged(name, value)

    def _filled(self, macro: Steps, text: Template, scope: Mapping[str, str]) -> str:
        try:
            return text.filled(scope)
        except KeyError as error:
            name = str(error.args[0])
            place = next(each.place for each in text.variables if each.name == name)
            why = f"the variable {name!r} has no value; give it, or write {{{name}|default}}"
            raise self._refused(macro, why, place) from None

    def _number(self, macro: Steps, text: Template, scope: Mapping[str, str], most: float) -> float:
        filled = self._filled(macro, text, scope)
        try:
            number = float(filled)
        except ValueError:
            number = math.nan
        if not 0 <= number <= most:
            raise self._refused(
                macro, f"{filled[:40]!r} stands here; allowed: a number from 0 to {most:,g}", text.place
            )
        return number

    def _whole(self, macro: Steps, text: Template, scope: Mapping[str, str]) -> int:
        number = self._number(macro, text, scope, self._limits.steps)
        if not number.is_integer():
            raise self._refused(macro, f"{number} stands here; allowed: a whole number", text.place)
        return int(number)

    def _holds(self, macro: Steps, condition: Expression, scope: Mapping[str, str]) -> bool:
        return holds(self._worked_out(macro, condition, scope))

    def _worked_out(self, macro: Steps, expression: Expression, scope: Mapping[str, str]) -> int | float | str:
        place = expression.place
        try:
            return work_out(expression.steps, scope)
        except ExpressionError as error:
            why = error.message.removeprefix(f"at character {error.position}: ")
            raise self._refused(macro, why, place.moved((error.position or 1) - 1)) from None

    def _too_late(self) -> MacroLimitReached:
        return self._reached("seconds", f"it has run for more than {self._limits.seconds:g} s")

    def _reached(self, limit: MacroLimit, why: str) -> MacroLimitReached:
        return MacroLimitReached(why, macro=self._macro.name, limit=limit)

    def _refused(self, macro: Steps, why: str, place: Place) -> MacroError:
        return MacroError(why, macro=macro.name, line=place.line, column=place.column)


class _Gate:
    """Closed while the macro is paused."""

    def __init__(self) -> None:
        self.ready = True
        self.wake = _nobody

    def close(self) -> None:
        self.ready = False

    def open(self) -> None:
        self.ready = True
        self.wake()


def _nobody() -> object:
    return None
