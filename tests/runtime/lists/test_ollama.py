from __future__ import annotations

from fluent_ai.registry.facts import ModelFacts

from .shapes import models

ANSWER = {"models": [{"name": "small:1b", "model": "small:1b", "details": {"family": "small"}}]}


def test_ollama() -> None:
    assert models("ollama", ANSWER) == {"small:1b": ModelFacts(id="small:1b")}
