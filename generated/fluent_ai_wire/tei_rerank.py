# Generated from specs/wire/tei_rerank.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from msgspec import Struct
from msgspec.json import Decoder


class Rank(Struct, gc=False):
    index: int | None = None
    score: float | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (Rank,):
    Decoder(_struct)
