from __future__ import annotations

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {
    "publisherModels": [
        {"name": "publishers/google/models/flash", "versionId": "default", "launchStage": "GA"},
        {"name": "bare"},
    ],
    "nextPageToken": "",
}


def test_vertexai() -> None:
    assert models("vertexai", ANSWER) == {"flash": ModelFacts(id="flash"), "bare": ModelFacts(id="bare")}
