"""Picture files: PNG out, with what was asked in its text; any common format in."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np
import torch
from fluent_ai.content.parts import ImagePart
from fluent_ai.errors import ConfigError
from torch import Tensor

from fluent_ai_local.files.pictures import open_picture


def write_png(pixels: Tensor, text: Mapping[str, str]) -> bytes:
    """An RGB PNG of bytes (height, width, 3). Each entry of `text`, in Latin-1, becomes a tEXt chunk."""
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each begins with its filter: none
    rows[:, 1:] = pixels.reshape(height, -1).numpy()
    chunks = [
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)),
        *((b"tEXt", f"{name}\0{value}".encode("latin-1", "replace")) for name, value in text.items()),
        (b"IDAT", zlib.compress(rows.tobytes(), 6)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def read_source(image: ImagePart, mask: ImagePart | None, size: tuple[int, int]) -> tuple[Tensor, Tensor | None]:
    """A picture as pixels from -1 to 1 (1, 3, height, width), scaled to `size` (width, height), and where to change it,
    from 0 to 1 (1, 1, height, width): where the mask is transparent, or white where it has no transparency.

    Raises ConfigError for a file that is no picture, and for a mask that is neither as large as the image nor of
    `size`.
    """
    picture = open_picture(image, "images[0]")
    pixels = (
        torch.from_numpy(np.array(_scaled(picture.convert("RGB"), size))).permute(2, 0, 1)[None].float() / 127.5 - 1
    )
    if mask is None:
        return pixels, None
    drawn = open_picture(mask, "mask")
    if drawn.size not in (picture.size, size):
        sizes = " or ".join(dict.fromkeys(f"{width}x{height}" for width, height in (picture.size, size)))
        raise ConfigError(f"mask is {drawn.width}x{drawn.height}; allowed: {sizes}, as the image", provider="local")
    if "A" in drawn.getbands() or "transparency" in drawn.info:
        kept = np.array(_scaled(drawn.convert("RGBA").getchannel("A"), size, "BOX"))
        return pixels, 1 - torch.from_numpy(kept)[None, None].float() / 255
    return pixels, torch.from_numpy(np.array(_scaled(drawn.convert("L"), size, "BOX")))[None, None].float() / 255


def _scaled(picture: Any, size: tuple[int, int], way: str = "LANCZOS") -> Any:
    return picture if picture.size == size else picture.resize(size, import_module("PIL.Image").Resampling[way])
