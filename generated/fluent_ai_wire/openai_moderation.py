# Generated from specs/wire/openai_moderation.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class ModerationRow(Struct, gc=False):
    flagged: bool | None = None
    categories: Any | None = None
    category_scores: Any | None = None


class ModerationAnswer(Struct, gc=False):
    id: str | None = None
    model: str | None = None
    results: list[ModerationRow] | None = None
    usage: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    ModerationRow,
    ModerationAnswer,
):
    Decoder(_struct)
