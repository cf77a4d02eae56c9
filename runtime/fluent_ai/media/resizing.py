"""Pictures made smaller or written in another format, with Pillow (extra `media`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from fluent_ai.auth.extras import library
from fluent_ai.content.files import load
from fluent_ai.content.parts import ImagePart, PathLike
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.picture_tokens import Size, scaled

if TYPE_CHECKING:
    from PIL.Image import Image

_NAMES = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "HEIF": "heic"}
_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
"""Orientations of EXIF in which width and height change places."""


class Measured(NamedTuple):
    """What the head of a file says of the picture, which is not decoded for it."""

    size: Size
    """Width and height as it is shown, in pixels."""
    format: str
    """Such as `jpeg`; Pillow's name in small letters for one that providers do not take."""
    turned: bool
    """True if EXIF says that it is shown in another orientation than it is stored."""
    frames: int
    """More than 1 for an animation."""


def measure(data: bytes) -> Measured:
    """Raises ConfigError for what is no picture, and for one with so many pixels that Pillow refuses it."""
    with _opened(data) as picture:
        orientation = 1
        if picture.format != "PNG" or "exif" in picture.info:  # Pillow decodes a PNG to look for it
            orientation = picture.getexif().get(_ORIENTATION, 1)
        size = picture.size[::-1] if orientation in _TURNED else picture.size
        name = picture.format or ""
        return Measured(
            (size[0], size[1]), _NAMES.get(name, name.lower()), orientation != 1, getattr(picture, "n_frames", 1)
        )


def rewrite(data: bytes, size: Size, formats: tuple[str, ...] = (), quality: int = 90) -> tuple[bytes, str]:
    """The picture in another size, and its media type.

    It is turned as EXIF says, its colours become RGB, and of an animation the first frame is taken. Photographs are
    written as JPEG, and what has transparency or came without loss as PNG, as far as `formats` has these.
    Raises ConfigError for damaged files.
    """
    from PIL import ImageCms, ImageOps
    from PIL.Image import Resampling

    with _opened(data) as picture:
        came, profile = picture.format, picture.info.get("icc_profile")
        try:
            picture.draft(None, size)  # JPEG can be decoded at an eighth of its size
            picture.load()
            shown = ImageOps.exif_transpose(picture)
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise _damaged(error) from None
        if shown.mode == "CMYK" and profile:
            try:
                into = ImageCms.createProfile("sRGB")
                shown = ImageCms.profileToProfile(shown, BytesIO(profile), into, outputMode="RGB") or shown
            except (ImageCms.PyCMSError, OSError):  # a profile that is none; Pillow's own conversion is left
                pass
        clear = shown.has_transparency_data
        shown = shown.convert("RGBA" if clear else "RGB")
        if shown.size != size:
            shown = shown.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
        return _written(shown, _chosen(came in ("JPEG", "MPO", "HEIF") and not clear, formats), quality)


def fit(picture: bytes | PathLike | ImagePart, *, edge: int, format: str | None = None, quality: int = 90) -> ImagePart:
    """The picture with at most `edge` pixels on its longer side, as JPEG or PNG, or in the `format` that is given
    (`jpeg`, `png`, `webp`).

    What is small enough and in the right format comes back as it is. Raises ConfigError for what is no picture, and
    where Pillow is not installed.
    """
    if format is not None and format not in ("jpeg", "png", "webp"):
        raise ConfigError(f"format is {format!r}; allowed: jpeg, png, webp")
    if isinstance(edge, bool) or not isinstance(edge, int) or edge < 1:
        raise ConfigError(f"edge is {edge!r}; allowed: a whole number of pixels from 1")
    data, media_type = load(as_picture(picture))
    found = measure(data)
    if max(found.size) <= edge and found.format == (format or found.format):
        return ImagePart(data=data, media_type=media_type)
    size = scaled(found.size, min(1.0, edge / max(found.size)))
    data, media_type = rewrite(data, size, () if format is None else (format,), quality)
    return ImagePart(data=data, media_type=media_type)


def as_picture(picture: bytes | PathLike | ImagePart) -> ImagePart:
    """What callers pass as a picture: bytes, a path, or a part."""
    if isinstance(picture, ImagePart):
        return picture
    if isinstance(picture, bytes | bytearray | memoryview):
        return ImagePart(data=picture)
    return ImagePart(path=picture)


@contextmanager
def _opened(data: bytes) -> Iterator[Image]:
    library("PIL", "media", "resizing pictures")
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(BytesIO(data))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ConfigError(f"the picture has too many pixels; allowed: {2 * (Image.MAX_IMAGE_PIXELS or 0):,}") from None
    except UnidentifiedImageError:
        raise ConfigError("the picture is in no format that Pillow reads, or its beginning is damaged") from None
    except (OSError, SyntaxError, ValueError) as error:
        raise _damaged(error) from None
    with picture:
        yield picture


def _damaged(error: Exception) -> ConfigError:
    return ConfigError(f"the picture is damaged: {error}")


def _chosen(photograph: bool, formats: tuple[str, ...]) -> str:
    for wanted in ("jpeg", "png", "webp") if photograph else ("png", "webp", "jpeg"):
        if not formats or wanted in formats:
            return wanted
    raise ConfigError(f"formats is {', '.join(formats)}; allowed: at least one of jpeg, png, webp")


def _written(picture: Image, format: str, quality: int) -> tuple[bytes, str]:
    if format == "jpeg" and picture.mode == "RGBA":
        from PIL import Image

        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture).convert("RGB")
    file = BytesIO()
    picture.save(file, format, **({} if format == "png" else {"quality": quality}))
    return file.getvalue(), f"image/{format}"
