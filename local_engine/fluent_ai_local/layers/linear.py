"""Linear maps, and the lookup of their rows."""

from __future__ import annotations

from typing import Protocol

import msgspec
import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it


class Linear(Protocol):
    """x W^T, plus a bias if it has one, with a weight W [outputs, inputs], however it is kept."""

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """x [..., inputs] to [..., outputs]."""
        ...

    def rows(self, numbers: torch.Tensor) -> torch.Tensor:
        """Rows of the weight: [..., inputs] for int64 numbers [...]. A tied embedding is the output's rows."""
        ...


class DenseLinear(msgspec.Struct, frozen=True):
    """A `Linear` whose weight is a tensor of floats."""

    weight: torch.Tensor

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return F.linear(x, self.weight)

    def rows(self, numbers: torch.Tensor) -> torch.Tensor:
        return F.embedding(numbers, self.weight)


class BiasedLinear(msgspec.Struct, frozen=True):
    """Another `Linear`, and a bias [outputs] that is added to what comes out."""

    linear: Linear
    bias: torch.Tensor

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(x) + self.bias

    def rows(self, numbers: torch.Tensor) -> torch.Tensor:
        return self.linear.rows(numbers)
