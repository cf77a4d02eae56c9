"""Latents to pixels, whole or tile by tile, and roughly, for previews; and pictures to latents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Protocol

import torch
from fluent_ai.errors import StageFailed
from torch import Tensor
from torch.nn.functional import avg_pool2d, interpolate

from fluent_ai_local.images.modules import Vae

TILE: Final = 64
"""Latents on a side of a tile."""
OVERLAP: Final = 16
"""Latents that neighbouring tiles share; there they are faded into one another."""
_SAMPLE: Final = 12
_SAMPLE_SEED: Final = 3


def tiles(height: int, width: int, tile: int | None) -> list[tuple[slice, slice]]:
    """The tiles of latents, row by row; one where `tile` is None or holds them all."""
    if tile is None or (height <= tile and width <= tile):
        return [(slice(0, height), slice(0, width))]
    return [(rows, columns) for rows in _spans(height, tile) for columns in _spans(width, tile)]


def _spans(length: int, tile: int) -> Iterator[slice]:
    start = 0
    while start + tile < length:
        yield slice(start, start + tile)
        start += tile - OVERLAP
    yield slice(max(length - tile, 0), length)


def decode(vae: Vae, latents: Tensor, tile: int | None, told: Callable[[int], None]) -> Tensor:
    """Pixels around -1 to 1 (1, 3, height, width), in float32, on the CPU.

    `told` hears the number of each finished tile, from 1. Raises StageFailed for what is not a number, and what `told`
    raises.
    """
    found = tiles(latents.shape[2], latents.shape[3], tile)
    if len(found) == 1:
        pixels = vae.decode(latents).float().cpu()
        told(1)
    else:
        pixels = _decode_tiles(vae, latents, found, told)
    if not pixels.isfinite().all():
        raise StageFailed("the decoded picture is not finite", stage="VAE decoding")
    return pixels


def _decode_tiles(vae: Vae, latents: Tensor, found: list[tuple[slice, slice]], told: Callable[[int], None]) -> Tensor:
    factor = vae.factor
    height, width = latents.shape[2] * factor, latents.shape[3] * factor
    pixels, weights = torch.zeros(1, 3, height, width), torch.zeros(1, 1, height, width)
    for number, (rows, columns) in enumerate(found, 1):
        piece = vae.decode(latents[:, :, rows, columns]).float().cpu()
        share = _ramp(piece.shape[2], factor)[:, None] * _ramp(piece.shape[3], factor)[None, :]
        place = (..., _times(rows, factor), _times(columns, factor))
        pixels[place] += piece * share
        weights[place] += share
        told(number)
    return pixels / weights


def _times(span: slice, factor: int) -> slice:
    return slice(span.start * factor, span.stop * factor)


def _ramp(length: int, factor: int) -> Tensor:
    """Weights of a tile's pixels along one side: they rise over the overlap, and fall over it."""
    rising = (torch.arange(length) + 0.5) / (OVERLAP * factor)
    return torch.minimum(rising, rising.flip(0)).clamp(max=1.0)


def to_bytes(pixels: Tensor, *, truncated: bool = False) -> Tensor:
    """Pixels as bytes (height, width, 3), rounded, or `truncated` as candle has it."""
    scaled = (pixels[0].clamp(-1, 1) + 1) * 127.5
    return (scaled if truncated else scaled.round()).to(torch.uint8).permute(1, 2, 0).contiguous()


class Previews(Protocol):
    def draw(self, latents: Tensor, factor: int) -> Tensor:
        """Rough pixels around -1 to 1 (1, 3, height, width) of latents (1, channels, ...), `factor` times as large."""
        ...


class LinearPreviews:
    """A linear map from latents to colours, fitted to what the VAE makes of a few random latents."""

    def __init__(self, vae: Vae, device: torch.device) -> None:
        generator = torch.Generator().manual_seed(_SAMPLE_SEED)
        coarse = torch.randn(1, vae.channels, _SAMPLE // 3, _SAMPLE // 3, generator=generator)
        fine = torch.randn(1, vae.channels, _SAMPLE, _SAMPLE, generator=generator)
        latents = (interpolate(coarse, size=_SAMPLE, mode="bilinear") + 0.3 * fine).to(device)
        colours = avg_pool2d(vae.decode(latents).float().cpu(), vae.factor)
        if not colours.isfinite().all():
            raise StageFailed("what the decoder makes of a sample is not finite", stage="VAE decoding")
        self._map: Final = torch.linalg.lstsq(_columns(latents.float().cpu()), colours[0].flatten(1).T).solution

    def draw(self, latents: Tensor, factor: int) -> Tensor:
        rough = (_columns(latents.float().cpu()) @ self._map).T.reshape(1, 3, *latents.shape[2:])
        return interpolate(rough, scale_factor=factor, mode="bilinear")


def _columns(latents: Tensor) -> Tensor:
    """One row a place: its channels, and a 1 for the constant."""
    places = latents[0].flatten(1).T
    return torch.cat([places, torch.ones(len(places), 1)], dim=1)
