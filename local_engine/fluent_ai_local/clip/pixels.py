"""Pictures as CLIP was trained to see them: as `preprocessor_config.json` says, and as CLIPImageProcessor does it."""

from __future__ import annotations

import math
from importlib import import_module
from typing import Any, Final

import msgspec
import numpy as np
import torch
from fluent_ai.errors import ConfigError, ModelLoadFailed, UnsupportedModel
from fluent_ai.type_info import prepare
from torch import Tensor

from fluent_ai_local.files.hugging_face import HuggingFaceFolder

_FILE: Final = "preprocessor_config.json"
_TOGETHER: Final = "processor_config.json"
"""Where transformers writes it since version 5, with the processors of what else a model reads."""
_MOST: Final = 2**26
"""Pixels of a picture that is scaled and not yet cropped: a strip of one pixel's width could fill the memory."""
_BICUBIC: Final = 3


class Preparation(msgspec.Struct, frozen=True, kw_only=True):
    """How a picture becomes pixels: scaled, cropped, and every channel shifted and scaled."""

    shortest: int | None
    """What the shorter side is scaled to; None scales to `size`, whatever the proportion."""
    size: int
    """Pixels on each side of the result."""
    filter: int
    """Pillow's number of the filter that scales."""
    factor: float
    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]

    def pixels(self, picture: Any, name: str) -> Tensor:
        """(3, size, size), of a picture of Pillow's. Raises ConfigError, which calls it `name`, for one too narrow."""
        transpose = import_module("PIL.ImageOps").exif_transpose
        picture = transpose(picture).convert("RGB")
        picture = picture.resize(self._scaled(picture.size, name), self.filter)
        left, top = ((side - self.size) // 2 for side in picture.size)
        cropped = picture.crop((left, top, left + self.size, top + self.size))  # black where there is nothing
        values = torch.from_numpy(np.array(cropped)).permute(2, 0, 1).float() * self.factor
        return (values - torch.tensor(self.mean)[:, None, None]) / torch.tensor(self.deviation)[:, None, None]

    def _scaled(self, size: tuple[int, int], name: str) -> tuple[int, int]:
        if self.shortest is None:
            return self.size, self.size
        width, height = size
        longest = int(self.shortest * max(size) / min(size))
        if self.shortest * longest > _MOST:
            raise ConfigError(
                f"{name} is {width}x{height}; allowed: a longer side of at most {_MOST // self.shortest**2} times the "
                "shorter one",
                provider="local",
            )
        return (self.shortest, longest) if width <= height else (longest, self.shortest)


class _File(msgspec.Struct):
    """With the defaults of CLIPImageProcessor."""

    size: int | dict[str, int] = 224
    crop_size: int | dict[str, int] = 224
    resample: int = _BICUBIC
    rescale_factor: float = 1 / 255
    image_mean: tuple[float, float, float] = (0.48145466, 0.4578275, 0.40821073)
    image_std: tuple[float, float, float] = (0.26862954, 0.26130258, 0.27577711)
    do_resize: bool = True
    do_center_crop: bool = True
    do_rescale: bool = True
    do_normalize: bool = True


def read_preparation(folder: HuggingFaceFolder, side: int) -> Preparation:
    """`side` is that of the pictures that the network takes.

    Raises ModelLoadFailed where the folder does not say how pictures are prepared, WeightsCorrupt or UnsupportedModel
    for what is malformed, or does not lead to pictures of that side.
    """
    name = _FILE
    config: object = folder.read_json(name, optional=True)
    if not config:
        name = _TOGETHER
        config = folder.read_json(name, optional=True).get("image_processor")
    if not isinstance(config, dict) or not config:
        raise ModelLoadFailed(f"{folder.path / _FILE}: no such file; pictures are prepared as it says")
    path = folder.path / name
    try:
        found = msgspec.convert({key: value for key, value in config.items() if value is not None}, _File)
    except msgspec.ValidationError as error:
        raise UnsupportedModel(f"{path}: {error}", provider="local") from None
    if not found.do_normalize:
        found.image_mean, found.image_std = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
    shortest = found.size if isinstance(found.size, int) else found.size.get("shortest_edge")
    crop = found.crop_size if isinstance(found.crop_size, int) else _square(found.crop_size)
    if not found.do_center_crop:
        crop = _square(found.size) if isinstance(found.size, dict) else None
    made = crop if shortest is not None or crop == _square(found.size) else None
    if not found.do_resize or made != side or not 1 <= (shortest or side) <= 2 * side:
        told = {each: getattr(found, each) for each in ("size", "crop_size", "do_resize", "do_center_crop")}
        raise UnsupportedModel(
            f"{path}: {told}; supported: what makes pictures of {side}x{side}, which the model takes", provider="local"
        )
    if not all(map(math.isfinite, found.image_mean)) or not all(0 < each < math.inf for each in found.image_std):
        raise UnsupportedModel(
            f"{path}: image_mean = {found.image_mean}, image_std = {found.image_std}; supported: finite numbers, "
            "deviations above 0",
            provider="local",
        )
    if not 0 <= found.resample <= 5:
        raise UnsupportedModel(f"{path}: resample = {found.resample}; supported: 0 to 5", provider="local")
    return Preparation(
        shortest=shortest,
        size=side,
        filter=found.resample,
        factor=found.rescale_factor if found.do_rescale else 1.0,
        mean=found.image_mean,
        deviation=found.image_std,
    )


def _square(size: int | dict[str, int]) -> int | None:
    """The side of a square that a file writes as height and width."""
    if isinstance(size, int):
        return None
    return size.get("height") if size.get("height") == size.get("width") else None


prepare(_File)
