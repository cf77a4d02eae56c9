"""Rotary position embedding (Su et al. 2021, https://arxiv.org/abs/2104.09864) on adjacent pairs, as GGUF stores them.

GGUF permutes the rows of q and k of llama models so that the two values of a pair lie side by side; then a rotation is
one complex multiplication.
"""

from __future__ import annotations

import torch


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
