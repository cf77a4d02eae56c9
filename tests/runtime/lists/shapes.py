"""What the tests of all shapes of list share."""

from __future__ import annotations

import json

from fluent_ai.facts import ModelFacts
from fluent_ai.lists import parse
from fluent_ai.manifest import ListShape


def models(shape: ListShape, answer: object) -> dict[str, ModelFacts]:
    return {model.id: model for model in parse(shape, json.dumps(answer).encode(), "acme")}
