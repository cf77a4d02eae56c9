"""How much memory a request needs, stage by stage, and what to do where it is not there: tiles, or a refusal.

The factors were measured on a CPU with torch 2.13, with modules of the published widths: decoding took 5.3 to 5.9 kB a
pixel at 128 channels, a step of two predictions 13 to 18 numbers for each of the transformer's own.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec
import torch
from fluent_ai.errors import OutOfMemory

from fluent_ai_local.images.config import Settings
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.vae import TILE

_SAMPLING: Final = 18
"""Numbers held at once for each number of the transformer's hidden state."""
_DECODING: Final = 11
"""Float32 numbers held at once for each pixel and channel of the decoder's last block."""
_FLOAT: Final = 4


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes beside the weights at the peak of each stage; `tile` is the side of the tiles to decode, in latents."""

    sampling: int
    decoding: int
    tile: int | None

    @property
    def peak(self) -> int:
        return max(self.sampling, self.decoding)


def sampling_bytes(model: StableDiffusion3, settings: Settings, text_tokens: int, itemsize: int) -> int:
    """What a step needs: two predictions at once where there is guidance."""
    patches = (settings.height // model.unit) * (settings.width // model.unit)
    tokens = (patches + text_tokens) * (2 if settings.guided else 1)
    return _SAMPLING * tokens * model.transformer.hidden * itemsize


def decoding_bytes(model: StableDiffusion3, height: int, width: int) -> int:
    """What decoding so many pixels at once needs."""
    return _DECODING * model.vae.base * height * width * _FLOAT


def plan(model: StableDiffusion3, settings: Settings, text_tokens: int, itemsize: int, available: float) -> Plan:
    """Decode the picture whole if that fits into what is `available`, in bytes, else in tiles.

    Raises OutOfMemory with the numbers where that does not fit either.
    """
    sampling = sampling_bytes(model, settings, text_tokens, itemsize)
    whole = decoding_bytes(model, settings.height, settings.width)
    sides = [min(side, TILE * model.vae.factor) for side in (settings.height, settings.width)]
    tiled = decoding_bytes(model, *sides)
    found = Plan(sampling=sampling, decoding=whole, tile=None)
    if whole > available and tiled < whole:
        found = Plan(sampling=sampling, decoding=tiled, tile=TILE)
    if found.peak > available:
        raise OutOfMemory(
            f"a picture of {settings.width}x{settings.height} needs {_shown(sampling)} to sample and "
            f"{_shown(found.decoding)} to decode beside the weights; {_shown(available)} are free",
            estimate=found.peak + model.weight,
            provider="local",
        )
    return found


def check_weights(needed: int, available: float, what: str) -> None:
    """Raises OutOfMemory for weights that do not fit."""
    if needed > available:
        raise OutOfMemory(
            f"{what}: the weights need {_shown(needed)} of memory; {_shown(available)} are free",
            estimate=needed,
            provider="local",
        )


def free_memory(device: torch.device) -> float:
    """Bytes that the device has left; infinity where that is not known."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    if device.type == "cpu":
        try:
            for line in Path("/proc/meminfo").read_text("ascii").splitlines():
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
        except (OSError, ValueError):
            pass  # not Linux
        if hasattr(os, "sysconf"):
            return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return float("inf")


def _shown(size: float) -> str:
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
