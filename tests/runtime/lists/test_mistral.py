from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {
    "data": [
        {
            "id": "big-latest",
            "name": "big-2512",
            "created": 1786983164,
            "capabilities": {
                "completion_chat": True,
                "function_calling": True,
                "vision": True,
                "reasoning": False,
                "audio": False,
            },
            "max_context_length": 131072,
            "aliases": ["big", "big-2512"],
            "deprecation": "2026-08-31T12:00:00Z",
            "deprecation_replacement_model": "bigger",
        },
        {"id": "scan", "capabilities": {"ocr": True, "function_calling": True, "vision": False}, "aliases": []},
        {"id": "hear", "capabilities": {"audio_transcription": True, "audio": False, "reasoning": False}},
        {"id": "bare"},
    ]
}


def test_mistral() -> None:
    found = models("mistral", ANSWER)
    assert found["big-latest"] == ModelFacts(
        id="big-latest",
        name="big-2512",
        kind="chat",
        context_window=131072,
        input_modalities=("text", "image"),
        tools=True,
        reasoning=False,
        vision=True,
        audio=False,
        deprecated_on=date(2026, 8, 31),
        successor="bigger",
        aliases=("big", "big-2512"),
    )
    assert found["scan"] == ModelFacts(id="scan", kind="ocr", aliases=())
    assert found["hear"] == ModelFacts(id="hear", kind="transcription")
    assert found["bare"] == ModelFacts(id="bare")
