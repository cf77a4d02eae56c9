"""The calculator: works out what `expression` has parsed, with every number bounded before it can grow."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from fluent_ai_toolkit.errors import ExpressionError, ExpressionReason
from fluent_ai_toolkit.tools.expression import Call, Comparison, Name, Number, Operation, Step, Text, parse

BITS_LIMIT: Final = 10_000
"""Bits of a whole number: about 3,000 digits, so that Python writes it in decimal without complaint."""
DECIMALS_LIMIT: Final = 400
"""Digits, before or after the point, that `round` takes: more than any float has."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*", re.ASCII)
_CONSTANTS: Final[Mapping[str, float]] = MappingProxyType({"pi": math.pi, "e": math.e, "tau": math.tau})
_UNARY: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType(
    {"-": operator.neg, "+": operator.pos, "~": operator.invert}
)
_COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}
)


class _TooLarge(ArithmeticError):
    """What would come of an operation has more bits than are allowed."""


def _power(base: Any, exponent: Any) -> Any:
    if type(base) is type(exponent) is int and exponent > 0:
        _check_bits((base.bit_length() - 1) * exponent)
    return base**exponent


def _shifted(value: Any, places: Any) -> Any:
    if type(value) is type(places) is int and places > 0:
        _check_bits(value.bit_length() + places)
    return value << places


def _rounded(value: Any, digits: Any = None) -> Any:
    if digits is not None and abs(digits) > DECIMALS_LIMIT:  # it would compute 10 ** digits
        raise _TooLarge
    return round(value, digits)


def _check_bits(bits: int) -> None:
    if bits > BITS_LIMIT:
        raise _TooLarge


_BINARY: Final[Mapping[str, Callable[[Any, Any], Any]]] = MappingProxyType(
    {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": operator.truediv,
        "//": operator.floordiv,
        "%": operator.mod,
        "**": _power,
        "<<": _shifted,
        ">>": operator.rshift,
        "&": operator.and_,
        "|": operator.or_,
        "^": operator.xor,
    }
)


class _Function(NamedTuple):
    call: Callable[..., Any]
    least: int
    most: int | None


_FUNCTIONS: Final[Mapping[str, _Function]] = MappingProxyType(
    {
        "sin": _Function(math.sin, 1, 1),
        "cos": _Function(math.cos, 1, 1),
        "tan": _Function(math.tan, 1, 1),
        "sqrt": _Function(math.sqrt, 1, 1),
        "log": _Function(math.log, 1, 2),
        "exp": _Function(math.exp, 1, 1),
        "abs": _Function(abs, 1, 1),
        "min": _Function(lambda *values: min(values), 1, None),
        "max": _Function(lambda *values: max(values), 1, None),
        "round": _Function(_rounded, 1, 2),
    }
)


def calculator(expression: str, variables: dict[str, int | float] | None = None) -> int | float:
    """Work out an arithmetic expression, exactly for whole numbers and in double precision otherwise.

    There are + - * / // % ** and parentheses, comparisons, & | ^ ~ << >> on whole numbers, the functions sin, cos, tan
    (radians), sqrt, log(x) or log(x, base), exp, abs, min, max and round(x, digits), and the constants pi, e and tau.
    Powers are written **, because ^ is the exclusive or of bits.

    Raises ExpressionError, which says what is wrong and at which character. Bounds: 10,000 characters, 100 levels of
    nesting, and numbers of 10,000 bits.

    Args:
        expression: Such as "2 * (3 + x) ** 2".
        variables: What the names in the expression stand for, such as {"x": 4}.
    """
    names = {**_CONSTANTS, **_checked(variables or {})}
    stack: list[int | float] = []
    for step in parse(expression):
        match step:
            case Number(_, value):
                stack.append(_bounded(value, step.position))
            case Name(position, name):
                if name not in names:
                    raise _unknown(name, position, names)
                stack.append(names[name])
            case Operation() | Comparison() | Call():
                apply(step, stack)
            case Text():
                raise AssertionError("only conditions have texts")
    return stack.pop()


