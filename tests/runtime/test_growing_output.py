"""What is there of an output while it is being written, without what the protocol put around it."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import pytest
from fluent_ai.schema.growing_output import GrowingOutput
from fluent_ai.schema.output import output_form
from fluent_ai.schema.partial_json import PartialJSON


@dataclasses.dataclass
class Say:
    text: str


GROWN = [
    (list[int], '{"value": [1, 23]}', [[], [1], [1, 2], [1, 23]]),
    (str, '{"value": "ab"}', ["", "a", "ab"]),
    (
        dict[str, int],
        '{"value": [{"key": "ab", "value": 1}, {"key": "c", "value": 2}]}',
        [{}, {"ab": 1}, {"ab": 1, "c": 2}],
    ),
    (
        dict[str, int],
        '{"value": [{"value": 1, "key": "ab"}, {"key": "c", "value": 2}]}',
        [{}, {"ab": 1}, {"ab": 1, "c": 2}],
    ),
    (dict[str, int], '{"value": {"a": 1}}', [{}, {"a": 1}]),
    (tuple[str, int], '{"value": {"item1": "a", "item2": 5}}', [[], [""], ["a"], ["a", 5]]),
    (list[int], "[1]", [[], [1]]),
    (Say | None, '{"value": {"text": "a"}}', [{}, {"text": ""}, {"text": "a"}]),
]


@pytest.mark.parametrize(("kind", "text", "seen"), GROWN, ids=str)
def test_the_value_grows_without_what_is_around_it(kind: Any, text: str, seen: list[object]) -> None:
    grown: list[object] = []
    last: object = None
    form = output_form(kind)
    reader, output = PartialJSON(), GrowingOutput(form.schema, wrapped=form.wrapped)
    for character in text:
        reader.feed(character)
        for last in output.values(reader.value) if reader.started else ():
            if not grown or grown[-1] != last:
                grown.append(copy.deepcopy(last))
    assert grown == seen


def test_growth_takes_time_for_what_is_new() -> None:
    """A list of entries that were all made anew for every one of them would take steps by the million."""
    form = output_form(dict[str, list[int]])
    reader = PartialJSON()
    reader.feed('{"value": [')
    steps = 0

    class Counting(GrowingOutput):
        def _grown(self, written: Any, schema: object) -> Any:
            nonlocal steps
            steps += 1
            return super()._grown(written, schema)

    output = Counting(form.schema, wrapped=form.wrapped)
    for number in range(1000):
        reader.feed(f'{"," if number else ""}{{"key": "{number}", "value": [{number}]}}')
        (value,) = output.values(reader.value)
        assert isinstance(value, dict)
        assert len(value) == number + 1
    assert steps < 10_000
