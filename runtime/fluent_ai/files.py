"""Bytes and media types of the files inside messages."""

from __future__ import annotations

import base64
import mimetypes
import os

from fluent_ai.errors import ConfigError
from fluent_ai.vocabulary import AudioPart, DocumentPart, ImagePart

FilePart = ImagePart | AudioPart | DocumentPart

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
)


def load(part: FilePart) -> tuple[bytes, str]:
    """The bytes and media type of a part with data or a path. Raises ConfigError for what cannot be read or told."""
    data = part.data
    if part.path is not None:
        try:
            with open(part.path, "rb") as file:
                data = file.read()
        except OSError as error:
            raise ConfigError(f"path {part.path!r} of {type(part).__name__}: {error.strerror}") from None
    if data is None:
        raise ConfigError(f"{type(part).__name__} holds a URL; this provider takes only bytes or a path here")
    media_type = part.media_type or _sniff(data) or mimetypes.guess_type(os.fspath(part.path or ""))[0]
    if media_type is None:
        raise ConfigError(f"media_type of {type(part).__name__} is not given and cannot be told from its content")
    return data, media_type


def data_url(part: FilePart) -> str:
    """The part's own URL, or its bytes as a base64 data URL (RFC 2397)."""
    if part.url is not None:
        return part.url
    data, media_type = load(part)
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def _sniff(data: bytes) -> str | None:
    if data[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(data[8:12])
    return next((media_type for magic, media_type in _MAGIC if data.startswith(magic)), None)
