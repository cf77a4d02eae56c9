"""Keys and values of the beginnings of prompts, so that a beginning that comes again is not computed again."""

from __future__ import annotations

import hashlib
from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final

import torch
from fluent_ai.threads import new_lock

from fluent_ai_local.layers.kv_cache import KVCache

BLOCK: Final = 256
"""Tokens of a block. Prompts are computed in chunks of as many, so a block holds, to the bit, what it would hold anew.

As a chunk it is large enough for full speed, and small enough to be cancelled within a second.
"""
_LIMIT: Final = 2**28
"""Bytes that the blocks of a model may take together."""


class PrefixCache:
    """Blocks of a model's cache by the tokens that they and all before them stand for; shared by threads.

    The blocks unused for longest go first. What begins alike shares its blocks.
    """

    def __init__(self, limit: int = _LIMIT) -> None:
        self._limit = limit
        self._lock = new_lock()
        self._blocks: OrderedDict[bytes, torch.Tensor] = OrderedDict()
        self._size = 0

    @property
    def size(self) -> int:
        """Bytes that the blocks take."""
        return self._size

    @torch.inference_mode()
    def fill(self, cache: KVCache, prompt: Sequence[int]) -> int:
        """Put what is known of a prompt behind the blocks that the cache holds already. Returns how many tokens it is.

        At least one token of the prompt is left to compute.
        """
        before = cache.length
        if before % BLOCK:
            return 0
        for key in islice(_keys(prompt[:-1]), before // BLOCK, None):
            with self._lock:
                block = self._blocks.get(key)
                if block is None:
                    break
                self._blocks.move_to_end(key)
            cache.reserve(BLOCK)
            cache.block[..., cache.length : cache.length + BLOCK, :] = block
            cache.advance(BLOCK)
        return cache.length - before

    @torch.inference_mode()
    def keep(self, cache: KVCache, prompt: Sequence[int]) -> None:
        """Keep the whole blocks of the prompt that are in the cache and not here yet."""
        for number, key in enumerate(_keys(prompt[: cache.length])):
            with self._lock:
                if key in self._blocks:
                    self._blocks.move_to_end(key)
                    continue
            block = cache.block[..., number * BLOCK : (number + 1) * BLOCK, :].clone()
            with self._lock:
                self._put(key, block)

    def _put(self, key: bytes, block: torch.Tensor) -> None:
        if key not in self._blocks:
            self._blocks[key] = block
            self._size += block.nbytes
        while self._size > self._limit:
            _, gone = self._blocks.popitem(last=False)
            self._size -= gone.nbytes


def _keys(tokens: Sequence[int]) -> Iterator[bytes]:
    """For each whole block, what stands for its tokens and all before them."""
    digest = hashlib.sha256()
    for begin, end in pairwise(range(0, len(tokens) + 1, BLOCK)):
        digest.update(array("q", tokens[begin:end]))
        yield digest.digest()
