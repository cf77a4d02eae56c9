# Generated from specs/wire/ollama_pull.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class PullStep(Struct, gc=False):
    status: str | None = None
    completed: Any | None = None
    total: Any | None = None
    error: Any | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (PullStep,):
    Decoder(_struct)
