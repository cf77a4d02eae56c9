# Generated from specs/wire/zhipu_moderation.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from msgspec import Struct


class RiskRow(Struct, gc=False):
    risk_level: str | None = None
    risk_type: list[str] | None = None


class ModerationAnswer(Struct, gc=False):
    id: str | None = None
    result_list: list[RiskRow] | None = None
