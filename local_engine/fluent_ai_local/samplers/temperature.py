"""Temperature: probabilities to the power of 1 / temperature."""

from __future__ import annotations

from collections.abc import Callable

import torch


def temperature(value: float) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """Divides the logits by `value` > 0. The largest becomes 0, so that the smallest temperature does not overflow."""

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        return (logits - logits.amax(-1, keepdim=True)) / max(value, torch.finfo(logits.dtype).tiny)

    return sample


def dynamic_temperature(
    value: float, spread: float, exponent: float = 1.0
) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """A temperature from `value - spread`, at least 0, to `value + spread`: the higher, the less certain the model is.

    Between them it moves with the entropy, as a part of the largest one that there is, to the power of `exponent`.
    """
    low, high = max(0.0, value - spread), value + spread

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        log_probability = logits.log_softmax(-1)
        entropy = -(log_probability.exp() * log_probability).nansum(-1, keepdim=True)
        largest = logits.isfinite().sum(-1, keepdim=True).clamp(min=2).to(logits).log()
        part = (entropy / largest).clamp(0, 1) ** exponent
        divisor = (low + (high - low) * part).clamp(min=torch.finfo(logits.dtype).tiny)
        return (logits - logits.amax(-1, keepdim=True)) / divisor

    return sample
