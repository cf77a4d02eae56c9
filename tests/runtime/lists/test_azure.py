from __future__ import annotations

from datetime import date

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {
    "object": "list",
    "data": [
        {
            "id": "talker",
            "created_at": 1735689600,
            "capabilities": {"chat_completion": True, "completion": True, "embeddings": False},
            "deprecation": {"fine_tune": 1735689600, "inference": 1798761600},
        },
        {"id": "vectors", "capabilities": {"embeddings": True}, "created": 1735689600},
        {"id": "writer", "capabilities": {"completion": True}, "owned_by": None},
        {"id": "bare", "object": "model", "owned_by": None},
    ],
}


def test_azure() -> None:
    assert models("azure", ANSWER) == {
        "talker": ModelFacts(
            id="talker", kind="chat", embeddings=False, released=date(2025, 1, 1), retires_on=date(2027, 1, 1)
        ),
        "vectors": ModelFacts(id="vectors", kind="embedding", embeddings=True, released=date(2025, 1, 1)),
        "writer": ModelFacts(id="writer", kind="completion"),
        "bare": ModelFacts(id="bare"),
    }
