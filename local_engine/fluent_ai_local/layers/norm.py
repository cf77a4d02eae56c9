"""Normalisation: of the root mean square (Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467), and of layers."""

from __future__ import annotations

import msgspec
import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it


class RMSNorm(msgspec.Struct, frozen=True):
    """x / sqrt(mean(x^2) + epsilon) * weight, over the last dimension; `weight` [width]."""

    weight: torch.Tensor
    epsilon: float

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return F.rms_norm(x, self.weight.shape, self.weight, self.epsilon)


class LayerNorm(msgspec.Struct, frozen=True):
    """Ba et al. 2016 (https://arxiv.org/abs/1607.06450), over the last dimension; `weight` and `bias` [width]."""

    weight: torch.Tensor
    bias: torch.Tensor
    epsilon: float

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, self.epsilon)
