"""Expressions by which evaluators are tested, and attacked: each has its value, or the tool's own error."""

from __future__ import annotations

import json
import math
import re
import tracemalloc
from collections.abc import Iterator
from typing import Any

import fluent_ai as ai
import pytest
from recordings import REASON, recorded

SUITE = recorded("suites", "security", "calculator.json")
MEMORY = 64 * 2**20
BEYOND = re.compile(r"""['"]|\b(?:True|False|None|not|and|or|is|in|if|else)\b""")
"""What an expression of Python may have and one of arithmetic has not: texts, and words instead of operators."""

pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=REASON)


def cases(group: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(SUITE.read_text(encoding="utf-8"))[group]
    assert len(found) > 20
    return found


def test_arithmetic_has_its_values() -> None:
    for case in cases("arithmetic"):
        assert ai.tools.calculator(case["expr"]) == pytest.approx(case["value"]), case


def test_what_is_taken_means_what_it_means_in_python() -> None:
    taken = 0
    for case in cases("python_semantics"):
        try:
            value = ai.tools.calculator(case["expr"])
        except ai.tools.ExpressionError:
            assert BEYOND.search(case["expr"]), case
            continue
        taken += 1
        assert value == pytest.approx(case["value"]), case
    assert taken > 20


def hostile() -> Iterator[str]:
    for case in cases("attacks"):
        yield case["expr"] or "'" + "x" * (case["expr_len"] - 2) + "'"
    for case in cases("probes"):
        if case["expr"] is not None:
            yield case["expr"]
        else:
            described = re.fullmatch(r"'(.+)'\.\.\. len (\d+)", case["generate"])
            assert described, case
            piece, length = described[1], int(described[2])
            yield (piece + "+" if piece[0] == "1" and "+" in piece else piece) * (length // len(piece)) + "1"


def test_attacks_are_numbers_or_errors_and_take_little_memory() -> None:
    assert len(list(hostile())) > 90
    for expression in hostile():
        tracemalloc.start()
        try:
            value = ai.tools.calculator(expression)
        except ai.tools.ExpressionError as error:
            assert len(error.message) < 300  # noqa: PT017  # most are refused, and some have a value
        else:
            assert type(value) in (int, float, bool), expression[:80]
            assert math.isfinite(value), expression[:80]
        finally:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert peak < MEMORY, expression[:80]
