"""Bytes, media types and formats of the files that callers hand over."""

from __future__ import annotations

import base64
import mimetypes
import os
from pathlib import Path
from typing import NamedTuple

from fluent_ai.content.parts import AudioPart, DocumentPart, ImagePart, PathLike
from fluent_ai.errors import ConfigError
from fluent_ai.kept_files import replace_file

FilePart = ImagePart | AudioPart | DocumentPart

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
)

_FORMATS = {
    "audio/aac": "aac", "audio/flac": "flac", "audio/m4a": "m4a", "audio/mp3": "mp3", "audio/mp4": "m4a",
    "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/opus": "opus", "audio/pcm": "pcm", "audio/wav": "wav",
    "audio/webm": "webm", "audio/x-flac": "flac", "audio/x-m4a": "m4a", "audio/x-wav": "wav", "audio/mpga": "mp3",
    "image/gif": "gif", "image/jpeg": "jpeg", "image/png": "png", "image/webp": "webp",
    "video/mp4": "mp4", "video/webm": "webm",
}  # fmt: skip
"""Media type -> the short name that providers use."""
SOUND = {"aac": "audio/aac", "flac": "audio/flac", "mp3": "audio/mpeg", "opus": "audio/ogg", "pcm": "audio/pcm",
         "wav": "audio/wav"}  # fmt: skip
"""Format of generated audio -> media type. PCM has no header; its sample rate depends on the provider."""


class File(NamedTuple):
    """A file to upload, under a neutral name, because the caller's file name may be private."""

    data: bytes
    media_type: str
    format: str

    @property
    def name(self) -> str:
        return f"{self.media_type.partition('/')[0]}.{self.format}"

    @property
    def base64(self) -> str:
        return base64.b64encode(self.data).decode()

    def __repr__(self) -> str:
        return f"File({len(self.data)} bytes, {self.media_type!r})"


def load(part: FilePart, max_bytes: int | None = None) -> tuple[bytes, str]:
    """The bytes and media type of a part with data or a path.

    Raises ConfigError for a URL, a file that cannot be read or is too large, and an unknown media type.
    """
    data = part.data
    if part.path is not None:
        try:
            with open(part.path, "rb") as file:
                _check_size(part, os.fstat(file.fileno()).st_size, max_bytes)
                data = file.read()
        except OSError as error:
            raise ConfigError(f"path {part.path!r} of {type(part).__name__}: {error.strerror}") from None
    if data is None:
        raise ConfigError(f"{type(part).__name__} holds a URL; this provider takes only bytes or a path here")
    _check_size(part, len(data), max_bytes)
    media_type = part.media_type or sniff(data) or mimetypes.guess_type(os.fspath(part.path or ""))[0]
    if media_type is None:
        raise ConfigError(f"media_type of {type(part).__name__} is not given and cannot be told from its content")
    return data, media_type


def load_file(part: FilePart, formats: tuple[str, ...] = (), max_bytes: int | None = None) -> File:
    """The part as a File, checked against an endpoint's limits: `formats` (empty allows any) and `max_bytes`.

    Raises ConfigError as `load` does, and for an empty file.
    """
    data, media_type = load(part, max_bytes)
    found = _FORMATS.get(media_type.partition(";")[0].strip().lower())
    if found is None or (formats and found not in formats):
        allowed = ", ".join(formats or sorted({name for kind, name in _FORMATS.items() if _same(kind, part)}))
        raise ConfigError(f"media_type of {type(part).__name__} is {media_type!r}; allowed: {allowed}")
    if not data:
        raise ConfigError(f"{type(part).__name__} is empty; allowed: a file with content")
    return File(data, media_type, found)


def audio_part(audio: bytes | PathLike | AudioPart) -> AudioPart:
    """The caller's audio as an AudioPart. Raises ConfigError for other types, and for a URL given as a path."""
    if isinstance(audio, AudioPart):
        return audio
    if isinstance(audio, bytes | bytearray | memoryview):
        return AudioPart(data=bytes(audio))
    if isinstance(audio, str | os.PathLike):
        path = os.fspath(audio)
        if path.startswith(("https://", "http://")):
            raise ConfigError("audio is a URL; allowed: bytes, a path, or AudioPart(url=...)")
        return AudioPart(path=path)
    raise ConfigError(f"audio is of type {type(audio).__name__}; allowed: bytes, a path, or an AudioPart")


def data_url(part: FilePart) -> str:
    """The part's own URL, or its bytes as a base64 data URL (RFC 2397)."""
    if part.url is not None:
        return part.url
    data, media_type = load(part)
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def save(data: bytes, path: PathLike) -> None:
    """Write a file, whole or not at all. Raises ConfigError if it cannot be written."""
    try:
        replace_file(Path(path), data)
    except OSError as error:
        raise ConfigError(f"path {os.fspath(path)!r}: {error.strerror}") from None


def sniff(data: bytes) -> str | None:
    """The media type according to the first bytes, or None."""
    if data[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(data[8:12])
    if data[4:8] == b"ftyp":
        return {b"avif": "image/avif", b"heic": "image/heic", b"mif1": "image/heif"}.get(data[8:12], "audio/mp4")
    return next((media_type for magic, media_type in _MAGIC if data.startswith(magic)), None)


def _check_size(part: FilePart, size: int, max_bytes: int | None) -> None:
    if max_bytes is not None and size > max_bytes:
        raise ConfigError(f"{type(part).__name__} has {size} bytes; allowed: at most {max_bytes}")


def _same(media_type: str, part: FilePart) -> bool:
    return media_type.startswith("image/") == isinstance(part, ImagePart)
