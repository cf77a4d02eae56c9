from __future__ import annotations

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {
    "data": [
        {"id": "large", "name": "Large", "context_length": 256000, "max_completion_tokens": 4096, "updated": ""},
        {"id": "unset", "name": "", "context_length": 0, "max_completion_tokens": 0, "pricing": {"prompt": "0"}},
        {"id": "bare"},
    ]
}


def test_ai21() -> None:
    assert models("ai21", ANSWER) == {
        "large": ModelFacts(id="large", name="Large", context_window=256000, max_output_tokens=4096),
        "unset": ModelFacts(id="unset"),
        "bare": ModelFacts(id="bare"),
    }