def apply(step: Operation | Comparison | Call, stack: list[int | float]) -> None:
    """Replace the operands at the end of the stack by the result. Raises ExpressionError."""
    function, operands = _function(step)
    values = stack[len(stack) - operands :]
    del stack[len(stack) - operands :]
    stack.append(_applied(step, function, values))


def _function(step: Operation | Comparison | Call) -> tuple[Callable[..., Any], int]:
    if isinstance(step, Comparison):
        return _all_hold(step.operators), len(step.operators) + 1
    if isinstance(step, Operation):
        return (_UNARY if step.operands == 1 else _BINARY)[step.operator], step.operands
    function = _FUNCTIONS.get(step.function)
    if function is None:
        raise _unknown(step.function + "()", step.position, [f"{name}()" for name in _FUNCTIONS])
    least, most = function.least, function.most
    if step.arguments < least or (most is not None and step.arguments > most):
        wanted = f"{least} or more" if most is None else str(least) if least == most else f"{least} or {most}"
        why = f"{step.function}() is called with {step.arguments} arguments; allowed: {wanted}"
        raise ExpressionError(why, reason="arguments", position=step.position)
    return function.call, step.arguments


def _all_hold(operators: tuple[str, ...]) -> Callable[..., bool]:
    def compare(*values: Any) -> bool:
        return all(
            _COMPARISONS[sign](left, right) for sign, (left, right) in zip(operators, pairwise(values), strict=True)
        )

    return compare


def _applied(step: Step, function: Callable[..., Any], values: list[int | float]) -> int | float:
    def failed(why: str, reason: ExpressionReason) -> ExpressionError:
        return ExpressionError(why, reason=reason, position=step.position)

    what = _named(step)
    try:
        found = function(*(int(value) if isinstance(value, bool) else value for value in values))
    except ZeroDivisionError:
        raise failed("division by zero", "division_by_zero") from None
    except (OverflowError, _TooLarge):
        raise failed(f"what {what} gives is too large", "too_large") from None
    except TypeError:
        raise failed(f"{what} takes whole numbers only", "arguments") from None
    except ValueError:
        raise failed(f"{what} has no result for these numbers", "no_result") from None
    if isinstance(found, complex):
        raise failed(f"{what} has no real result for these numbers", "no_result")
    return _bounded(found, step.position)


def _named(step: Step) -> str:
    match step:
        case Operation(_, sign, _):
            return repr(sign)
        case Call(_, name, _):
            return f"{name}()"
        case _:
            return "the comparison"


def _bounded(value: int | float, position: int | None) -> int | float:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ExpressionError("a number is too large", reason="too_large", position=position)
    elif value.bit_length() > BITS_LIMIT:
        why = f"a number has {value.bit_length():,} bits; allowed: {BITS_LIMIT:,}"
        raise ExpressionError(why, reason="too_large", position=position)
    return value


def _checked(variables: Mapping[str, int | float]) -> Mapping[str, int | float]:
    for name, value in variables.items():
        if not _NAME.fullmatch(name) or name in _FUNCTIONS or name in _CONSTANTS:
            allowed = "letters, digits and _, and no function or constant"
            why = f"a variable has the name {name[:40]!r}; allowed: {allowed}"
            raise ExpressionError(why, reason="arguments", position=None)
        if type(value) not in (int, float):
            why = f"the variable {name[:40]!r} is of type {type(value).__name__}; allowed: int or float"
            raise ExpressionError(why, reason="arguments", position=None)
        _bounded(value, None)
    return variables


def _unknown(name: str, position: int, known: Mapping[str, object] | list[str]) -> ExpressionError:
    why = f"{name[:40]!r} is not known; known: {', '.join(list(known)[:40])}"
    return ExpressionError(why, reason="unknown_name", position=position)
