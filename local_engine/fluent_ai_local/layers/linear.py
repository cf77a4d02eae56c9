"""Linear maps without bias, and the lookup of their rows."""

from __future__ import annotations

import msgspec
import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it


class Linear(msgspec.Struct, frozen=True):
    """x W^T with `weight` W [outputs, inputs]."""

    weight: torch.Tensor

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """x [..., inputs] to [..., outputs]."""
        return F.linear(x, self.weight)

    def rows(self, numbers: torch.Tensor) -> torch.Tensor:
        """Rows of the weight: [..., inputs] for int64 numbers [...]. A tied embedding is the output's rows."""
        return F.embedding(numbers, self.weight)

    @classmethod
    def stacked(cls, *weights: torch.Tensor) -> Linear:
        """Several weights below each other, so that one matrix product gives all their outputs."""
        return cls(torch.cat(weights))
