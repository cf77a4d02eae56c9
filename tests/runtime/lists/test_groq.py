from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts, Prices

from .shapes import models

ANSWER = {
    "data": [
        {
            "id": "lab/chatty",
            "name": "Chatty",
            "created": 1754407957,
            "context_window": 131072,
            "max_completion_tokens": 65536,
            "input_modalities": ["text", "image"],
            "output_modalities": ["text"],
            "pricing": {"prompt": "0.000000075", "completion": "0.0000003", "input_cache_read": "0.0000000375"},
            "supported_features": ["tools", "json_mode"],
        },
        {
            "id": "lab/voice",
            "input_modalities": ["text"],
            "output_modalities": ["speech"],
            "pricing": {"prompt": "0.00004"},
            "public_apps": None,
        },
        {"id": "lab/ear", "input_modalities": ["audio"], "output_modalities": ["transcription"]},
        {"id": "bare"},
    ]
}


def test_groq() -> None:
    found = models("groq", ANSWER)
    assert found["lab/chatty"] == ModelFacts(
        id="lab/chatty",
        name="Chatty",
        kind="chat",
        context_window=131072,
        max_output_tokens=65536,
        prices=Prices(input=0.075, output=0.3, cache_read=0.0375),
        input_modalities=("text", "image"),
        output_modalities=("text",),
        tools=True,
        structured_output=False,
        reasoning=False,
        vision=True,
        audio=False,
        released=date(2025, 8, 5),
    )
    assert found["lab/voice"].kind == "speech"
    assert found["lab/voice"].prices is None
    assert (found["lab/ear"].kind, found["lab/ear"].audio) == ("transcription", True)
    assert found["bare"] == ModelFacts(id="bare")
