"""What the layers share while some tokens go through them."""

from __future__ import annotations

import torch

from fluent_ai_local.layers.kv_cache import Cache
from fluent_ai_local.layers.rope import Rope


class Context:
    """Where `count` tokens of each row stand, and the caches that they are added to."""

    def __init__(self, cache: Cache, count: int) -> None:
        self.cache = cache
        self._positions = cache.positions(count)
        self._rotations: dict[int, torch.Tensor] = {}

    def rotate(self, x: torch.Tensor, rope: Rope) -> torch.Tensor:
        """Turns x [batch, tokens, heads, head_dim] as the positions of its tokens ask."""
        rotation = self._rotations.get(id(rope))
        if rotation is None:
            rotation = self._rotations[id(rope)] = rope.rotations(self._positions)
        return rope.rotate(x, rotation)
