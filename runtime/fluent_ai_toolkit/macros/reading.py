"""Lines to the steps of a macro."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from fluent_ai_toolkit.errors import ExpressionError, MacroError
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
    Variable,
    Wait,
    While,
)
from fluent_ai_toolkit.tools.expression import parse

NAME: Final = r"[A-Za-z_][A-Za-z_0-9]*"
BLOCKS_LIMIT: Final = 50
"""Blocks within one another."""

_MARK = re.compile(rf"\{{\{{({NAME}(?:\|[^{{}}]*)?)\}}\}}|\{{({NAME})(?:\|([^{{}}]*))?\}}", re.ASCII)
"""`{{name}}` for the text `{name}`; `{name}` and `{name|default}` for a variable."""
_DIRECTIVE = re.compile(r"@([a-z]+)(?:\s+|$)")
_ASSIGNED = re.compile(rf"({NAME})\s*=\s*", re.ASCII)
_FOR = re.compile(rf"({NAME})\s+in\s+", re.ASCII)
_GIVEN = re.compile(rf"\s*({NAME})=(?:\"([^\"]*)\"|(\S*))", re.ASCII)
_DIRECTIVES: Final = (
    "if", "elif", "else", "end", "for", "let", "macro", "repeat", "set", "stop", "wait", "while",
)  # fmt: skip
_ESCAPED = ("\\@", "\\#", "\\\\")


def read(macro: str, lines: Sequence[str]) -> tuple[MacroStep, ...]:
    """The steps of a macro; each of the lines is one, and may itself have several lines. Raises MacroError."""
    return _Reader(macro, lines).whole()


def template(text: str, place: Place) -> Template:
    """A text that begins at `place`, with its variables."""
    pieces: list[str | Variable] = []
    at = 0
    for found in _MARK.finditer(text):
        pieces.append(text[at : found.start()])
        literal, name, default = found.groups()
        pieces.append(f"{{{literal}}}" if literal else Variable(name, default, place.moved(found.start())))
        at = found.end()
    pieces.append(text[at:])
    return Template(tuple(piece for piece in pieces if piece), place)


def as_line(text: str) -> str:
    """A text that somebody typed, as a line that means just this."""
    escaped = _MARK.sub(lambda found: f"{{{found.group()}}}", text)
    return f"\\{escaped}" if escaped.startswith(("@", "#", *_ESCAPED)) else escaped


class _Reader:
    def __init__(self, macro: str, lines: Sequence[str]) -> None:
        self._macro = macro
        self._lines = lines
        self._at = 0
        self._ending = ""
        """The directive that ended the last block."""
        self._rest = ("", Place(1, 1))
        """What followed it, and where."""

    def whole(self) -> tuple[MacroStep, ...]:
        return self._block((), None, 0)

    def _block(self, ends: tuple[str, ...], opened: Place | None, depth: int) -> tuple[MacroStep, ...]:
        """The steps up to a directive of `ends`, or to the end if there are none."""
        if depth > BLOCKS_LIMIT:
            raise self._refused(f"more than {BLOCKS_LIMIT} blocks stand within one another", opened or Place(1, 1))
        steps: list[MacroStep] = []
        while self._at < len(self._lines):
            text = self._lines[self._at]
            self._at += 1
            stripped = text.lstrip()
            place = Place(self._at, len(text) - len(stripped) + 1)
            if not stripped or stripped.startswith("#"):
                continue
            if stripped.startswith(_ESCAPED):
                steps.append(Line(place, template(stripped[1:], place.moved(1))))
            elif not stripped.startswith("@"):
                steps.append(Line(place, template(stripped, place)))
            else:
                directive, rest, inside = self._directive(stripped, place)
                if directive in ends:
                    self._ending = directive
                    self._rest = (rest, inside)
                    return tuple(steps)
                steps.append(self._step(directive, rest, place, inside, depth))
        if opened is not None:
            raise self._refused("the block has no @end", opened)
        return tuple(steps)

    def _directive(self, text: str, place: Place) -> tuple[str, str, Place]:
        found = _DIRECTIVE.match(text)
        if found is None or found[1] not in _DIRECTIVES:
            known = ", ".join(f"@{name}" for name in _DIRECTIVES)
            raise self._refused(f"{text.split()[0][:40]!r} is unknown; allowed: {known}, or \\@ for a message", place)
        return found[1], text[found.end() :].rstrip(), place.moved(found.end())

    def _step(self, directive: str, rest: str, place: Place, inside: Place, depth: int) -> MacroStep:
        match directive:
            case "wait":
                return Wait(place, template(self._some(rest, "seconds", inside), inside))
            case "set":
                name, value, at = self._named(_ASSIGNED, rest, "name = text", inside)
                return SetText(place, name, template(value, at))
            case "let":
                name, value, at = self._named(_ASSIGNED, rest, "name = expression", inside)
                return Let(place, name, self._expression(value, at))
            case "for":
                name, value, at = self._named(_FOR, rest, "name in one, two", inside)
                return For(place, name, template(value, at), self._block(("end",), place, depth + 1))
            case "repeat":
                times = template(self._some(rest, "how many times", inside), inside)
                return Repeat(place, times, self._block(("end",), place, depth + 1))
            case "while":
                condition = self._expression(rest, inside)
                return While(place, condition, self._block(("end",), place, depth + 1))
            case "if":
                return self._branches(rest, place, inside, depth)
            case "macro":
                return self._play(rest, place, inside)
            case "stop":
                self._nothing(directive, rest, inside)
                return Stop(place)
            case _:
                raise self._refused(f"@{directive} ends no block", place)

    def _branches(self, rest: str, place: Place, inside: Place, depth: int) -> If:
        branches: list[tuple[Expression | None, tuple[MacroStep, ...]]] = []
        condition: Expression | None = self._expression(rest, inside)
        while True:
            ends = ("end",) if condition is None else ("elif", "else", "end")
            branches.append((condition, self._block(ends, place, depth + 1)))
            rest, inside = self._rest
            if self._ending == "end":
                return If(place, tuple(branches))
            condition = self._expression(rest, inside) if self._ending == "elif" else None

    def _play(self, rest: str, place: Place, inside: Place) -> Play:
        name = self._some(rest, "the name of a macro", inside).split(" ", 1)[0]
        values: list[tuple[str, Template]] = []
        at = len(name) + 1
        while at < len(rest):
            found = _GIVEN.match(rest, at)
            if found is None:
                raise self._refused('allowed after the name: key=value or key="a value"', inside.moved(at))
            group = 2 if found[2] is not None else 3
            values.append((found[1], template(found[group], inside.moved(found.start(group)))))
            at = found.end()
        return Play(place, name, tuple(values))

    def _named(self, pattern: re.Pattern[str], rest: str, form: str, inside: Place) -> tuple[str, str, Place]:
        found = pattern.match(rest)
        if found is None:
            raise self._refused(f"allowed here: {form}", inside)
        return found[1], rest[found.end() :], inside.moved(found.end())

    def _expression(self, text: str, place: Place) -> Expression:
        try:
            return Expression(place, parse(self._some(text, "a condition", place), condition=True))
        except ExpressionError as error:
            why = error.message.removeprefix(f"at character {error.position}: ")
            raise self._refused(why, place.moved((error.position or 1) - 1)) from None

    def _some(self, text: str, what: str, place: Place) -> str:
        if not text:
            raise self._refused(f"{what} must stand here", place)
        return text

    def _nothing(self, directive: str, rest: str, place: Place) -> None:
        if rest:
            raise self._refused(f"nothing may follow @{directive}", place)

    def _refused(self, why: str, place: Place) -> MacroError:
        return MacroError(why, macro=self._macro, line=place.line, column=place.column)
