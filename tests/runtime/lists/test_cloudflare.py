from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts, Prices

from .shapes import models

ANSWER = {
    "success": True,
    "result": [
        {
            "id": "0000-uuid",
            "name": "@cf/lab/talker",
            "task": {"name": "Text Generation"},
            "created_at": "2025-08-04 10:08:04.219",
            "properties": [
                {"property_id": "context_window", "value": "128000"},
                {"property_id": "function_calling", "value": "true"},
                {"property_id": "reasoning", "value": "true"},
                {"property_id": "vision", "value": "false"},
                {
                    "property_id": "price",
                    "value": [
                        {"unit": "per M input tokens", "price": 0.35, "currency": "USD"},
                        {"unit": "per M output tokens", "price": 0.75, "currency": "USD"},
                        {"unit": "per M cached input tokens", "price": 1, "currency": "EUR"},
                    ],
                },
            ],
        },
        {
            "name": "@cf/lab/vectors",
            "task": {"name": "Text Embeddings"},
            "properties": [
                {"property_id": "max_input_tokens", "value": "512"},
                {"property_id": "output_dimensions", "value": "384"},
                {"property_id": "context_window", "value": "very large"},
                {"property_id": "price", "value": "ask us"},
            ],
        },
        {"name": "@cf/lab/ear", "task": {"name": "Dumb Pipe"}},
        {"name": "bare"},
    ],
    "result_info": {"count": 3, "total_count": 291},
}


def test_cloudflare() -> None:
    found = models("cloudflare", ANSWER)
    assert found["@cf/lab/talker"] == ModelFacts(
        id="@cf/lab/talker",
        kind="chat",
        context_window=128000,
        prices=Prices(input=0.35, output=0.75),
        tools=True,
        reasoning=True,
        vision=False,
        embeddings=False,
        released=date(2025, 8, 4),
    )
    assert found["@cf/lab/vectors"] == ModelFacts(
        id="@cf/lab/vectors", kind="embedding", max_input_tokens=512, embedding_dimensions=384, embeddings=True
    )
    assert found["@cf/lab/ear"] == ModelFacts(id="@cf/lab/ear", kind="other", embeddings=False)
    assert found["bare"] == ModelFacts(id="bare")
