"""Transcription: from speech to text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, get_args

from fluent_ai.arguments import check_choice, check_flag, check_number, check_text
from fluent_ai.content.files import File, audio_part, load_file
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.parts import AudioPart, PathLike
from fluent_ai.content.requests import Request
from fluent_ai.content.results import Head, Note, Result, ResultFold
from fluent_ai.errors import ConfigError
from fluent_ai.verbs.base import Door, Extras, Target, Verb, common_options

AudioInput: TypeAlias = bytes | PathLike | AudioPart
Timestamps = Literal["segment", "word"]


class TranscriptDelta(JsonStruct, frozen=True, gc=False):
    """The next piece of the text."""

    text: str
    """The text that this piece adds."""


class Segment(JsonStruct, frozen=True, gc=False):
    """What is said from `start` to `end`."""

    start: float
    """The start, in seconds from the beginning of the recording."""
    end: float
    """The end, in seconds from the beginning of the recording."""
    text: str
    """What is said in between."""


class Word(JsonStruct, frozen=True, gc=False):
    """One word, and when it is said."""

    start: float
    """The start, in seconds from the beginning of the recording."""
    end: float
    """The end, in seconds from the beginning of the recording."""
    text: str
    """The word."""


class TranscriptEnd(JsonStruct, frozen=True, gc=False):
    """The whole text, and what the server reports about the recording: its language and its length."""

    text: str
    """The whole text."""
    language: str | None = None
    """The language that the server recognised, in its own terms."""
    duration: float | None = None
    """The length of the recording, in seconds."""


TranscriptItem: TypeAlias = TranscriptDelta | Segment | Word | TranscriptEnd | Note


class Transcript(Result, frozen=True, kw_only=True):
    """The transcript. `segments` and `words` are empty unless they were requested."""

    text: str = ""
    """The whole text."""
    language: str | None = None
    """The language that the server recognised, in its own terms."""
    duration: float | None = None
    """The length of the recording, in seconds."""
    segments: tuple[Segment, ...] = ()
    """Sentences or phrases with their times, if requested by `timestamps="segment"`."""
    words: tuple[Word, ...] = ()
    """Words with their times, if requested by `timestamps="word"`."""


class TranscribeOptions(Extras, total=False):
    """`language` is an ISO 639-1 code; `prompt` is earlier text, or rare words; `translate` gives English."""

    language: str | None
    """The spoken language, as an ISO 639-1 code such as `en`."""
    prompt: str | None
    """Text that precedes the recording, or rare words and names that occur in it."""
    temperature: float | None
    """Randomness, from 0 to 2."""
    timestamps: Timestamps | None
    """Request the times of each `segment` or `word`."""
    translate: bool
    """Write an English translation instead."""


class TranscribeRequest(Request, frozen=True, kw_only=True):
    """A checked request: a `file`, or the `url` of one that the server fetches."""

    file: File | None
    url: str | None = None
    language: str | None = None
    prompt: str | None = None
    temperature: float | None = None
    timestamps: Timestamps | None = None
    translate: bool = False


def _build(target: Target, audio: AudioInput, options: Mapping[str, Any]) -> list[TranscribeRequest]:
    given = common_options(target, "transcription", options, tuple(TranscribeOptions.__annotations__))
    for name in ("language", "prompt"):
        check_text(given, name)
    if "temperature" in given:
        given["temperature"] = check_number("temperature", given["temperature"], float, 0, 2)
    check_choice(given, "timestamps", get_args(Timestamps))
    check_flag(given, "translate")
    part = audio_part(audio)
    media = target.route.media
    if part.url is not None and media.url_field:
        return [TranscribeRequest(file=None, url=part.url, **given)]
    if part.url is not None:
        raise ConfigError(f"audio is a URL; {target.manifest.id} accepts only bytes or a path")
    return [TranscribeRequest(file=load_file(part, media.formats, media.max_bytes), **given)]


def _result(items: list[TranscriptDelta | Segment | Word | TranscriptEnd], head: Head) -> Transcript:
    end = next((item for item in items if isinstance(item, TranscriptEnd)), None)
    text = "".join(item.text for item in items if isinstance(item, TranscriptDelta)) if end is None else end.text
    return Transcript(
        text=text,
        language=end.language if end else None,
        duration=end.duration if end else None,
        segments=tuple(item for item in items if isinstance(item, Segment)),
        words=tuple(item for item in items if isinstance(item, Word)),
        **head,
    )


def transcript_fold() -> ResultFold[TranscriptDelta | Segment | Word | TranscriptEnd, Transcript]:
    return ResultFold(_result)


TRANSCRIBE: Verb[AudioInput, TranscribeRequest, TranscriptItem, Transcript] = Verb(
    "transcription",
    _build,
    transcript_fold,
    Door(
        options=TranscribeOptions,
        answer="The text of a recording: bytes, a path or an AudioPart.",
        stream="The text as the server writes it, in pieces or at once, then its segments and words.",
        kind="transcription",
        public=(Transcript, TranscriptDelta, Segment, Word, TranscriptEnd),
    ),
)
