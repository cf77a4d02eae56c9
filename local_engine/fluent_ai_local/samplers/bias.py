"""A bias for single tokens."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .distribution import LARGEST, Logits, Sampler, Tokens


def bias(values: Mapping[int, float]) -> Sampler:
    """Adds to the logits of these token ids."""
    tokens = np.array(list(values), np.int64)
    amounts = np.clip(list(values.values()), -LARGEST, LARGEST).astype(np.float32)

    def sample(logits: Logits, history: Tokens) -> Logits:
        biased = logits.copy()
        biased[tokens] += amounts
        return biased

    return sample
