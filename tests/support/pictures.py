"""Pictures for tests."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def gradient(width: int, height: int) -> Image.Image:
    """Red grows to the right, green downwards."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, Image.new("L", (width, height), 60)))


def noise(width: int, height: int) -> Image.Image:
    """What no format makes small."""
    return Image.merge("RGB", [Image.effect_noise((width, height), 120) for _ in range(3)])


def saved(picture: Image.Image, format: str, **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture
