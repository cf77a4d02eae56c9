from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {
    "data": [
        {
            "id": "thinker",
            "created": 1766209505,
            "context_length": 262144,
            "supports_image_in": True,
            "supports_video_in": False,
            "supports_reasoning": True,
        },
        {"id": "bare", "context_length": 0},
    ]
}


def test_moonshot() -> None:
    found = models("moonshot", ANSWER)
    assert found["thinker"] == ModelFacts(
        id="thinker", context_window=262144, reasoning=True, vision=True, released=date(2025, 12, 20)
    )
    assert found["bare"] == ModelFacts(id="bare")
