from __future__ import annotations

import json
from datetime import date

import pytest
from fluent_ai.registry.facts import ModelFacts
from fluent_ai.registry.lists import parse

from .shapes import models

ANSWER = {
    "object": "list",
    "data": [
        {"id": "new", "object": "model", "created": 1735689600, "owned_by": "x", "shutdown_date": "2027-01-02"},
        {"id": "old", "created": 1704067200, "shutdown_date": None},
        {"id": "bare"},
    ],
}


def test_openai() -> None:
    found = models("openai", ANSWER)
    assert found["new"] == ModelFacts(id="new", released=date(2025, 1, 1), retires_on=date(2027, 1, 2))
    assert found["old"] == ModelFacts(id="old", released=date(2024, 1, 1))
    assert found["bare"] == ModelFacts(id="bare")


@pytest.mark.parametrize("created", [0, 1735689600])
def test_a_creation_time_that_all_share_or_that_is_zero_says_nothing(created: int) -> None:
    body = json.dumps({"data": [{"id": "a", "created": created}, {"id": "b", "created": created}]}).encode()
    assert parse("openai", body, "acme") == [ModelFacts(id="a"), ModelFacts(id="b")]
