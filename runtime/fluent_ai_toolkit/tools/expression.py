"""Arithmetic as text, to postfix steps: an operator-precedence parser that knows numbers, names and calls only.

Where it reads conditions, it also knows texts in quotes, `and`, `or`, `not` and `in`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from fluent_ai.errors import ConfigError

from fluent_ai_toolkit.errors import ExpressionError

LENGTH_LIMIT: Final = 10_000
"""Characters of an expression."""
DEPTH_LIMIT: Final = 100
"""Parentheses, calls, signs and exponents within one another."""
DIGITS_LIMIT: Final = 1_000
"""Characters of a number."""

_DIGITS = r"[0-9](?:_?[0-9])*"
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<number>(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)|(?P<sign>\*\*|//|<<|>>|[<>=!]=|[-+*/%()&|^~<>,])",
    re.ASCII,
)
_TEXT = re.compile(r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
COMPARISONS: Final = frozenset({"<", "<=", ">", ">=", "==", "!="})
_NOT, _COMPARE, _UNARY, _POWER = 3, 4, 10, 11
_LOGIC: Final = {"or": 1, "and": 2, "in": _COMPARE}
_BINARY: Final = (
    dict.fromkeys(COMPARISONS, _COMPARE)
    | {"|": 5, "^": 6, "&": 7}
    | dict.fromkeys(("<<", ">>"), 8)
    | dict.fromkeys(("+", "-"), 9)
    | dict.fromkeys(("*", "/", "//", "%"), _UNARY)
    | {"**": _POWER}
)
"""How tightly each operator binds, as in Python (reference, section 6.17)."""


class Number(NamedTuple):
    """Push a number."""

    position: int
    value: int | float


class Text(NamedTuple):
    """Push a text; only in conditions."""

    position: int
    value: str


class Name(NamedTuple):
    """Push what a name stands for."""

    position: int
    name: str


class Operation(NamedTuple):
    """Replace the last `operands` values by what the operator makes of them."""

    position: int
    operator: str
    operands: int


class Comparison(NamedTuple):
    """Replace one value more than there are operators by whether all of them hold."""

    position: int
    operators: tuple[str, ...]


class Call(NamedTuple):
    """Replace the last `arguments` values by what the function makes of them."""

    position: int
    function: str
    arguments: int


Step = Number | Text | Name | Operation | Comparison | Call


def parse(expression: str, *, condition: bool = False) -> list[Step]:
    """The steps that work the expression out, in time linear in its length. Raises ExpressionError."""
    if not isinstance(expression, str):
        raise ConfigError(f"expression is of type {type(expression).__name__}; allowed: a str")
    if len(expression) > LENGTH_LIMIT:
        why = f"the expression has {len(expression):,} characters; allowed: {LENGTH_LIMIT:,}"
        raise ExpressionError(why, reason="too_large", position=LENGTH_LIMIT + 1)
    parser = _Parser(_tokens(expression, condition), _BINARY | _LOGIC if condition else _BINARY)
    parser.expression(0)
    parser.end()
    return parser.steps


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


def _tokens(expression: str, condition: bool) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(expression):
        match = _TOKEN.match(expression, at) or (_TEXT.match(expression, at) if condition else None)
        if match is None:
            why = f"{expression[at]!r} has no meaning here; allowed: numbers, names, parentheses, commas and operators"
            raise ExpressionError(why, reason="syntax", position=at + 1)
        if (kind := str(match.lastgroup)) != "space":
            found.append(_Token(kind, match.group(), at + 1))
        at = match.end()
    found.append(_Token("end", "", at + 1))
    return found


class _Parser:
    def __init__(self, tokens: list[_Token], binary: Mapping[str, int]) -> None:
        self.steps: list[Step] = []
        self._tokens = tokens
        self._binary = binary
        self._at = 0
        self._depth = 0

    def expression(self, floor: int) -> None:
        """What binds more tightly than `floor`."""
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            why = f"more than {DEPTH_LIMIT} expressions stand within one another"
            raise ExpressionError(why, reason="too_large", position=self._next.position)
        self._operand()
        compared: list[_Token] = []
        while (strength := self._binary.get((token := self._next).text, 0)) > floor:
            self._at += 1
            if strength < _COMPARE:
                self._compare(compared)
            if strength == _POWER:  # from the right, and a sign may follow: 2 ** -3 ** 2
                self.expression(_UNARY)
            else:
                self.expression(strength)
            if strength == _COMPARE:
                compared.append(token)
            else:
                self.steps.append(Operation(token.position, token.text, 2))
        self._compare(compared)
        self._depth -= 1

    def _compare(self, signs: list[_Token]) -> None:
        """A chain such as 1 < x < 9 has ended."""
        if signs:
            self.steps.append(Comparison(signs[0].position, tuple(sign.text for sign in signs)))
            signs.clear()

    def end(self) -> None:
        if self._next.kind != "end":
            self._refuse("an operator")

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _operand(self) -> None:
        token = self._next
        if token.kind == "number":
            self._at += 1
            self.steps.append(Number(token.position, _number(token)))
        elif token.kind == "text":
            self._at += 1
            self.steps.append(Text(token.position, _ESCAPED.sub(r"\1", token.text[1:-1])))
        elif token.text == "not" and "or" in self._binary:
            self._at += 1
            self.expression(_NOT)
            self.steps.append(Operation(token.position, "not", 1))
        elif token.kind == "name" and token.text not in self._binary:
            self._at += 1
            if self._next.text == "(":
                self._call(token)
            else:
                self.steps.append(Name(token.position, token.text))
        elif token.text == "(":
            self._at += 1
            self.expression(0)
            self._close()
        elif token.text in ("-", "+", "~"):
            self._at += 1
            self.expression(_UNARY)
            self.steps.append(Operation(token.position, token.text, 1))
        else:
            self._refuse("a number, a name or '('")

    def _call(self, name: _Token) -> None:
        self._at += 1
        arguments = 0
        if self._next.text != ")":
            self.expression(0)
            arguments = 1
            while self._next.text == ",":
                self._at += 1
                self.expression(0)
                arguments += 1
        self._close()
        self.steps.append(Call(name.position, name.text, arguments))

    def _close(self) -> None:
        if self._next.text != ")":
            self._refuse("')' or an operator")
        self._at += 1

    def _refuse(self, wanted: str) -> None:
        token = self._next
        found = "the expression ends" if token.kind == "end" else f"{token.text[:40]!r} stands"
        raise ExpressionError(f"{found} where {wanted} is needed", reason="syntax", position=token.position)


def _number(token: _Token) -> int | float:
    if len(token.text) > DIGITS_LIMIT:
        why = f"a number has {len(token.text):,} characters; allowed: {DIGITS_LIMIT:,}"
        raise ExpressionError(why, reason="too_large", position=token.position)
    return float(token.text) if set(token.text) & set(".eE") else int(token.text)
