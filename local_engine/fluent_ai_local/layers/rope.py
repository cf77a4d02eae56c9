"""Rotary position embedding (Su et al. 2021, https://arxiv.org/abs/2104.09864), and ways to stretch it.

A rotation turns pairs of values: neighbours, as GGUF stores them for llama, or a value of the first half of a head and
one of the second, as most other models do. Either is one complex multiplication.
"""

from __future__ import annotations

import math

import msgspec
import torch


class Rope(msgspec.Struct, frozen=True):
    """How fast the pairs of a head turn."""

    frequencies: torch.Tensor
    """Radians per position for each pair: [pairs]."""
    halves: bool = False
    """The values of a pair stand half a head apart, and not side by side."""
    magnitude: float = 1.0
    """By which what is turned is multiplied, too (YaRN)."""

    def rotations(self, positions: torch.Tensor) -> torch.Tensor:
        """The complex numbers by which positions [batch, tokens] are turned: [batch, tokens, pairs]."""
        return rotations(self.frequencies, positions) * self.magnitude

    def rotate(self, x: torch.Tensor, rotation: torch.Tensor) -> torch.Tensor:
        """Turns x [batch, tokens, heads, 2 pairs] by `rotation` [batch or 1, tokens, pairs]."""
        if not self.halves:
            return rotate(x, rotation)
        real, imaginary = x.chunk(2, -1)
        turned = torch.complex(real, imaginary) * rotation[:, :, None]
        return torch.cat([turned.real, turned.imag], -1)


def frequencies(
    head_dim: int, base: float, *, factors: torch.Tensor | None = None, device: torch.device
) -> torch.Tensor:
    """Radians per position for each pair, shape [head_dim / 2].

    `factors` [head_dim / 2] divides them (the `rope_freqs` tensor of Llama 3).
    """
    frequency = base ** -(torch.arange(0, head_dim, 2, dtype=torch.float32, device=device) / head_dim)
    return frequency if factors is None else frequency / factors.to(device)


def rotations(frequency: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
    """The unit complex numbers e^(i * position * frequency) of positions [batch, tokens]: [.., head_dim / 2]."""
    angle = positions[..., None] * frequency
    return torch.polar(torch.ones_like(angle), angle)


def rotate(x: torch.Tensor, rotation: torch.Tensor) -> torch.Tensor:
    """Turns x [batch, tokens, heads, head_dim] by `rotation` [batch or 1, tokens, head_dim / 2]."""
    pairs = torch.view_as_complex(x.view(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * rotation[:, :, None]).flatten(-2)


def llama3_factors(frequency: torch.Tensor, *, factor: float, low: float, high: float, original: int) -> torch.Tensor:
    """Divisors of the frequencies of Llama 3.1: slow pairs turn `factor` times slower, fast ones as before.

    A pair is slow if it turns less than `low` times in the `original` context, fast if more than `high` times.
    """
    turns = original * frequency / (2 * math.pi)
    share = ((turns - low) / (high - low)).clamp(0, 1)
    return 1 / ((1 - share) / factor + share)


def yarn_factors(
    frequency: torch.Tensor, base: float, *, factor: float, original: int, fast: float, slow: float
) -> torch.Tensor:
    """Divisors of the frequencies by YaRN (Peng et al. 2023, https://arxiv.org/abs/2309.00071, section 3.2).

    Pairs that turn more than `fast` times in the `original` context stay; those below `slow` turns are slowed down by
    `factor`; between them it is a ramp over the numbers of the pairs.
    """
    pairs = len(frequency)

    def pair(turns: float) -> float:
        return pairs * math.log(original / (turns * 2 * math.pi)) / math.log(base)

    low, high = max(math.floor(pair(fast)), 0), min(math.ceil(pair(slow)), 2 * pairs - 1)
    ramp = torch.arange(pairs, dtype=torch.float32, device=frequency.device) - low
    share = 1 - (ramp / max(high - low, 0.001)).clamp(0, 1)
    return 1 / ((1 - share) / factor + share)
