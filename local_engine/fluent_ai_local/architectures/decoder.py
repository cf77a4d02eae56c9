"""What all decoders have in common: embeddings, blocks, a norm, and a head."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from fluent_ai_local.layers.block import Block
from fluent_ai_local.layers.context import Context
from fluent_ai_local.layers.kv_cache import Cache, KVCache
from fluent_ai_local.layers.kv_counts import KVCounter
from fluent_ai_local.layers.linear import Linear
from fluent_ai_local.layers.norm import RMSNorm
from fluent_ai_local.layers.weights import Step, Weights


def embedding_and_head(weights: Weights, width: int, vocabulary: int) -> tuple[Linear, Linear]:
    """The map from tokens to vectors and the one back, which is the same where the file has no other."""
    embedding = weights.linear(width, ("token_embd", vocabulary))
    head = weights.linear(width, ("output", vocabulary)) if weights.has("output.weight") else embedding
    return embedding, head


class Decoder:
    """A loaded model: a `Network`."""

    def __init__(
        self,
        blocks: Sequence[Block],
        *,
        embedding: Linear,
        norm: RMSNorm,
        head: Linear,
        context_length: int,
        cache_heads: int,
        cache_width: int,
        size: int = 0,
        scale: float | None = None,
        soft_cap: float | None = None,
        step: Step | None = None,
    ) -> None:
        """`scale` multiplies the embeddings, `soft_cap` bounds the logits by a tanh; `step` is a faster way for one
        token. The cache has `cache_heads` of `cache_width` in each layer.
        """
        self.size = size
        self.counter = KVCounter()
        self.context_length = context_length
        self.device = norm.weight.device
        self.dtype = norm.weight.dtype
        self._blocks = blocks
        self._embedding = embedding
        self._norm = norm
        self._head = head
        self._cache_heads = cache_heads
        self._cache_width = cache_width
        self._scale = scale
        self._soft_cap = soft_cap
        self._step = step

    def new_cache(self, capacity: int) -> KVCache:
        """A cache for `capacity` tokens."""
        return KVCache(
            layers=len(self._blocks),
            heads=self._cache_heads,
            capacity=capacity,
            head_dim=self._cache_width,
            device=self.device,
            dtype=self.dtype,
            counter=self.counter,
        )

    @torch.inference_mode()
    def forward(self, tokens: torch.Tensor, cache: Cache, *, every: bool = False) -> torch.Tensor:
        """Logits [batch, vocabulary] after the last of `tokens` [batch, tokens], which are appended to the caches.

        With `every`, the logits after each token: [batch, tokens, vocabulary].
        """
        count = tokens.shape[1]
        if self._step is not None and count == 1:
            cache.reserve(1)
            logits = self._step(self._embed(tokens[:, 0]), cache.rows)
            cache.advance(1)
            logits = logits[:, None] if every else logits
        else:
            hidden = self.hidden(tokens, cache)
            logits = self._head(hidden if every else hidden[:, -1])
        return logits if self._soft_cap is None else self._soft_cap * torch.tanh(logits / self._soft_cap)

    @torch.inference_mode()
    def hidden(self, tokens: torch.Tensor, cache: Cache) -> torch.Tensor:
        """What the head sees of each of `tokens` [batch, tokens], which are appended: [batch, tokens, width]."""
        count = tokens.shape[1]
        cache.reserve(count)
        context = Context(cache, count)
        x = self._embed(tokens)
        for number, block in enumerate(self._blocks):
            x = block(x, number, context)
        cache.advance(count)
        return self._norm(x)

    def _embed(self, tokens: torch.Tensor) -> torch.Tensor:
        x = self._embedding.rows(tokens)
        return x if self._scale is None else x * self._scale
