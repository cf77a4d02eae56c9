"""Penalties for tokens that the prompt or the reply holds already."""

from __future__ import annotations

from collections.abc import Callable

import torch


def penalties(
    repetition: float, frequency: float, presence: float
) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """For each token of the history, in this order: its logit divided by `repetition` > 0 if it is positive, else
    multiplied by it (Keskar et al. 2019); less `frequency` for each time that it occurs, and less `presence` once.
    """

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        counts = torch.zeros_like(logits).scatter_add_(-1, history, torch.ones_like(history, dtype=logits.dtype))
        seen = counts > 0
        repeated = torch.where(logits > 0, logits / repetition, logits * repetition)
        return torch.where(seen, repeated, logits) - counts * frequency - seen * presence

    return sample
