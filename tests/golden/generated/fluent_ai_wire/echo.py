# Generated from specs/wire/echo.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct, field


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
