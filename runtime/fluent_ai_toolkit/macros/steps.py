"""The steps that macros are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fluent_ai_toolkit.tools.expression import Step as ExpressionStep


class Place(NamedTuple):
    """Where something stands; line and column begin with 1."""

    line: int
    column: int

    def moved(self, characters: int) -> Place:
        """The place so many characters further on."""
        return Place(self.line, self.column + characters)


class Variable(NamedTuple):
    """`{name}` or `{name|default}` in a text."""

    name: str
    default: str | None
    place: Place


class Template(NamedTuple):
    """A text with variables."""

    pieces: tuple[str | Variable, ...]
    place: Place

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Those that stand in it, in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Variable))

    def filled(self, variables: Mapping[str, str]) -> str:
        """The text with what the variables stand for. Raises KeyError for one without a value."""
        return "".join(
            piece if isinstance(piece, str)
            else variables.get(piece.name, piece.default) if piece.default is not None
            else variables[piece.name]
            for piece in self.pieces
        )  # fmt: skip


class Line(NamedTuple):
    """A message or a command, as somebody would have typed it."""

    place: Place
    text: Template


class Wait(NamedTuple):
    """`@wait 2`: seconds."""

    place: Place
    seconds: Template


class SetText(NamedTuple):
    """`@set name = a text with {variables}`."""

    place: Place
    name: str
    text: Template


class Let(NamedTuple):
    """`@let name = an expression`."""

    place: Place
    name: str
    expression: Expression


class If(NamedTuple):
    """`@if`, `@elif`, `@else`, `@end`: the first branch whose condition holds; the last one may have none."""

    place: Place
    branches: tuple[tuple[Expression | None, tuple[MacroStep, ...]], ...]


class Repeat(NamedTuple):
    """`@repeat 3` ... `@end`."""

    place: Place
    times: Template
    body: tuple[MacroStep, ...]


class While(NamedTuple):
    """`@while condition` ... `@end`."""

    place: Place
    condition: Expression
    body: tuple[MacroStep, ...]


class For(NamedTuple):
    """`@for name in one, two, {others}` ... `@end`."""

    place: Place
    name: str
    values: Template
    body: tuple[MacroStep, ...]


class Play(NamedTuple):
    """`@macro name key=value`: another macro, which sees all variables, and whose changes to them stay."""

    place: Place
    name: str
    given: tuple[tuple[str, Template], ...]


class Stop(NamedTuple):
    """`@stop`: the end of the macro, and of those that play it."""

    place: Place


class Expression(NamedTuple):
    """A condition or a sum."""

    place: Place
    steps: list[ExpressionStep]


MacroStep = Line | Wait | SetText | Let | If | Repeat | While | For | Play | Stop
