from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier

from .shapes import models

ANSWER = {
    "data": [
        {
            "id": "talker-2-0309",
            "created": 1773014400,
            "aliases": ["talker-latest", "talker"],
            "context_length": 1000000,
            "prompt_text_token_price": 12500,
            "prompt_image_token_price": 12500,
            "cached_prompt_text_token_price": 2000,
            "completion_text_token_price": 25000,
            "long_context_threshold": 200000,
            "prompt_text_token_price_long_context": 25000,
            "cached_prompt_text_token_price_long_context": 4000,
            "completion_text_token_price_long_context": 50000,
        },
        {"id": "painter", "context_length": 8000, "image_price": 200000000, "aliases": []},
        {"id": "bare"},
    ]
}


def test_xai() -> None:
    found = models("xai", ANSWER)
    assert found["talker-2-0309"] == ModelFacts(
        id="talker-2-0309",
        kind="chat",
        context_window=1000000,
        prices=Prices(
            input=1.25,
            output=2.5,
            cache_read=0.2,
            image_input=1.25,
            tiers=(PriceTier(min_input_tokens=200000, input=2.5, output=5.0, cache_read=0.4),),
        ),
        released=date(2026, 3, 9),
        aliases=("talker", "talker-latest"),
    )
    assert found["painter"] == ModelFacts(id="painter", kind="image", aliases=())
    assert found["bare"] == ModelFacts(id="bare")
