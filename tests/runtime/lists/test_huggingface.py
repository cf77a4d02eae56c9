from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts, Prices

from .shapes import models

ANSWER = {
    "data": [
        {
            "id": "lab/Chatty",
            "created": 1766209505,
            "architecture": {"input_modalities": ["text", "image"], "output_modalities": ["text"]},
            "providers": [
                {
                    "provider": "north",
                    "status": "live",
                    "context_length": 204800,
                    "pricing": {"input": 0.3, "output": 1.2},
                    "supports_tools": True,
                    "supports_structured_output": False,
                },
                {
                    "provider": "south",
                    "status": "live",
                    "context_length": 204800,
                    "pricing": {"input": 0.3, "output": 1.2},
                    "supports_tools": True,
                    "supports_structured_output": True,
                },
                {"provider": "west", "status": "staging", "context_length": 1, "supports_tools": False},
            ],
        },
        {
            "id": "lab/single",
            "providers": [
                {"provider": "north", "status": "live", "supports_structured_output": True},
                {"provider": "west", "status": "error"},
            ],
        },
        {
            "id": "lab/two-prices",
            "providers": [
                {"provider": "north", "status": "live", "pricing": {"input": 1, "output": 2}},
                {"provider": "south", "status": "live", "pricing": {"input": 1, "output": 3}},
            ],
        },
        {"id": "bare"},
    ]
}


def test_huggingface() -> None:
    found = models("huggingface", ANSWER)
    assert found["lab/Chatty"] == ModelFacts(
        id="lab/Chatty",
        kind="chat",
        context_window=204800,
        prices=Prices(input=0.3, output=1.2),
        input_modalities=("text", "image"),
        output_modalities=("text",),
        tools=True,
        vision=True,
        released=date(2025, 12, 20),
    )
    assert found["lab/single"] == ModelFacts(id="lab/single", structured_output=True)
    assert found["lab/two-prices"] == ModelFacts(id="lab/two-prices")
    assert found["bare"] == ModelFacts(id="bare")
