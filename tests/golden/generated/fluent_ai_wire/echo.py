# Generated from specs/wire/echo.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct, field
from msgspec.json import Decoder


class Part(Struct, gc=False):
    next: Part | None = None


class Answer(Struct, gc=False):
    """
    What comes back.
    """

    text: str | None = None
    anything: Any | None = None
    parts: list[Part] | None = None
    class_: int | None = field(name="class", default=None)


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    Part,
    Answer,
):
    Decoder(_struct)
