"""What each token goes through alone: gated maps, one or a mixture of experts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec
import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it

from fluent_ai_local.layers.linear import Linear

Activation: TypeAlias = Callable[[torch.Tensor], torch.Tensor]


def gelu_tanh(x: torch.Tensor) -> torch.Tensor:
    """GELU by its approximation with a tanh (Hendrycks and Gimpel 2016, https://arxiv.org/abs/1606.08415)."""
    return F.gelu(x, approximate="tanh")


class FeedForward(msgspec.Struct, frozen=True):
    """down(activation(gate(x)) * up(x)) (Shazeer 2020, https://arxiv.org/abs/2002.05202); gate and up are one map."""

    gate_up: Linear
    down: Linear
    activation: Activation = F.silu

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        gate, up = self.gate_up(x).chunk(2, -1)
        return self.down(self.activation(gate) * up)


class Router(msgspec.Struct, frozen=True, kw_only=True):
    """Chooses `used` experts for each token, and how much each of them counts."""

    scores: Linear
    used: int
    sigmoid: bool = False
    """Scores are sigmoids (DeepSeek-V3) rather than a softmax over the experts."""
    bias: torch.Tensor | None = None
    """Added to the scores for the choice only: [experts]."""
    groups: int = 1
    groups_used: int = 1
    """Experts are chosen out of the groups whose two best have the largest sum."""
    normalise: bool = True
    scale: float = 1.0

    def __call__(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """For x [tokens, width], the weights of the chosen experts and their numbers, both [tokens, used]."""
        scores = self.scores(x)
        scores = scores.sigmoid() if self.sigmoid else scores.softmax(-1)
        choice = scores if self.bias is None else scores + self.bias
        if self.groups_used < self.groups:
            grouped = choice.view(len(x), self.groups, -1)
            best = grouped.topk(2, -1).values.sum(-1).topk(self.groups_used, -1).indices
            left_out = torch.ones_like(grouped[..., 0], dtype=torch.bool).scatter(1, best, False)
            choice = grouped.masked_fill(left_out[..., None], float("-inf")).flatten(1)
        numbers = choice.topk(self.used, -1).indices
        weights = scores.gather(1, numbers)
        if self.normalise:
            weights = weights / (weights.sum(-1, keepdim=True) + 1e-20)
        return weights * self.scale, numbers


class MixtureOfExperts(msgspec.Struct, frozen=True, kw_only=True):
    """Each token goes through some of the experts, and through those that are shared by all."""

    router: Router
    experts: Sequence[FeedForward]
    shared: FeedForward | None = None

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        flat = x.reshape(-1, x.shape[-1])
        weights, numbers = self.router(flat)
        out = torch.zeros_like(flat) if self.shared is None else self.shared(flat)
        for number in sorted(set(numbers.flatten().tolist())):
            tokens, rank = (numbers == number).nonzero(as_tuple=True)
            out.index_add_(0, tokens, self.experts[number](flat[tokens]) * weights[tokens, rank, None])
        return out.view(x.shape)
