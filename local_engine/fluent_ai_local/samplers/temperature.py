"""Temperature: probabilities to the power of 1 / temperature."""

from __future__ import annotations

from typing import Final

import numpy as np

from .distribution import Logits, Sampler, Tokens, log_softmax

_LEAST: Final = np.finfo(np.float32).tiny


def temperature(value: float) -> Sampler:
    """Divides the logits by `value` > 0. The largest becomes 0, so that the smallest temperature does not overflow."""
    return lambda logits, history: _divided(logits, value)


def dynamic_temperature(value: float, spread: float, exponent: float = 1.0) -> Sampler:
    """A temperature from `value - spread`, at least 0, to `value + spread`: the higher, the less certain the model is.

    Between them it moves with the entropy, as a part of the largest one that there is, to the power of `exponent`.
    """
    low, high = max(0.0, value - spread), value + spread

    def sample(logits: Logits, history: Tokens) -> Logits:
        log_probabilities = log_softmax(logits[logits != -np.inf])
        entropy = -float(np.exp(log_probabilities) @ log_probabilities)
        largest = np.log(max(len(log_probabilities), 2))
        part = min(max(entropy / largest, 0.0), 1.0) ** exponent
        return _divided(logits, low + (high - low) * part)

    return sample


def _divided(logits: Logits, value: float) -> Logits:
    with np.errstate(over="ignore"):  # to -inf
        divided: Logits = (logits - logits.max()) / max(np.float32(value), _LEAST)
    return divided
