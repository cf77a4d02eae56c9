from __future__ import annotations

from fluent_ai.registry.facts import ModelFacts, Prices

from .shapes import models

ANSWER = {
    "data": [
        {
            "id": "lab/talker",
            "created": 0,
            "pricing": {"input": 10, "output": 50, "cache_read": 1, "cache_write": 12.5, "unit": "usd_per_1m_tokens"},
        },
        {"id": "lab/other-unit", "pricing": {"input": 10, "unit": "eur_per_1k_tokens"}},
        {"id": "bare"},
    ]
}


def test_perplexity() -> None:
    found = models("perplexity", ANSWER)
    assert found["lab/talker"] == ModelFacts(
        id="lab/talker", prices=Prices(input=10.0, output=50.0, cache_read=1.0, cache_write=12.5)
    )
    assert found["lab/other-unit"] == ModelFacts(id="lab/other-unit")
    assert found["bare"] == ModelFacts(id="bare")
