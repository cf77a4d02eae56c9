"""Keys and values of the tokens seen so far."""

from __future__ import annotations

import torch


class KVCache:
    """One preallocated block, filled from the front; `length` tokens are valid.

    On a CPU the operating system hands out the pages only when they are written, so a large capacity costs nothing
    until it is used.
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
        self.block = torch.empty(layers, 2, batch, heads, capacity, head_dim, device=device, dtype=dtype)
        self.capacity = capacity
        self.length = 0

    def append(self, layer: int, key: torch.Tensor, value: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Stores key and value [batch, heads, tokens, head_dim] behind those of this layer and returns all of them.

        `length` moves once per step, by `advance`, after every layer has stored its own.
        """
        end = self.length + key.shape[2]
        keys, values = self.block[layer]
        keys[:, :, self.length : end] = key
        values[:, :, self.length : end] = value
        return keys[:, :, :end], values[:, :, :end]

    def advance(self, tokens: int) -> None:
        self.length += tokens
