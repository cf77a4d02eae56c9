"""What the engine asks of a language model's network, whatever its architecture."""

from __future__ import annotations

from typing import Protocol

import torch

from fluent_ai_local.layers.kv_cache import Cache, KVCache
from fluent_ai_local.layers.kv_counts import KVCounter


class Network(Protocol):
    """A loaded decoder. Immutable, so any number of threads may run it, each with its own cache."""

    @property
    def counter(self) -> KVCounter:
        """Of what becomes of its caches."""
        ...

    @property
    def context_length(self) -> int:
        """Tokens that prompt and reply may have together."""
        ...

    @property
    def device(self) -> torch.device:
        """Where its weights are, and where it wants its tokens."""
        ...

    @property
    def size(self) -> int:
        """Bytes that its weights take."""
        ...

    def new_cache(self, capacity: int) -> KVCache:
        """An empty cache for `capacity` tokens of one sequence."""
        ...

    def hidden(self, tokens: torch.Tensor, cache: Cache) -> torch.Tensor:
        """What the head sees of each of `tokens` [batch, tokens], each added to its cache: [batch, tokens, width]."""
        ...

    def forward(self, tokens: torch.Tensor, cache: Cache, *, every: bool = False) -> torch.Tensor:
        """Logits [batch, vocabulary] after the last of `tokens` [batch, tokens] int64, each row added to its cache.

        With `every`, the logits after each token: [batch, tokens, vocabulary]. Raises OutOfMemory when the cache
        cannot grow.
        """
        ...


class Encoder(Protocol):
    """A loaded encoder, whose tokens all see one another. Immutable, so any number of threads may run it."""

    @property
    def context_length(self) -> int:
        """Tokens that a text may have."""
        ...

    @property
    def device(self) -> torch.device: ...

    @property
    def size(self) -> int:
        """Bytes that its weights take."""
        ...

    @property
    def labels(self) -> int:
        """How many labels its classifier knows; 0 if it has none."""
        ...

    def encode(self, tokens: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor | None = None) -> torch.Tensor:
        """Vectors [batch, tokens, width] of `tokens` [batch, tokens] int64 where `mask`, bool of that shape, holds.

        `kinds`, int64 of that shape, is 1 for tokens of a second text.
        """
        ...

    def classify(self, tokens: torch.Tensor, mask: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        """What the classifier says of each row, as `encode` takes them: [batch, labels]."""
        ...
