"""The calculator: right where Python is, and refused with a place where it would grow or means nothing."""

from __future__ import annotations

import math
import tracemalloc
from contextlib import suppress
from typing import Any

import fluent_ai as ai
import pytest
from hypothesis import given
from hypothesis import strategies as st

calculator = ai.tools.calculator

numbers = st.integers(0, 1000).map(str) | st.floats(0, 1000, allow_nan=False).map(repr)
expressions = st.recursive(
    numbers,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%", "<", "<=", ">", ">=", "==", "!="]), inner).map(
            " ".join
        ),
        st.tuples(inner, st.sampled_from(["**", "<<", ">>", "&", "|", "^"]), st.sampled_from("0123")).map("".join),
        inner.map(lambda text: f"({text})"),
        st.tuples(st.sampled_from("+-~"), inner).map("".join),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda it: f"{it[0]}({it[1]}, {it[2]})"),
        inner.map(lambda text: f"abs({text})"),
    ),
    max_leaves=12,
)


def outcome(text: str) -> int | float | ai.tools.ExpressionError:
    try:
        return calculator(text)
    except ai.tools.ExpressionError as error:
        return error


@pytest.mark.filterwarnings("ignore:Bitwise inversion:DeprecationWarning")  # Python's own, of ~True
@given(expressions)
def test_it_agrees_with_python(text: str) -> None:
    """Where both have a value; the calculator counts True as 1 within an expression, as Python does."""
    found = outcome(text)
    if isinstance(found, ai.tools.ExpressionError):
        if found.reason != "too_large":
            with pytest.raises((ArithmeticError, TypeError, ValueError)):
                value = eval(text, {"abs": abs, "min": min, "max": max})  # noqa: S307  # the oracle
                assert not isinstance(value, complex)
                pytest.fail(f"{text!r} is {value!r}, and the calculator says {found}")
        return
    expected = eval(text, {"abs": abs, "min": min, "max": max})  # noqa: S307
    assert found == expected
    assert isinstance(found, float) == isinstance(expected, float)


@given(st.text(alphabet="0123456789.eE+-*/%()<>=&|^~,_ abxpi\n\0é'", max_size=60))
def test_any_text_has_a_value_or_an_error_with_a_place(text: str) -> None:
    found = outcome(text)
    if isinstance(found, ai.tools.ExpressionError):
        assert found.position is not None
        assert 1 <= found.position <= len(text) + 1
        assert f"at character {found.position}: " in found.message
    else:
        assert type(found) in (int, float, bool)
        assert math.isfinite(found)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("-2 ** 2", -4),
        ("2 ** -1", 0.5),
        ("2 ** 3 ** 2", 512),
        ("2 * (3 + x) ** 2", 98),
        ("1_000 + .5 + 5. + 1e3", 2005.5),
        ("sqrt(16) + log(exp(1)) + log(8, 2)", 8.0),
        ("round(2.567, 2)", 2.57),
        ("round(1234, -2)", 1200),
        ("sin(pi / 2) + cos(0) + tan(0)", 2.0),
        ("2 ** 9000 // 2 ** 8999", 2),
        ("1 < 2 < 3 > 1", True),
        ("(1 < 2) + (2 < 3)", 2),
        ("~(1 > 0)", -2),
    ],
)
def test_values(expression: str, value: float) -> None:
    found = calculator(expression, {"x": 4})
    assert found == pytest.approx(value)
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("expression", "reason", "position"),
    [
        ("", "syntax", 1),
        ("1 +", "syntax", 4),
        ("(1 + 2", "syntax", 7),
        ("1 2", "syntax", 3),
        ("1\n2", "syntax", 3),
        ("2 $ 3", "syntax", 3),
        ("f(1,)", "syntax", 5),
        ("a = 1", "syntax", 3),
        ("\u0661 + 1", "syntax", 1),
        ("1 + y", "unknown_name", 5),
        ("open(1)", "unknown_name", 1),
        ("1 + sin()", "arguments", 5),
        ("sin(1, 2)", "arguments", 1),
        ("1.5 & 2", "arguments", 5),
        ("round(1, 1.5)", "arguments", 1),
        ("3 / (1 - 1)", "division_by_zero", 3),
        ("0 ** -1", "division_by_zero", 3),
        ("1 % 0", "division_by_zero", 3),
        ("sqrt(0 - 1)", "no_result", 1),
        ("(-8) ** (1 / 3)", "no_result", 6),
        ("1 << -1", "no_result", 3),
        ("9 ** 9 ** 9", "too_large", 3),
        ("1 << 10 ** 9", "too_large", 3),
        ("1e308 * 10", "too_large", 7),
        ("1e999", "too_large", 1),
        ("exp(1000)", "too_large", 1),
        ("round(5, -10 ** 9)", "too_large", 1),
        ("2 ** 6000 * 2 ** 6000", "too_large", 11),
        ("1 + " + "9" * 1001, "too_large", 5),
        ("(" * 101 + "1" + ")" * 101, "too_large", 101),
        ("-" * 5001 + "1", "too_large", 101),
        ("1+" * 5000 + "1", "too_large", 10_001),
    ],
)
def test_errors_say_what_is_wrong_and_where(expression: str, reason: str, position: int) -> None:
    with pytest.raises(ai.tools.ExpressionError, match=f"at character {position}: ") as caught:
        calculator(expression)
    assert (caught.value.reason, caught.value.position) == (reason, position)


@pytest.mark.parametrize(
    "variables",
    [
        {"pi": 3},
        {"sin": 1},
        {"1x": 1},
        {"é": 1},
        {"a b": 1},
        {"x": math.nan},
        {"x": 1e999},
        {"x": 10**4000},
        {"x": "1"},
    ],
)
def test_variables_are_numbers_with_names_of_their_own(variables: Any) -> None:
    with pytest.raises(ai.tools.ExpressionError) as caught:
        calculator("1", variables)
    assert caught.value.position is None


def test_an_expression_is_text() -> None:
    with pytest.raises(ai.ConfigError, match="expression"):
        calculator(5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "expression",
    ["+".join(["9" * 900] * 11), "*".join(["2**99"] * 1500), "1<" * 4999 + "1", "max(" + "1," * 4990 + "1)"],
    ids=["long numbers", "products", "comparisons", "arguments"],
)
def test_the_longest_expressions_take_little_memory(expression: str) -> None:
    assert len(expression) <= 10_000
    tracemalloc.start()
    try:
        with suppress(ai.tools.ExpressionError):
            calculator(expression)
        assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    finally:
        tracemalloc.stop()


def test_a_model_is_told_of_its_mistakes() -> None:
    tools = [calculator]
    good = ai.call_tool(ai.ToolCall("1", "calculator", {"expression": "x * 2", "variables": {"x": 2.5}}), tools)
    bad = ai.call_tool(ai.ToolCall("2", "calculator", {"expression": "x * 2"}), tools)
    assert (good.content, good.is_error) == ("5.0", False)
    assert (bad.content, bad.is_error) == ("at character 1: 'x' is not known; known: pi, e, tau", True)
