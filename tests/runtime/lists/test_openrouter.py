from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier

from .shapes import models

ANSWER = {
    "data": [
        {
            "id": "lab/chatty:free",
            "name": "Lab: Chatty",
            "created": 1735689600,
            "context_length": 262144,
            "architecture": {"input_modalities": ["text", "file", "hologram"], "output_modalities": ["text"]},
            "pricing": {
                "prompt": "0.00000045",
                "completion": "0.0000032",
                "input_cache_read": "0",
                "web_search": "0.005",
                "overrides": [
                    {"min_prompt_tokens": 128000, "prompt": "0.000001"},
                    {"utc_start": 1030, "utc_end": 100, "completion": "0.000006"},
                ],
            },
            "top_provider": {"context_length": None, "max_completion_tokens": 4096},
            "supported_parameters": ["tools", "reasoning"],
            "knowledge_cutoff": "2025-06-30",
            "expiration_date": "2026-12-31",
        },
        {
            "id": "~lab/latest",
            "pricing": {"prompt": "-1", "completion": "-1"},
            "per_request_limits": None,
            "supported_parameters": ["parallel_tool_calls"],
            "alias_target": {"slug": "lab/chatty"},
        },
        {"id": "bare", "context_length": 0},
        {"id": "lab/try:free", "pricing": {"prompt": "0", "completion": "0"}},
        {"id": "router/free", "pricing": {"prompt": "0", "completion": "0"}},
        {
            "id": "lab/song",
            "architecture": {"output_modalities": ["text", "audio"]},
            "pricing": {"prompt": "0", "completion": "0", "request": "0.08"},
        },
        {
            "id": "lab/odd",
            "pricing": {"prompt": "1", "completion": "0", "overrides": [{"prompt": "2", "moon": "full"}]},
        },
    ],
    "links": {"next": None},
}


def test_openrouter() -> None:
    found = models("openrouter", ANSWER)
    assert found["lab/chatty:free"] == ModelFacts(
        id="lab/chatty:free",
        name="Lab: Chatty",
        kind="chat",
        context_window=262144,
        max_output_tokens=4096,
        prices=Prices(
            input=0.45,
            output=3.2,
            cache_read=0.0,
            per_web_search=0.005,
            tiers=(
                PriceTier(input=1.0, min_input_tokens=128000),
                PriceTier(output=6.0, utc_start="10:30", utc_end="01:00"),
            ),
        ),
        input_modalities=("text", "file"),
        output_modalities=("text",),
        tools=True,
        structured_output=False,
        reasoning=True,
        vision=False,
        audio=False,
        pdf=True,
        released=date(2025, 1, 1),
        knowledge_cutoff=date(2025, 6, 30),
        retires_on=date(2026, 12, 31),
    )
    latest = found["~lab/latest"]
    assert (latest.prices, latest.parallel_tools, latest.aliases) == (None, True, ("lab/chatty",))
    assert found["bare"] == ModelFacts(id="bare")
    assert (found["lab/try:free"].free_tier, found["lab/try:free"].prices) == (True, Prices(input=0.0, output=0.0))
    assert found["router/free"].free_tier is True
    assert found["lab/song"].prices == Prices(per_request=0.08), "tokens are not what is billed"
    assert found["lab/odd"].prices is None, "a price under a condition that is not known"
