from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts, Prices

from .shapes import models

ANSWER = {
    "data": [
        {
            "id": "jina-ai/vectors",
            "name": "Jina AI: Vectors",
            "created": 1735689600,
            "context_length": 8192,
            "max_output_length": 1024,
            "input_modalities": ["text", "image"],
            "output_modalities": ["embeddings"],
            "pricing": {"prompt": "0.00000005", "completion": "0", "request": "0"},
        },
        {
            "id": "jina-ai/writer",
            "context_length": 0,
            "max_output_length": 4096,
            "output_modalities": ["text"],
            "pricing": {"prompt": "0.000001", "completion": "0.000002"},
        },
        {"id": "bare"},
    ]
}


def test_jina() -> None:
    found = models("jina", ANSWER)
    assert found["vectors"] == ModelFacts(
        id="vectors",
        name="Jina AI: Vectors",
        kind="embedding",
        context_window=8192,
        prices=Prices(input=0.05),
        input_modalities=("text", "image"),
        vision=True,
        embeddings=True,
        embedding_dimensions=1024,
        released=date(2025, 1, 1),
        aliases=("jina-ai/vectors",),
    )
    assert found["writer"] == ModelFacts(
        id="writer",
        prices=Prices(input=1.0, output=2.0),
        output_modalities=("text",),
        embeddings=False,
        aliases=("jina-ai/writer",),
    )
    assert found["bare"] == ModelFacts(id="bare")
