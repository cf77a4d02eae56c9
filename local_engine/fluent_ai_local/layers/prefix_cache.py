"""Keys and values of the beginnings of prompts, so that a beginning that comes again is not computed again.

A prompt that comes again as a whole has its end here too, with the logits after it: so nothing of it is computed.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

import numpy as np
import torch
from fluent_ai.threads import new_lock
from numpy.typing import NDArray

from fluent_ai_local.layers.kv_cache import KVCache
from fluent_ai_local.layers.kv_counts import KVCounter

BLOCK: Final = 256
"""Tokens of a block. Prompts are computed in chunks of as many, so a block holds, to the bit, what it would hold anew.

As a chunk it is large enough for full speed, and small enough to be cancelled within a second.
"""
_LIMIT: Final = 2**28
"""Bytes that the blocks of a model may take together."""


_LEAST: Final = 32
"""Tokens of an end that are worth keeping; fewer are computed as quickly."""


class _Kept(NamedTuple):
    """A block, or the end of a prompt with the logits [vocabulary] after it."""

    block: torch.Tensor
    logits: NDArray[np.float32] | None = None

    @property
    def nbytes(self) -> int:
        return self.block.nbytes + (0 if self.logits is None else self.logits.nbytes)


class PrefixCache:
    """Blocks of a model's cache by the tokens that they and all before them stand for; shared by threads.

    The blocks unused for longest go first. What begins alike shares its blocks.
    """

    def __init__(self, limit: int = _LIMIT, counter: KVCounter | None = None) -> None:
        self._limit = limit
        self._lock = new_lock()
        self._blocks: OrderedDict[bytes, _Kept] = OrderedDict()
        self._size = 0
        self._counter = counter or KVCounter()

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
            if (kept := self._used(key)) is None:
                break
            cache.reserve(len(prompt) - cache.length)
            _append(cache, kept.block)
        return cache.length - before

    @torch.inference_mode()
    def finish(self, cache: KVCache, prompt: Sequence[int]) -> NDArray[np.float32] | None:
        """Put the end of a prompt behind its whole blocks, if it is known. Returns the logits after it, else None."""
        if cache.length != _whole(prompt) or (kept := self._used(_end_key(prompt))) is None:
            return None
        cache.reserve(len(prompt) - cache.length)
        _append(cache, kept.block)
        return kept.logits

    @torch.inference_mode()
    def keep_end(self, cache: KVCache, prompt: Sequence[int], logits: NDArray[np.float32]) -> None:
        """Keep the end of the prompt, all of which is in the cache, and the logits after it."""
        begin = _whole(prompt)
        if len(prompt) - begin >= _LEAST:
            self._put(_end_key(prompt), _Kept(cache.block[..., begin : len(prompt), :].clone(), logits.copy()))

    @torch.inference_mode()
    def keep(self, cache: KVCache, prompt: Sequence[int]) -> None:
        """Keep the whole blocks of the prompt that are in the cache and not here yet."""
        for number, key in enumerate(_keys(prompt[: cache.length])):
            with self._lock:
                if key in self._blocks:
                    self._blocks.move_to_end(key)
                    continue
            self._put(key, _Kept(cache.block[..., number * BLOCK : (number + 1) * BLOCK, :].clone()))

    def _used(self, key: bytes) -> _Kept | None:
        with self._lock:
            kept = self._blocks.get(key)
            if kept is not None:
                self._blocks.move_to_end(key)
                self._counter.add("reused")
            return kept

    def _put(self, key: bytes, kept: _Kept) -> None:
        with self._lock:
            if key not in self._blocks:
                self._blocks[key] = kept
                self._size += kept.nbytes
                self._counter.add("kept")
            while self._size > self._limit:
                _, gone = self._blocks.popitem(last=False)
                self._size -= gone.nbytes
                self._counter.add("evicted")


def _append(cache: KVCache, block: torch.Tensor) -> None:
    tokens = block.shape[-2]
    cache.block[..., cache.length : cache.length + tokens, :] = block
    cache.advance(tokens)


def _whole(prompt: Sequence[int]) -> int:
    """Tokens before the end of a prompt: those of whole blocks, of which the last one counts as the end."""
    return (len(prompt) - 1) // BLOCK * BLOCK


def _end_key(prompt: Sequence[int]) -> bytes:
    return hashlib.sha256(b"end" + array("q", prompt).tobytes()).digest()


def _keys(tokens: Sequence[int]) -> Iterator[bytes]:
    """For each whole block, what stands for its tokens and all before them."""
    digest = hashlib.sha256()
    for begin, end in pairwise(range(0, len(tokens) + 1, BLOCK)):
        digest.update(array("q", tokens[begin:end]))
        yield digest.digest()
