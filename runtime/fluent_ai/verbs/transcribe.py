"""Transcription: speech to text."""

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
    """More text."""

    text: str
    """The text that is added."""


class Segment(JsonStruct, frozen=True, gc=False):
    """What is said from `start` to `end`, in seconds."""

    start: float
    """Seconds from the start of the sound."""
    end: float
    """Seconds from the start of the sound."""
    text: str
    """What is said in between."""


class Word(JsonStruct, frozen=True, gc=False):
    """One word and when it is said, in seconds."""

    start: float
    """Seconds from the start of the sound."""
    end: float
    """Seconds from the start of the sound."""
    text: str
    """The word."""


class TranscriptEnd(JsonStruct, frozen=True, gc=False):
    """The whole text, and what the server says of the sound: its language in its own words, its seconds."""

    text: str
    """The whole text."""
    language: str | None = None
    """The language that the server heard, in its own words."""
    duration: float | None = None
    """The length of the sound, in seconds."""


TranscriptItem: TypeAlias = TranscriptDelta | Segment | Word | TranscriptEnd | Note


class Transcript(Result, frozen=True, kw_only=True):
    """What was said. `segments` and `words` are empty where they were not asked for."""

    text: str = ""
    """Everything that is said."""
    language: str | None = None
    """The language that the server heard, in its own words."""
    duration: float | None = None
    """The length of the sound, in seconds."""
    segments: tuple[Segment, ...] = ()
    """Sentences or phrases with their times, where `timestamps="segment"` asked for them."""
    words: tuple[Word, ...] = ()
    """Words with their times, where `timestamps="word"` asked for them."""


class TranscribeOptions(Extras, total=False):
    """`language` in ISO 639-1; `prompt` is text that comes before or holds rare words; `translate` into English."""

    language: str | None
    """The language that is spoken, in ISO 639-1, such as `en`."""
    prompt: str | None
    """Text that comes before, or that holds rare words and names."""
    temperature: float | None
    """Randomness, from 0 to 2."""
    timestamps: Timestamps | None
    """Ask for the times of each `segment` or `word`."""
    translate: bool
    """Write an English translation instead."""


class TranscribeRequest(Request, frozen=True, kw_only=True):
    """A checked request: `file`, or the `url` of one where the server fetches it itself."""

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
        raise ConfigError(f"audio holds a URL; {target.manifest.id} takes only bytes or a path")
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
        answer="What is said in the sound: bytes, a path or an AudioPart.",
        stream="The text as the server writes it, where it does so piece by piece, then its segments and words.",
        kind="transcription",
        public=(Transcript, TranscriptDelta, Segment, Word, TranscriptEnd),
    ),
)
