"""Samplers that remove tokens: top-k (Fan et al. 2018), top-p, or nucleus (Holtzman et al. 2019), typical (Meister et
al. 2022), min-p (Nguyen et al. 2024), top-n-sigma (Tang et al. 2024) and XTC (p-e-w 2024).
"""

from __future__ import annotations

import math

import numpy as np

from .distribution import Logits, Sampler, Tokens, first_of_mass, log_softmax, only, smallest, softmax, without


def top_k(k: int) -> Sampler:
    """Keeps the `k` >= 1 largest logits, exactly k of them also where some are equal."""

    def sample(logits: Logits, history: Tokens) -> Logits:
        return logits if k >= len(logits) else only(logits, smallest(-logits, k))

    return sample


def top_p(p: float) -> Sampler:
    """Keeps the fewest tokens whose probabilities add up to at least `p` (0 < p <= 1), the most likely ones first."""

    def sample(logits: Logits, history: Tokens) -> Logits:
        if p >= 1:
            return logits
        order, mass_before = first_of_mass(-logits, softmax(logits), p)
        return only(logits, order[: max(1, int(mass_before.searchsorted(p)))])

    return sample


def typical(p: float) -> Sampler:
    """Keeps the fewest tokens whose probabilities add up to more than `p` (0 < p <= 1), the most typical ones first:
    those whose surprise is nearest to the entropy.
    """

    def sample(logits: Logits, history: Tokens) -> Logits:
        if p >= 1:
            return logits
        surprise = -log_softmax(logits)
        probabilities = np.exp(-surprise)
        left = probabilities > 0
        entropy = probabilities[left] @ surprise[left]
        order, mass_before = first_of_mass(np.abs(surprise - entropy), probabilities, p)
        return only(logits, order[: max(1, int(mass_before.searchsorted(p, side="right")))])

    return sample


def min_p(p: float) -> Sampler:
    """Keeps the tokens whose probability is at least `p` (0 <= p <= 1) of the most likely one's."""

    def sample(logits: Logits, history: Tokens) -> Logits:
        return logits if p <= 0 else without(logits, logits < logits.max() + np.float32(math.log(p)))

    return sample


def top_n_sigma(n: float) -> Sampler:
    """Keeps the tokens whose logit is at most `n` > 0 standard deviations below the largest one's."""

    def sample(logits: Logits, history: Tokens) -> Logits:
        deviation = logits[logits != -np.inf].std()
        return without(logits, logits < logits.max() - np.float32(n) * deviation)

    return sample


def xtc(probability: float, threshold: float, generator: np.random.Generator | None) -> Sampler:
    """Exclude top choices: with that probability, removes all tokens that are at least as likely as `threshold`, except
    the least likely of them (https://github.com/oobabooga/text-generation-webui/pull/6335).
    """
    chance = np.random.default_rng() if generator is None else generator

    def sample(logits: Logits, history: Tokens) -> Logits:
        if chance.random() >= probability:
            return logits
        probabilities = softmax(logits)
        likely = np.flatnonzero(probabilities >= threshold)
        ordered = likely[np.argsort(-probabilities[likely], kind="stable")]
        rest = logits.copy()
        rest[ordered[:-1]] = -np.inf
        return rest

    return sample
