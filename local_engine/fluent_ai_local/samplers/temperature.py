"""Temperature: probabilities to the power of 1 / temperature."""

from __future__ import annotations

from collections.abc import Callable

import torch


def temperature(value: float) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """Divides the logits by `value` > 0. The largest becomes 0, so that the smallest temperature does not overflow."""

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        return (logits - logits.amax(-1, keepdim=True)) / max(value, torch.finfo(logits.dtype).tiny)

    return sample
