"""A bias for single tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import torch


def bias(values: Mapping[int, float]) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """Adds to the logits of these token ids."""
    tokens, amounts = torch.tensor(list(values)), torch.tensor(list(values.values()))

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        more = amounts.to(logits).expand(len(logits), -1)
        return logits.scatter_add(-1, tokens.to(logits.device).expand(len(logits), -1), more)

    return sample
