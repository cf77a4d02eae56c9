"""Speech: from text to sound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from fluent_ai.arguments import as_text, check_choice, check_number, check_text
from fluent_ai.content.files import save
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.parts import PathLike
from fluent_ai.content.requests import Request
from fluent_ai.content.results import Head, Note, Result, ResultFold
from fluent_ai.verbs.base import Door, Extras, Target, Verb, common_options

SoundFormat = Literal["mp3", "wav", "opus", "aac", "flac", "pcm"]


class AudioChunk(JsonStruct, frozen=True, gc=False):
    """The next bytes of the file, cut at any point."""

    data: bytes
    """The next bytes of the file."""
    media_type: str
    """The media type of the whole file, such as `audio/mpeg`."""

    def __repr__(self) -> str:
        return f"AudioChunk({len(self.data)} bytes, {self.media_type!r})"


class Speech(Result, frozen=True, kw_only=True):
    """A sound file. `audio/pcm` is 16-bit little-endian samples without a header."""

    data: bytes = b""
    """The bytes of the sound file."""
    media_type: str | None = None
    """The media type, such as `audio/mpeg`."""

    def save(self, path: PathLike) -> None:
        """Write the file. Raises ConfigError if it cannot be written."""
        save(self.data, path)

    def __repr__(self) -> str:
        return f"Speech({len(self.data)} bytes, {self.media_type!r}, model={self.model!r})"


class SpeakOptions(Extras, total=False):
    """`voice` is a name of the provider; `speed` 1 is natural; `instructions` say how to speak."""

    voice: str | None
    """The provider's name of the voice."""
    format: SoundFormat | None
    """The file type: `mp3`, `wav`, `opus`, `aac`, `flac` or `pcm`; by default the provider's first."""
    speed: float | None
    """The speed, from 0.25 to 5; 1 is natural."""
    instructions: str | None
    """How to speak, for models that follow instructions."""


class SpeakRequest(Request, frozen=True, kw_only=True):
    """A checked request. `format` is the caller's, else the provider's default, if it has one."""

    text: str
    voice: str | None = None
    format: SoundFormat | None = None
    speed: float | None = None
    instructions: str | None = None


def _build(target: Target, text: str, options: Mapping[str, Any]) -> list[SpeakRequest]:
    found = as_text(text, "text")
    given = common_options(target, "speech", options, tuple(SpeakOptions.__annotations__))
    for name in ("voice", "instructions"):
        check_text(given, name)
    if "speed" in given:
        given["speed"] = check_number("speed", given["speed"], float, 0.25, 5)
    formats = target.route.media.formats or get_args(SoundFormat)
    check_choice(given, "format", formats)
    if target.route.media.formats:
        given.setdefault("format", formats[0])
    return [SpeakRequest(text=found, **given)]


def _result(items: list[AudioChunk], head: Head) -> Speech:
    media_type = items[0].media_type if items else None
    return Speech(data=b"".join(item.data for item in items), media_type=media_type, **head)


def speech_fold() -> ResultFold[AudioChunk, Speech]:
    return ResultFold(_result)


SPEAK: Verb[str, SpeakRequest, AudioChunk | Note, Speech] = Verb(
    "speech",
    _build,
    speech_fold,
    Door(
        options=SpeakOptions,
        answer="The text as speech.",
        stream="The sound as it arrives.",
        kind="speech",
        public=(Speech, AudioChunk),
    ),
)
