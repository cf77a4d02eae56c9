from __future__ import annotations

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {
    "models": [
        {
            "name": "talker",
            "endpoints": ["generate", "chat"],
            "context_length": 288000,
            "features": ["tools", "json_schema", "vision"],
            "tokenizer_url": None,
        },
        {"name": "plain", "endpoints": ["chat"], "features": None, "context_length": 8192},
        {"name": "vectors", "endpoints": ["embed_image"], "context_length": 0, "features": None},
        {"name": "future", "endpoints": ["telepathy"]},
        {"name": "bare"},
    ]
}


def test_cohere() -> None:
    found = models("cohere", ANSWER)
    assert found["talker"] == ModelFacts(
        id="talker",
        kind="chat",
        context_window=288000,
        input_modalities=("text", "image"),
        tools=True,
        structured_output=True,
        reasoning=False,
        vision=True,
        embeddings=False,
    )
    assert found["plain"] == ModelFacts(id="plain", kind="chat", context_window=8192, embeddings=False)
    assert found["vectors"] == ModelFacts(id="vectors", kind="embedding", embeddings=True)
    assert found["future"] == ModelFacts(id="future", kind="other", embeddings=False)
    assert found["bare"] == ModelFacts(id="bare")
