from __future__ import annotations

import pytest
from fluent_ai.protocols.shared.usage import stated_cost


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"cost": 0.25}, 0.25),
        ({"cost": 0}, 0.0),
        ({"cost": {"total_cost": 0.5, "input_cost": 0.25}}, 0.5),
        ({"cost_in_usd_ticks": 37_756_000}, 0.0037756),
        ({"cost": 0.25, "cost_in_usd_ticks": 1}, 0.25),
        ({"cost_in_usd_ticks": 0}, None),
        ({"cost": None}, None),
        ({"cost": True}, None),
        ({"cost": "0.25"}, None),
        ({"cost": -1}, None),
        ({"cost": float("nan")}, None),
        ({"cost": 10**400}, None),
        ({"cost": {}}, None),
        ({"cost_in_usd_ticks": []}, None),
        ({}, None),
    ],
)
def test_what_providers_say_a_request_cost(found: dict[str, object], expected: float | None) -> None:
    assert stated_cost(found) == expected
