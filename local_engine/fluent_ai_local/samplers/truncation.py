"""Top-k (Fan et al. 2018) and top-p, or nucleus (Holtzman et al. 2019), sampling."""

from __future__ import annotations

from collections.abc import Callable

import torch


def top_k(k: int) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """Keeps the `k` >= 1 largest logits, exactly k of them also where some are equal."""

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        if k >= logits.shape[-1]:
            return logits
        order = logits.argsort(dim=-1, descending=True, stable=True)
        return logits.scatter(-1, order[..., k:], -torch.inf)

    return sample


def top_p(p: float) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """Keeps the fewest tokens whose probabilities add up to at least `p` (0 < p <= 1), the most likely ones first."""

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        if p >= 1:
            return logits
        ordered, order = logits.sort(dim=-1, descending=True, stable=True)
        probability = ordered.softmax(-1)
        mass_before = probability.cumsum(-1) - probability
        removed = mass_before >= p
        removed[..., 0] = False
        return logits.masked_fill(removed.scatter(-1, order, removed), -torch.inf)

    return sample
