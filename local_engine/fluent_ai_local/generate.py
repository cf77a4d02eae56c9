"""A reply in the making, token by token. It knows nothing of text, nor of other replies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from typing import Final, NamedTuple, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from fluent_ai_local.layers.kv_cache import Cache, KVCache
from fluent_ai_local.layers.prefix_cache import BLOCK

from .architectures.base import Network
from .samplers import Chain, Logits, Sampling, Tokens
from .samplers.distribution import log_softmax, smallest

_NEAR: Final = 4096
"""Tokens of context up to which a whole block of the prompt is computed at once."""


class Token(NamedTuple):
    """A token of a reply. Log probabilities are those of the model itself, before any sampler."""

    id: int
    logprob: float | None = None
    """Of the token, if it was asked for."""
    top: tuple[tuple[int, float], ...] = ()
    """The most likely tokens at its place, with their log probabilities."""


class Constraint(Protocol):
    """What a reply must look like."""

    def mask(self, logits: Logits) -> Logits:
        """The logits [vocabulary], with -inf for tokens that cannot come next."""
        ...

    def accept(self, token: int) -> bool:
        """Whether the reply is complete with the token that was chosen."""
        ...


def forward(network: Network, tokens: Sequence[Tokens], cache: Cache) -> NDArray[np.float32]:
    """The logits [rows, vocabulary] after the next tokens of some replies, as many of each, which the cache takes in.

    They are on the CPU, wherever the network computes: what chooses from them is too little work for a device.
    """
    logits = network.forward(torch.from_numpy(np.stack(tokens)).to(network.device), cache)
    values: NDArray[np.float32] = logits.float().cpu().numpy()
    return values


class Generation:
    """A prompt, its continuation so far, and how the next token is chosen.

    Whoever drives it computes `next_tokens()` with `cache` and, once the prompt is in the cache, has `accept` choose
    from the logits, until `ended`. `generator` is needed unless `sampling` is greedy. `len(prompt) + max_tokens` must
    not exceed the model's context. The cache may hold the beginning of the prompt already, but not all of it. With
    `logprobs`, tokens have their log probabilities and those of so many alternatives. A `constraint` is applied before
    all samplers.
    """

    def __init__(
        self,
        prompt: Sequence[int],
        cache: KVCache,
        *,
        max_tokens: int,
        sampling: Sampling,
        generator: np.random.Generator | None = None,
        stop_tokens: Collection[int] = (),
        logprobs: int | None = None,
        constraint: Constraint | None = None,
    ) -> None:
        self.prompt = prompt
        self.cache = cache
        self.ended = False
        self.finished = False
        """Whether it ended by itself, not for want of room."""
        self.reused = 0
        """Tokens of the prompt that did not have to be computed."""
        self._chain = Chain(sampling, generator)
        self._logprobs = logprobs
        self._constraint = constraint
        self._stop_tokens = stop_tokens
        self._tokens = np.array(prompt, np.int64)
        """Prompt and reply, of which the first `_count` are there."""
        self._count = len(prompt)
        self._end = len(prompt) + max_tokens

    @property
    def prefilled(self) -> bool:
        return self.cache.length >= len(self.prompt)

    def next_tokens(self) -> Tokens:
        """The next tokens to compute, int64 [tokens]: a chunk of the prompt, or the token that was chosen last.

        Chunks are those of the prefix cache's blocks, or parts of them: far into a context a token takes longer.
        """
        start = self.cache.length
        size = BLOCK
        while size > 32 and start * size > _NEAR * BLOCK:
            size //= 2
        return self._tokens[start : min(start + size, self._count)]

    def accept(self, logits: Logits) -> Token | None:
        """The token chosen by the logits [vocabulary] after all before it; None for one that ends the reply.

        Raises StageFailed where the logits are no numbers, and what the constraint raises.
        """
        constraint = self._constraint
        masked = logits if constraint is None else constraint.mask(logits)
        token = self._chain.choose(masked, self._tokens[: self._count])
        if token in self._stop_tokens:
            self.ended = self.finished = True
            return None
        if constraint is not None:
            self.finished = constraint.accept(token)
        if self._count == len(self._tokens):
            self._tokens = np.concatenate([self._tokens, np.empty_like(self._tokens)])
        self._tokens[self._count] = token
        self._count += 1
        self.ended = self.finished or self._count == self._end
        return Token(token) if self._logprobs is None else _with_logprobs(token, logits, self._logprobs)


def _with_logprobs(token: int, logits: Logits, alternatives: int) -> Token:
    values = log_softmax(logits)
    top = smallest(-values, min(alternatives, len(values))) if alternatives else np.empty(0, np.int64)
    return Token(token, float(values[token]), tuple(zip(top.tolist(), values[top].tolist(), strict=True)))


def _ignore(done: int, total: int) -> None:
    pass


def generate(
    model: Network,
    prompt: Sequence[int],
    *,
    max_tokens: int,
    sampling: Sampling,
    generator: np.random.Generator | None = None,
    stop_tokens: Collection[int] = (),
    prefilled: Callable[[int, int], None] = _ignore,
    cache: KVCache | None = None,
) -> Generator[int, None, None]:
    """Yields up to `max_tokens` token ids that continue `prompt`; ends before a stop token.

    One reply alone, as the scheduler computes many: see `Generation` for the arguments. `prefilled` is told tokens done
    and in all after each chunk of the prompt.
    """
    generation = Generation(
        prompt,
        model.new_cache(len(prompt) + max_tokens) if cache is None else cache,
        max_tokens=max_tokens,
        sampling=sampling,
        generator=generator,
        stop_tokens=stop_tokens,
    )
    while not generation.ended:
        first = not generation.prefilled
        (logits,) = forward(model, [generation.next_tokens()], generation.cache)
        if first:
            prefilled(generation.cache.length, len(prompt))
        if generation.prefilled and (token := generation.accept(logits)) is not None:
            yield token.id
