# Generated from specs/wire/openai_transcription.yaml; do not edit. Run: fluent-ai generate

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import Decoder


class Span(Struct, gc=False):
    start: Any | None = None
    end: Any | None = None
    text: str | None = None
    word: str | None = None


class Chunk(Struct, gc=False):
    text: str | None = None
    timestamp: list[Any] | None = None


class Transcription(Struct, gc=False):
    type: str | None = None
    id: Any | None = None
    model: str | None = None
    delta: str | None = None
    text: str | None = None
    start: Any | None = None
    end: Any | None = None
    language: str | None = None
    audio_language: str | None = None
    duration: Any | None = None
    segments: list[Span] | None = None
    words: list[Span] | None = None
    usage: Any | None = None
    error: Any | None = None
    chunks: list[Chunk] | None = None
    success: bool | None = None
    result: Transcription | None = None


# Completes the structs before other threads see them: a first use by two threads at once would crash.
for _struct in (
    Span,
    Chunk,
    Transcription,
):
    Decoder(_struct)
