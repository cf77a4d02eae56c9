"""Penalties for tokens that the prompt or the reply holds already."""

from __future__ import annotations

import numpy as np

from .distribution import LARGEST, Logits, Sampler, Tokens


def penalties(repetition: float, frequency: float, presence: float) -> Sampler:
    """For each token of the history, in this order: its logit divided by `repetition` > 0 if it is positive, else
    multiplied by it (Keskar et al. 2019); less `frequency` for each time that it occurs, and less `presence` once.
    """

    def sample(logits: Logits, history: Tokens) -> Logits:
        counts = np.bincount(history, minlength=len(logits))
        seen = np.flatnonzero((counts > 0) & (logits > -np.inf))
        values = logits[seen].astype(np.float64)
        with np.errstate(over="ignore"):
            repeated = np.where(values > 0, values / repetition, values * repetition).clip(-LARGEST, LARGEST)
            repeated -= counts[seen] * frequency + presence
        penalised = logits.copy()
        penalised[seen] = repeated.clip(-LARGEST, LARGEST)
        return penalised

    return sample
