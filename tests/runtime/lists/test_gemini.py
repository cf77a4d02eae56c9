from __future__ import annotations

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {
    "models": [
        {
            "name": "models/flash",
            "displayName": "Flash",
            "inputTokenLimit": 1000,
            "outputTokenLimit": 100,
            "supportedGenerationMethods": ["generateContent", "createCachedContent"],
            "thinking": True,
        },
        {
            "name": "models/vectors",
            "inputTokenLimit": 2048,
            "outputTokenLimit": 1,
            "supportedGenerationMethods": ["embedContent"],
        },
        {"name": "models/painter", "supportedGenerationMethods": ["generateContent", "countTokens"]},
        {"name": "models/odd", "supportedGenerationMethods": ["generateAnswer"]},
        {"name": "bare"},
    ]
}


def test_gemini() -> None:
    found = models("gemini", ANSWER)
    assert found["flash"] == ModelFacts(
        id="flash",
        name="Flash",
        kind="chat",
        max_input_tokens=1000,
        max_output_tokens=100,
        reasoning=True,
        prompt_cache=True,
        embeddings=False,
    )
    vectors = ModelFacts(id="vectors", kind="embedding", max_input_tokens=2048, prompt_cache=False, embeddings=True)
    assert found["vectors"] == vectors
    assert found["painter"] == ModelFacts(id="painter", prompt_cache=False, embeddings=False)  # or a chat model
    assert found["odd"] == ModelFacts(id="odd", kind="other", prompt_cache=False, embeddings=False)
    assert found["bare"] == ModelFacts(id="bare")
