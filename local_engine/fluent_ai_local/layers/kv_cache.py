"""Keys and values of the tokens seen so far."""

from __future__ import annotations

from typing import Final

import torch
from fluent_ai.errors import OutOfMemory

_FIRST: Final = 512
"""Tokens that the first block holds."""


class KVCache:
    """One block for all layers, filled from the front; `length` tokens are valid.

    The block doubles when it is full, up to `capacity` tokens, so a long context costs nothing until it is used.
    """

    def __init__(
        self,
        *,
        layers: int,
        batch: int,
        heads: int,
        capacity: int,
        head_dim: int,
        device: torch.device,
        dtype: torch.dtype,
    ) -> None:
        self.capacity = capacity
        self.length = 0
        self._block = torch.empty(layers, 2, batch, heads, 0, head_dim, device=device, dtype=dtype)

    def reserve(self, tokens: int) -> None:
        """Make room for `tokens` more, before the layers store theirs. Raises OutOfMemory."""
        old = self._block
        needed = self.length + tokens
        if needed <= old.shape[4]:
            return
        room = max(needed, min(self.capacity, max(_FIRST, 2 * old.shape[4])))
        shape = (*old.shape[:4], room, old.shape[5])
        try:
            self._block = old.new_empty(shape)
        except RuntimeError:  # what torch raises for want of memory on a CPU
            estimate = torch.Size(shape).numel() * old.element_size()
            raise OutOfMemory(
                f"a cache of {room:,} tokens needs {estimate / 1e9:.1f} GB of memory", estimate=estimate
            ) from None
        self._block[:, :, :, :, : self.length] = old[:, :, :, :, : self.length]

    def append(self, layer: int, key: torch.Tensor, value: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Stores key and value [batch, heads, tokens, head_dim] behind those of this layer and returns all of them.

        `length` moves once per step, by `advance`, after every layer has stored its own.
        """
        end = self.length + key.shape[2]
        keys, values = self._block[layer]
        keys[:, :, self.length : end] = key
        values[:, :, self.length : end] = value
        return keys[:, :, :end], values[:, :, :end]

    def block(self, sequence: int) -> torch.Tensor:
        """Keys and values of one sequence, also the room behind `length`: [layers, 2, heads, room, head_dim]."""
        return self._block[:, :, sequence]

    def advance(self, tokens: int) -> None:
        self.length += tokens
