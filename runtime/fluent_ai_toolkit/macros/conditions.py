"""Conditions and sums of macros: the calculator's expressions, over variables that are texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from fluent_ai_toolkit.errors import ExpressionError
from fluent_ai_toolkit.tools.arithmetic import apply
from fluent_ai_toolkit.tools.expression import Call, Comparison, Name, Number, Operation, Step, Text

Value = int | float | str

_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]{1,300}(?:\.[0-9]{0,300})?|\.[0-9]{1,300})\s*", re.ASCII)
_COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne,
}  # fmt: skip
_ORDERING = frozenset({"<", "<=", ">", ">="})


def work_out(steps: list[Step], variables: Mapping[str, str]) -> Value:
    """What the expression gives. A variable that reads as a number counts as one. Raises ExpressionError."""
    stack: list[Any] = []
    for step in steps:
        match step:
            case Number(_, value) | Text(_, value):
                stack.append(value)
            case Name(position, name):
                if name not in variables:
                    known = ", ".join(sorted(variables)[:40]) or "none"
                    why = f"the variable {name[:40]!r} has no value; known: {known}"
                    raise ExpressionError(why, reason="unknown_name", position=position)
                stack.append(_value(variables[name]))
            case Operation(_, "and", _):
                right, left = stack.pop(), stack.pop()
                stack.append(int(holds(left) and holds(right)))
            case Operation(_, "or", _):
                right, left = stack.pop(), stack.pop()
                stack.append(int(holds(left) or holds(right)))
            case Operation(_, "not", _):
                stack.append(int(not holds(stack.pop())))
            case Comparison(position, signs):
                values = stack[-len(signs) - 1 :]
                del stack[-len(signs) - 1 :]
                pairs = zip(signs, pairwise(values), strict=True)
                stack.append(int(all(_compared(sign, *pair, position) for sign, pair in pairs)))
            case Operation() | Call():
                _check_numbers(step, stack)
                apply(step, stack)
    result: Value = stack.pop()
    return result


def holds(value: Value) -> bool:
    """Whether a value counts as true: all but 0 and the empty text."""
    return bool(value)


def written(value: Value) -> str:
    """A value as the text of a variable."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)


def _value(text: str) -> Value:
    if not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def _compared(sign: str, left: Value, right: Value, position: int) -> bool:
    if sign == "in":
        return written(left) in written(right)
    if isinstance(left, str) == isinstance(right, str):
        return _COMPARISONS[sign](left, right)
    if sign in _ORDERING:
        raise ExpressionError(f"{sign!r} compares a text with a number", reason="arguments", position=position)
    return _COMPARISONS[sign](written(left), written(right))


def _check_numbers(step: Operation | Call, stack: list[Any]) -> None:
    operands = step.operands if isinstance(step, Operation) else step.arguments
    if any(isinstance(value, str) for value in stack[len(stack) - operands :]):
        what = repr(step.operator) if isinstance(step, Operation) else f"{step.function}()"
        raise ExpressionError(f"{what} takes numbers, not texts", reason="arguments", position=step.position)
