"""`GET /models` of OpenAI and of the many servers that copy it: ids, and little else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from fluent_ai.registry.facts import ModelFacts
from fluent_ai.registry.lists._units import day

ORIGINS = {"id": "id", "released": "created", "retires_on": "shutdown_date"}


class _Model(msgspec.Struct):
    id: str
    created: float | None = None
    shutdown_date: date | None = None


class _List(msgspec.Struct):
    data: list[_Model]


_decode = msgspec.json.Decoder(_List).decode


def parse(body: bytes) -> list[ModelFacts]:
    models = _decode(body).data
    dated = created_is_known([model.created for model in models])
    return [
        ModelFacts(id=model.id, released=day(model.created) if dated else None, retires_on=model.shutdown_date)
        for model in models
    ]


def created_is_known(times: Sequence[float | None]) -> bool:
    """False if all entries share one `created`, which is then the time of the request."""
    return len(times) < 2 or len(set(times)) > 1
