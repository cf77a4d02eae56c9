"""Files and addresses as parts of a message, by what they hold."""

from __future__ import annotations

import mimetypes
import sys
from pathlib import Path
from urllib.parse import urlsplit

from fluent_ai.content.files import sniff
from fluent_ai.content.parts import AudioPart, DocumentPart, ImagePart, Part, TextPart
from fluent_ai.errors import ConfigError


def attachment(place: str) -> Part:
    """The part for a path, an address, or `-` for standard input. Texts are sent as texts, below their names.

    Raises ConfigError for a file that cannot be read.
    """
    if place == "-":
        return _of_bytes(sys.stdin.buffer.read(), "standard input", None)
    if place.startswith(("http://", "https://")):
        kind = mimetypes.guess_type(urlsplit(place).path)[0] or ""
        if kind.startswith("image/"):
            return ImagePart(url=place)
        return AudioPart(url=place) if kind.startswith("audio/") else DocumentPart(url=place)
    try:
        data = Path(place).read_bytes()
    except OSError as error:
        raise ConfigError(f"attachment {place!r}: {error.strerror or type(error).__name__}") from None
    except ValueError:
        raise ConfigError(f"attachment {place!r:.200} is no path") from None
    return _of_bytes(data, Path(place).name, mimetypes.guess_type(place)[0])


def _of_bytes(data: bytes, name: str, by_name: str | None) -> Part:
    kind = sniff(data) or by_name or ""
    if kind.startswith("image/") and kind != "image/svg+xml":
        return ImagePart(data, media_type=kind)
    if kind.startswith("audio/"):
        return AudioPart(data, media_type=kind)
    if kind != "application/pdf":
        try:
            return TextPart(f"{name}:\n\n{data.decode('utf-8')}")
        except UnicodeDecodeError:
            pass
    if not kind:
        raise ConfigError(f"attachment {name!r}: neither its name nor its content tells what it is")
    return DocumentPart(data, media_type=kind, name=name)
