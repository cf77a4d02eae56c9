"""The one generation loop. It knows nothing of text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence

import torch

from fluent_ai_local.layers.kv_cache import KVCache
from fluent_ai_local.layers.prefix_cache import BLOCK

from .architectures.base import Network
from .samplers import Sampling, choose


def _ignore(done: int, total: int) -> None:
    pass


def generate(
    model: Network,
    prompt: Sequence[int],
    *,
    max_tokens: int,
    sampling: Sampling,
    generator: torch.Generator | None = None,
    stop_tokens: Collection[int] = (),
    prefilled: Callable[[int, int], None] = _ignore,
    cache: KVCache | None = None,
) -> Generator[int, None, None]:
    """Yields up to `max_tokens` token ids that continue `prompt`; ends before a stop token.

    `generator` is needed unless `sampling` is greedy. `prefilled` is told tokens done and in all after each chunk of
    the prompt. `cache` may hold the keys and values of the prompt's beginning already, but not of all of it.
    `len(prompt) + max_tokens` must not exceed the model's context.
    """
    samplers = sampling.samplers
    history = torch.tensor([prompt], dtype=torch.int64, device=model.device)
    if cache is None:
        cache = model.new_cache(len(prompt) + max_tokens)
    logits = _prefill(model, history, cache, prefilled)
    for count in range(1, max_tokens + 1):
        for sampler in samplers:
            logits = sampler(logits, history)
        token = choose(logits, None if sampling.greedy else generator)
        if (number := int(token)) in stop_tokens:
            return
        yield number
        if count < max_tokens:
            history = torch.cat([history, token[:, None]], dim=1)
            logits = model.forward(history[:, -1:], cache)


def _prefill(
    model: Network, prompt: torch.Tensor, cache: KVCache, prefilled: Callable[[int, int], None]
) -> torch.Tensor:
    total = prompt.shape[1]
    while True:
        logits = model.forward(prompt[:, cache.length : cache.length + BLOCK], cache)
        prefilled(cache.length, total)
        if cache.length == total:
            return logits
