"""Transcripts as servers write them: a stream of named events, or one document."""

from __future__ import annotations

import msgspec
from fluent_ai_wire.openai_transcription import Chunk, Span, Transcription

from fluent_ai.errors import ProtocolError
from fluent_ai.protocols.shared.decoding import decoded
from fluent_ai.protocols.shared.verb_parser import VerbParser
from fluent_ai.providers.endpoints import Endpoint
from fluent_ai.verbs.transcribe import Segment, TranscriptDelta, TranscriptEnd, TranscriptItem, Word

_decode = msgspec.json.Decoder(Transcription).decode


class TranscriptionParser(VerbParser[TranscriptItem]):
    """Reads the events of OpenAI, Mistral and Zhipu, and their whole answers; Cloudflare's is in an envelope.

    An event is told by the last word of its type; a whole answer has no type. `segments` says what the spans of a
    server are that calls all of them segments.
    """

    def __init__(self, endpoint: Endpoint, segments: type[Segment | Word] = Segment) -> None:
        super().__init__(endpoint)
        self._segments = segments
        self._spans = False
        self._pieces: list[str] = []
        self._language: str | None = None

    def event(self, data: bytes) -> None:
        found = decoded(_decode, data, "answer")
        if found.error is not None or found.type == "error" or found.success is False:
            raise self.refused(data)
        self.start(found.id if isinstance(found.id, str) else None, found.model)
        kind = (found.type or "done").rpartition(".")[2]
        if kind == "delta":
            self._delta(found.delta or found.text)
        elif kind == "segment":
            self._spans = True
            self.emit(self._segments(_seconds(found.start), _seconds(found.end), found.text or ""))
        elif kind == "language":
            self._language = found.audio_language
        elif kind == "done":
            self.done = True
            self._whole(found.result or found)

    def _delta(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)
            self.emit(TranscriptDelta(text))

    def _whole(self, found: Transcription) -> None:
        if found.text is None and found.type is None:
            raise ProtocolError("the answer holds no text")
        if not self._pieces:
            self._delta(found.text)
        if not self._spans:
            for span in found.segments or ():
                self.emit(self._segments(*_times(span), span.text or ""))
            for chunk in found.chunks or ():
                self.emit(_chunk(chunk))
        for span in found.words or ():
            self.emit(Word(*_times(span), span.word or span.text or ""))
        usage = found.usage if isinstance(found.usage, dict) else {}
        duration = found.duration
        for name in ("seconds", "prompt_audio_seconds"):
            duration = usage.get(name) if duration is None else duration
        text = "".join(self._pieces) if found.text is None else found.text
        seconds = None if duration is None else _seconds(duration)
        self.emit(TranscriptEnd(text, found.language or self._language, seconds))
        self.usage(usage)


def _times(span: Span) -> tuple[float, float]:
    return _seconds(span.start), _seconds(span.end)


def _chunk(found: Chunk) -> Segment:
    """The last one may have no end: it is as long as the sound, which the server does not say."""
    start, end = [*(found.timestamp or ()), None, None][:2]
    begin = _seconds(start)
    return Segment(begin, begin if end is None else _seconds(end), found.text or "")


def _seconds(value: object) -> float:
    """A number, also one that is written as text. Raises ProtocolError."""
    try:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError
        return float(value)
    except (ValueError, OverflowError):
        raise ProtocolError(f"seconds: expected a number, got {type(value).__name__}") from None
