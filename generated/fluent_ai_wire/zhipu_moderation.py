# Generated from specs/wire/zhipu_moderation.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from msgspec import Struct
from msgspec.json import Decoder


class RiskRow(Struct, gc=False):
    risk_level: str | None = None
    risk_type: list[str] | None = None


class ModerationAnswer(Struct, gc=False):
    id: str | None = None
    result_list: list[RiskRow] | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    RiskRow,
    ModerationAnswer,
):
    Decoder(_struct)
