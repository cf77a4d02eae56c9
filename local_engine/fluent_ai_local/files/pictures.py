"""Pictures that callers give, by Pillow, which is imported when the first one is read."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import Any

from fluent_ai.content.files import load_file
from fluent_ai.content.parts import ImagePart
from fluent_ai.errors import ConfigError


def open_picture(part: ImagePart, name: str) -> Any:
    """A picture of Pillow's, decoded. Raises ConfigError, which calls it `name`, for what is none, or is too large."""
    image = import_module("PIL.Image")
    try:
        picture = image.open(BytesIO(load_file(part).data))
        picture.load()
    except ConfigError as error:
        raise ConfigError(f"{name}: {error.message}", provider="local") from None
    except (image.DecompressionBombError, image.DecompressionBombWarning):
        most = 2 * (image.MAX_IMAGE_PIXELS or 0)
        raise ConfigError(f"{name} has too many pixels; allowed: {most:,}", provider="local") from None
    except (OSError, ValueError, SyntaxError) as error:
        raise ConfigError(f"{name} cannot be read as a picture: {type(error).__name__}", provider="local") from None
    return picture
