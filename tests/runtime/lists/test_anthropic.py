from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {
    "data": [
        {
            "type": "model",
            "id": "thinker",
            "display_name": "Thinker",
            "created_at": "2026-01-31T00:00:00Z",
            "max_input_tokens": 200000,
            "max_tokens": 64000,
            "capabilities": {
                "image_input": {"supported": True},
                "pdf_input": {"supported": False},
                "structured_outputs": {"supported": True},
                "thinking": {"supported": True, "types": {"enabled": {"supported": True}}},
            },
        },
        {"type": "model", "id": "bare", "display_name": "", "created_at": "2025-01-01T00:00:00Z"},
    ],
    "has_more": False,
}


def test_anthropic() -> None:
    found = models("anthropic", ANSWER)
    assert found["thinker"] == ModelFacts(
        id="thinker",
        name="Thinker",
        kind="chat",
        context_window=200000,
        max_input_tokens=200000,
        max_output_tokens=64000,
        input_modalities=("text", "image"),
        structured_output=True,
        reasoning=True,
        vision=True,
        pdf=False,
        released=date(2026, 1, 31),
    )
    assert found["bare"] == ModelFacts(id="bare", kind="chat", released=date(2025, 1, 1))
