from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {
    "object": "list",
    "data": [
        {
            "id": "lab/talker",
            "created": 1735689600,
            "metadata": {"context_length": 131072, "max_tokens": 16384, "pricing": {"input_tokens": 0.1}, "tags": []},
        },
        {"id": "lab/silent", "created": 0, "metadata": None},
        {"id": "bare"},
    ],
}


def test_deepinfra() -> None:
    assert models("deepinfra", ANSWER) == {
        "lab/talker": ModelFacts(
            id="lab/talker", context_window=131072, max_output_tokens=16384, released=date(2025, 1, 1)
        ),
        "lab/silent": ModelFacts(id="lab/silent"),
        "bare": ModelFacts(id="bare"),
    }
