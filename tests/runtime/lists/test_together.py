from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts, Prices

from .shapes import models

ANSWER = [
    {
        "id": "lab/Chatty",
        "display_name": "Chatty",
        "type": "chat",
        "created": 1785049898,
        "context_length": 131072,
        "config": {"max_output_length": 2048},
        "pricing": {"hourly": 0, "input": 1.4, "output": 4.4, "cached_input": 0.25999999999999995, "image": 0},
    },
    {"id": "lab/unpriced", "type": "language", "created": 0, "context_length": 0, "pricing": {"input": 0, "output": 0}},
    {"id": "lab/Paint", "type": "image", "pricing": {"input": 0, "image_pixel": {"price_per_megapixel": 0.04}}},
    {
        "id": "lab/ear",
        "type": "transcribe",
        "context_length": 448,
        "pricing": {"input": 0.27, "transcribe": {"price_per_minute": 0.0015}},
    },
    {"id": "lab/voice", "type": "audio", "pricing": {"input": 65, "transcribe": 0}},
    {"id": "lab/future", "type": "telepathy"},
    {"id": "bare"},
]


def test_together() -> None:
    found = models("together", ANSWER)
    assert found["lab/Chatty"] == ModelFacts(
        id="lab/Chatty",
        name="Chatty",
        kind="chat",
        context_window=131072,
        max_output_tokens=2048,
        prices=Prices(input=1.4, output=4.4, cache_read=0.26),
        embeddings=False,
        released=date(2026, 7, 26),
    )
    assert found["lab/unpriced"] == ModelFacts(id="lab/unpriced", kind="completion", embeddings=False)
    assert found["lab/Paint"].prices == Prices(per_megapixel=0.04)
    assert (found["lab/ear"].prices, found["lab/ear"].context_window) == (Prices(per_audio_minute=0.0015), None)
    assert (found["lab/voice"].kind, found["lab/voice"].prices) == ("speech", None)
    assert found["lab/future"].kind == "other"
    assert found["bare"] == ModelFacts(id="bare")
