"""OpenAI's moderation, and Mistral's, which says of categories only."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import msgspec
from fluent_ai_wire.openai_moderation import ModerationAnswer

from fluent_ai.content.events import StreamStart
from fluent_ai.content.files import data_url
from fluent_ai.content.json_struct import JsonObject
from fluent_ai.content.results import Note
from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.shared.usage import input_usage
from fluent_ai.protocols.shared.whole_response import WholeResponseCodec
from fluent_ai.verbs.moderate import ModerateRequest, Moderation, ModerationInput


class OpenAIModeration(WholeResponseCodec[ModerateRequest, Moderation | Note, ModerationAnswer]):
    decoder = msgspec.json.Decoder(ModerationAnswer)

    def body(self, request: ModerateRequest) -> JsonObject:
        return {"model": request.model, "input": [_input(part) for part in request.inputs]}

    def items(self, request: ModerateRequest, answer: ModerationAnswer) -> Iterable[Moderation | Note]:
        yield StreamStart(answer.id, answer.model, self.provider)
        rows = answer.results or []
        if len(rows) != len(request.inputs):
            raise ProtocolError(f"{len(request.inputs)} inputs were sent and {len(rows)} verdicts came back")
        for index, row in enumerate(rows, request.offset):
            categories = _flags(row.categories)
            if row.flagged is None and not categories:
                raise ProtocolError("answer: a verdict says neither flagged nor any category")
            flagged = any(categories.values()) if row.flagged is None else row.flagged
            yield Moderation(index, flagged, categories, _scores(row.category_scores))
        yield from input_usage(answer.usage)


def _input(part: ModerationInput) -> str | JsonObject:
    if isinstance(part, str):
        return part
    return {"type": "image_url", "image_url": {"url": data_url(part)}}


def _flags(found: object) -> dict[str, bool]:
    named = _named(found, "categories")
    if not all(isinstance(value, bool) for value in named.values()):
        raise ProtocolError("answer: categories holds something that is neither true nor false")
    return named


def _scores(found: object) -> dict[str, float]:
    named = _named(found, "category_scores")
    for value in named.values():
        if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
            raise ProtocolError("answer: category_scores holds something that is not a finite number")
    return {name: float(value) for name, value in named.items()}


def _named(found: object, field: str) -> dict[str, Any]:
    """Categories with what is said of them; null says that the model does not know the category."""
    if not isinstance(found, dict | None):
        raise ProtocolError(f"answer: {field} is no object")
    return {name: value for name, value in (found or {}).items() if value is not None}
