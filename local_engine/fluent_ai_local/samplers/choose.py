"""The choice itself."""

from __future__ import annotations

import torch


def choose(logits: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:
    """Token ids [batch] drawn from softmax(logits [batch, vocabulary]); the most likely ones when `generator` is None.

    `generator` must live on the logits' device.
    """
    if generator is None:
        return logits.argmax(-1)
    return torch.multinomial(logits.softmax(-1), 1, generator=generator)[:, 0]
