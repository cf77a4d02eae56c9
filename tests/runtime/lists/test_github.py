from __future__ import annotations

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = [
    {
        "id": "lab/talker",
        "name": "Talker",
        "capabilities": ["streaming", "tool-calling"],
        "limits": {"max_input_tokens": 1048576, "max_output_tokens": 32768},
        "supported_input_modalities": ["text", "image"],
        "supported_output_modalities": ["text"],
    },
    {"id": "lab/vectors", "capabilities": [], "limits": None, "supported_output_modalities": ["embeddings"]},
    {"id": "bare"},
]


def test_github() -> None:
    found = models("github", ANSWER)
    assert found["lab/talker"] == ModelFacts(
        id="lab/talker",
        name="Talker",
        kind="chat",
        max_input_tokens=1048576,
        max_output_tokens=32768,
        input_modalities=("text", "image"),
        output_modalities=("text",),
        tools=True,
        vision=True,
        audio=False,
        streams=True,
    )
    assert found["lab/vectors"] == ModelFacts(id="lab/vectors", kind="embedding", tools=False, streams=False)
    assert found["bare"] == ModelFacts(id="bare")
