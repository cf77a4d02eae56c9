"""Samplers that remove tokens: top-k (Fan et al. 2018), top-p, or nucleus (Holtzman et al. 2019), typical (Meister et
al. 2022), min-p (Nguyen et al. 2024), top-n-sigma (Tang et al. 2024) and XTC (p-e-w 2024).
"""

from __future__ import annotations

import math
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


def typical(p: float) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """Keeps the fewest tokens whose probabilities add up to more than `p` (0 < p <= 1), the most typical ones first:
    those whose surprise is nearest to the entropy.
    """

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        if p >= 1:
            return logits
        log_probability = logits.log_softmax(-1)
        probability = log_probability.exp()
        entropy = -(probability * log_probability).nansum(-1, keepdim=True)
        order = (-log_probability - entropy).abs().argsort(dim=-1, stable=True)
        ordered = probability.gather(-1, order)
        removed = ordered.cumsum(-1) - ordered > p
        removed[..., 0] = False
        return logits.masked_fill(torch.zeros_like(removed).scatter(-1, order, removed), -torch.inf)

    return sample


def min_p(p: float) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """Keeps the tokens whose probability is at least `p` (0 <= p <= 1) of the most likely one's."""

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        if p <= 0:
            return logits
        return logits.masked_fill(logits < logits.amax(-1, keepdim=True) + math.log(p), -torch.inf)

    return sample


def top_n_sigma(n: float) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """Keeps the tokens whose logit is at most `n` > 0 standard deviations below the largest one's."""

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        left = logits.isfinite()
        count = left.sum(-1, keepdim=True)
        mean = logits.where(left, 0).sum(-1, keepdim=True) / count
        deviation = (((logits - mean) ** 2).where(left, 0).sum(-1, keepdim=True) / count).sqrt()
        return logits.masked_fill(logits < logits.amax(-1, keepdim=True) - n * deviation, -torch.inf)

    return sample


def xtc(
    probability: float, threshold: float, generator: torch.Generator | None
) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """Exclude top choices: with that probability, removes all tokens that are at least as likely as `threshold`, except
    the least likely of them (https://github.com/oobabooga/text-generation-webui/pull/6335).
    """

    def sample(logits: torch.Tensor, history: torch.Tensor) -> torch.Tensor:
        if float(torch.rand((), generator=generator, device=logits.device)) >= probability:
            return logits
        ordered, order = logits.softmax(-1).sort(dim=-1, descending=True, stable=True)
        likely = ordered >= threshold
        removed = likely & likely.roll(-1, -1)
        removed[..., -1] = False
        return logits.masked_fill(torch.zeros_like(removed).scatter(-1, order, removed), -torch.inf)

    return sample
