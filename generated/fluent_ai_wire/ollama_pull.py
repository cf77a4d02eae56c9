# Generated from specs/wire/ollama_pull.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct


class PullStep(Struct, gc=False):
    status: str | None = None
    completed: Any | None = None
    total: Any | None = None
    error: Any | None = None
