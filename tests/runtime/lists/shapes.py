"""What the tests of all shapes of list share."""

from __future__ import annotations

import json

from fluent_ai.manifest.schema import ListShape
from fluent_ai.registry.facts import ModelFacts
from fluent_ai.registry.lists import parse


def models(shape: ListShape, answer: object) -> dict[str, ModelFacts]:
    return {model.id: model for model in parse(shape, json.dumps(answer).encode(), "acme")}
