"""The noise schedule of flow matching: which share of noise remains before each step, and the step itself.

A schedule belongs to one request and is never changed. Source of the formulas: Esser et al., Scaling Rectified Flow
Transformers for High-Resolution Image Synthesis (2024); the curves are those of diffusers'
FlowMatchEulerDiscreteScheduler.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias

import msgspec
import torch
from fluent_ai.errors import ConfigError
from fluent_ai.type_info import prepare
from torch import Tensor

TRAINED: Final = 1000
"""Timesteps of the training: a timestep is a sigma times this."""
_KARRAS_RHO: Final = 7.0
_Map: TypeAlias = Callable[[Tensor], Tensor]


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """How sigmas are spaced, in the words of a diffusers `scheduler_config.json`."""

    shift: float = 3.0
    """Above 1, more of the steps are spent where there is much noise."""
    use_dynamic_shifting: bool = False
    """The shift comes from the size of the picture."""
    time_shift_type: Literal["exponential", "linear"] = "exponential"
    base_shift: float = 0.5
    max_shift: float = 1.15
    base_image_seq_len: int = 256
    max_image_seq_len: int = 4096
    shift_terminal: float | None = None
    use_karras_sigmas: bool = False
    use_exponential_sigmas: bool = False
    invert_sigmas: bool = False

    def mu(self, patches: int) -> float:
        """The dynamic shift for a picture of this many patches."""
        slope = (self.max_shift - self.base_shift) / (self.max_image_seq_len - self.base_image_seq_len)
        return self.base_shift + slope * (patches - self.base_image_seq_len)


class Schedule:
    """`sigmas` has one more entry than there are steps, and ends in 0 (in 1 where it is inverted)."""

    def __init__(self, sigmas: Tensor, timesteps: Tensor | None = None) -> None:
        self.sigmas: Final = sigmas.to(torch.float32)
        self.timesteps: Final = self.sigmas[:-1] * TRAINED if timesteps is None else timesteps.to(torch.float32)

    def __len__(self) -> int:
        return len(self.timesteps)

    def step(self, number: int, latents: Tensor, velocity: Tensor) -> Tensor:
        """One Euler step, in float32; the result has the dtype of `velocity`."""
        distance = float(self.sigmas[number + 1] - self.sigmas[number])
        return (latents.to(torch.float32) + distance * velocity).to(velocity.dtype)

    def clean(self, number: int, latents: Tensor, velocity: Tensor) -> Tensor:
        """What the latents would be without their noise, as foreseen before this step."""
        return latents - float(self.sigmas[number]) * velocity

    def noised(self, number: int, latents: Tensor, noise: Tensor) -> Tensor:
        """Clean latents with the noise that they should have before step `number`; the last number is after all."""
        sigma = float(self.sigmas[number])
        return sigma * noise + (1.0 - sigma) * latents

    def start(self, strength: float) -> int:
        """The first step of changing a picture: of 10 steps at a strength of 0.3 the last 3 are taken, always one."""
        return min(int(len(self) - len(self) * strength), len(self) - 1)


def make_schedule(
    steps: int, curve: Curve, *, mu: float | None = None, sigmas: Sequence[float] | None = None
) -> Schedule:
    """The schedule of a curve. `mu` is the dynamic shift, needed where the curve is shifted dynamically; `sigmas`
    replace the even grid, before the shift.
    """
    least = 1 / TRAINED if curve.use_dynamic_shifting else _shifted(torch.tensor(1 / TRAINED), curve.shift).item()
    if sigmas is None:
        grid = torch.linspace(1.0, least, steps, dtype=torch.float64)
    else:
        grid = torch.tensor(sigmas, dtype=torch.float64)
    found = _dynamic(grid, curve, mu) if curve.use_dynamic_shifting else _shifted(grid, curve.shift)
    if curve.shift_terminal:
        rest = 1 - found
        found = 1 - rest / (rest[-1] / (1 - curve.shift_terminal))
    if curve.use_karras_sigmas:
        found = _spread(found, lambda sigma: sigma ** (1 / _KARRAS_RHO), lambda value: value**_KARRAS_RHO)
    elif curve.use_exponential_sigmas:
        found = _spread(found, torch.log, torch.exp)
    end = torch.ones(1) if curve.invert_sigmas else torch.zeros(1)
    found = 1 - found if curve.invert_sigmas else found
    return Schedule(torch.cat([found, end.to(found)]))


def candle_schedule(steps: int, shift: float = 3.0) -> Schedule:
    """The schedule of candle's example, which ends its even grid at 0 rather than at the last trained timestep."""
    return Schedule(_shifted(torch.linspace(1.0, 0.0, steps + 1, dtype=torch.float64), shift))


def _shifted(sigmas: Tensor, shift: float) -> Tensor:
    return shift * sigmas / (1 + (shift - 1) * sigmas)


def _dynamic(sigmas: Tensor, curve: Curve, mu: float | None) -> Tensor:
    if mu is None:
        raise ConfigError("mu is missing; the schedule is shifted dynamically")
    factor = math.exp(mu) if curve.time_shift_type == "exponential" else mu
    return factor / (factor + (1 / sigmas - 1))


def _spread(sigmas: Tensor, forth: _Map, back: _Map) -> Tensor:
    """As many sigmas between the first and the last, even after the map `forth`, whose inverse is `back`."""
    ends = forth(sigmas[[0, -1]])
    ramp = torch.linspace(0, 1, len(sigmas), dtype=sigmas.dtype)
    return back(ends[0] + ramp * (ends[1] - ends[0]))


prepare(Curve)
