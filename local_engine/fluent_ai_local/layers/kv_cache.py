"""Keys and values of the tokens seen so far: of one sequence, or of several that are computed together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, Protocol

import torch
from fluent_ai.errors import Cancelled, OutOfMemory

from fluent_ai_local.free_memory import free_memory, megabytes
from fluent_ai_local.layers.attention import PLAIN, Scoring, attend
from fluent_ai_local.layers.kv_counts import KVCounter

_FIRST: Final = 1024
"""Tokens that the first block holds: memory that is not touched costs nothing yet, and growing needs both blocks."""


_MUCH: Final = 2**26
"""Bytes from which on a cache asks whether they are free."""


class Cache(Protocol):
    """What a network asks of the caches of the sequences that it computes together, a row of its tokens each."""

    @property
    def rows(self) -> Sequence[KVCache]: ...

    def positions(self, tokens: int) -> torch.Tensor:
        """Positions of the next tokens of each sequence: float32 [rows, tokens]."""
        ...

    def reserve(self, tokens: int) -> None:
        """Make room for `tokens` more in each sequence, before the layers store theirs. Raises OutOfMemory."""
        ...

    def attend(
        self, layer: int, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, scoring: Scoring = PLAIN
    ) -> torch.Tensor:
        """Stores key and value [rows, kv_heads, tokens, head_dim] of a layer, and attends to all that it has stored.

        Takes and returns [rows, heads, tokens, head_dim] for the query. The lengths move once per step, by `advance`,
        after every layer has stored its own.
        """
        ...

    def advance(self, tokens: int) -> None: ...


class KVCache:
    """One block for all layers, filled from the front; `length` tokens are valid.

    The block doubles when it is full, up to `capacity` tokens, so a long context costs nothing until it is used.
    """

    def __init__(
        self,
        *,
        layers: int,
        heads: int,
        capacity: int,
        head_dim: int,
        device: torch.device,
        dtype: torch.dtype,
        counter: KVCounter | None = None,
    ) -> None:
        self.capacity = capacity
        self._counter = counter
        self._count("allocated")
        self.length = 0
        self.unwanted = False
        """True once nobody waits for the sequence any more: a chunk that is being computed ends with Cancelled."""
        self.block = torch.empty(layers, 2, heads, 0, head_dim, device=device, dtype=dtype)
        """Keys and values, also the room behind `length`: [layers, 2, heads, room, head_dim]."""

    @property
    def rows(self) -> Sequence[KVCache]:
        return (self,)

    def positions(self, tokens: int) -> torch.Tensor:
        start = self.length
        return torch.arange(start, start + tokens, dtype=torch.float32, device=self.block.device)[None]

    def reserve(self, tokens: int) -> None:
        old = self.block
        needed = self.length + tokens
        if needed <= old.shape[3]:
            return
        room = max(needed, min(self.capacity, max(_FIRST, 2 * old.shape[3])))
        shape = (*old.shape[:3], room, old.shape[4])
        touched = self.size_of(needed)  # what is behind that takes no memory yet
        if touched > _MUCH and touched > (free := free_memory(old.device)):
            raise _out_of_memory(needed, touched, free)
        try:
            self.block = old.new_empty(shape)
        except RuntimeError:  # what torch raises for want of memory on a CPU
            raise _out_of_memory(room, self.size_of(room), free_memory(old.device)) from None
        self.block[:, :, :, : self.length] = old[:, :, :, : self.length]
        self._count("grown")

    def _count(self, what: Literal["allocated", "grown"]) -> None:
        if self._counter is not None:
            self._counter.add(what)

    def size_of(self, tokens: int) -> int:
        """Bytes that so many tokens take."""
        layers, both, heads, _, head_dim = self.block.shape
        return layers * both * heads * tokens * head_dim * self.block.element_size()

    def attend(
        self, layer: int, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, scoring: Scoring = PLAIN
    ) -> torch.Tensor:
        if self.unwanted:
            raise Cancelled("nobody waits for this sequence any more")
        return self.attend_on(layer, query, key, value, scoring)

    def attend_on(
        self, layer: int, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, scoring: Scoring = PLAIN
    ) -> torch.Tensor:
        """`attend`, also for nobody: others are computed together with it."""
        end = self.length + key.shape[2]
        keys, values = self.block[layer]
        keys[:, self.length : end] = key[0]
        values[:, self.length : end] = value[0]
        return attend(query, keys[None, :, :end], values[None, :, :end], scoring)

    def advance(self, tokens: int) -> None:
        self.length += tokens


class CacheBatch:
    """Caches of several sequences, each of its own length: what is stored and attended to is what each would alone."""

    def __init__(self, rows: Sequence[KVCache]) -> None:
        self.rows = rows

    def positions(self, tokens: int) -> torch.Tensor:
        return torch.cat([row.positions(tokens) for row in self.rows])

    def reserve(self, tokens: int) -> None:
        for row in self.rows:
            row.reserve(tokens)

    def attend(
        self, layer: int, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, scoring: Scoring = PLAIN
    ) -> torch.Tensor:
        return torch.cat(
            [
                row.attend_on(layer, query[n : n + 1], key[n : n + 1], value[n : n + 1], scoring)
                for n, row in enumerate(self.rows)
            ]
        )

    def advance(self, tokens: int) -> None:
        for row in self.rows:
            row.advance(tokens)


def _out_of_memory(tokens: int, size: int, free: float) -> OutOfMemory:
    return OutOfMemory(
        f"a cache of {tokens:,} tokens needs {megabytes(size)} of memory, and {megabytes(free)} are free",
        estimate=size,
        provider="local",
    )
