"""Latents from noise, step by step."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import torch
from fluent_ai.errors import StageFailed
from torch import Tensor

from fluent_ai_local.images.config import Settings
from fluent_ai_local.images.guidance import skips, velocity
from fluent_ai_local.images.modules import Encoded, Transformer
from fluent_ai_local.images.schedule import Schedule


class Source(msgspec.Struct, frozen=True):
    """What a picture is made from, other than noise: latents of a picture, and where these may change."""

    latents: Tensor
    mask: Tensor | None


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """What all pictures of a request have in common: the steps from `first` on, and what they are led by."""

    settings: Settings
    schedule: Schedule
    first: int
    positive: Encoded
    negative: Encoded | None
    source: Source | None = None
    together: bool = True

    @property
    def steps(self) -> int:
        return len(self.schedule) - self.first


def draw_noise(channels: int, height: int, width: int, seed: int, device: torch.device) -> Tensor:
    """Drawn on the CPU, so that a seed means the same on every device (1, channels, height, width)."""
    return torch.randn(1, channels, height, width, generator=torch.Generator().manual_seed(seed)).to(device)


def denoise(
    transformer: Transformer, sampling: Sampling, noise: Tensor, told: Callable[[int, Tensor, Tensor], None]
) -> Tensor:
    """Latents from noise.

    `told` hears after each step its number, from 0, the latents before it and the velocity. Raises StageFailed for
    latents that are not finite, and what `told` raises.
    """
    settings, schedule, source = sampling.settings, sampling.schedule, sampling.source
    dtype = sampling.positive.context.dtype
    latents = noise if source is None else schedule.noised(sampling.first, source.latents, noise)
    timesteps = schedule.timesteps.to(noise.device)
    for number in range(sampling.first, len(schedule)):
        direction = velocity(
            transformer,
            latents.to(dtype),
            timesteps[number],
            sampling.positive,
            sampling.negative,
            settings.guidance,
            settings.skip if skips(settings.skip, number, len(schedule)) else None,
            together=sampling.together,
        )
        before, latents = latents, schedule.step(number, latents, direction.float())
        if source is not None and source.mask is not None:
            kept = schedule.noised(number + 1, source.latents, noise)
            latents = source.mask * latents + (1 - source.mask) * kept
        if not latents.isfinite().all():
            raise StageFailed(f"the latents are not finite after step {number + 1}", stage="sampling")
        told(number, before, direction)
    return latents
