from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {
    "enableAccessToAllModelsByDefault": True,
    "modelSummaries": [
        {
            "modelId": "lab.talker-v1:0",
            "modelName": "Talker",
            "inputModalities": ["TEXT", "IMAGE", "SMELL"],
            "outputModalities": ["TEXT"],
            "responseStreamingSupported": True,
            "converse": {"maxTokensMaximum": 64000},
            "explicitPromptCaching": {"isSupported": False},
            "description": {"releaseDate": "2025-10-28T17:00:00Z", "maxContextWindow": "200k"},
        },
        {
            "modelId": "lab.rerank-v1:0",
            "inputModalities": ["TEXT"],
            "outputModalities": ["TEXT"],
            "converse": None,
            "description": None,
            "responseStreamingSupported": None,
            "modelLifecycle": {
                "status": "LEGACY",
                "legacyTime": "2026-01-31T00:00:00Z",
                "endOfLifeTime": "2026-07-31T00:00:00Z",
            },
        },
        {"modelId": "lab.sound", "outputModalities": ["SPEECH", "TEXT"], "converse": {"maxTokensMaximum": None}},
        {"modelId": "lab.vectors", "outputModalities": ["EMBEDDING"]},
        {"modelId": "bare"},
    ],
}


def test_bedrock() -> None:
    found = models("bedrock", ANSWER)
    assert found["lab.talker-v1:0"] == ModelFacts(
        id="lab.talker-v1:0",
        name="Talker",
        kind="chat",
        max_output_tokens=64000,
        input_modalities=("text", "image"),
        output_modalities=("text",),
        vision=True,
        prompt_cache=False,
        embeddings=False,
        streams=True,
        released=date(2025, 10, 28),
    )
    reranker = found["lab.rerank-v1:0"]
    assert (reranker.kind, reranker.deprecated_on, reranker.retires_on) == (None, date(2026, 1, 31), date(2026, 7, 31))
    assert found["lab.sound"].kind == "realtime"
    assert (found["lab.vectors"].kind, found["lab.vectors"].embeddings) == ("embedding", True)
    assert found["bare"] == ModelFacts(id="bare")
