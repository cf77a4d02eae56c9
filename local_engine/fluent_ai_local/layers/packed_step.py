"""A whole decoder for one token of each sequence, by one call of the kernels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

import msgspec
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it
from numpy.typing import NDArray

from fluent_ai_local.kernels import decode
from fluent_ai_local.kernels.team import TEAM
from fluent_ai_local.layers.block import Block
from fluent_ai_local.layers.feed_forward import FeedForward, gelu_tanh
from fluent_ai_local.layers.kv_cache import KVCache
from fluent_ai_local.layers.linear import Linear
from fluent_ai_local.layers.norm import RMSNorm
from fluent_ai_local.layers.packed_linear import PackedLinear, Store
from fluent_ai_local.layers.rope import Rope
from fluent_ai_local.layers.self_attention import SelfAttention
from fluent_ai_local.layers.weights import Step

_ACTIVATIONS: Final = (F.silu, gelu_tanh)
_MATRICES: Final = 7
"""Queries, keys, values, output, gate, up, down."""


class _Layer(msgspec.Struct, frozen=True):
    """What the kernels can compute of a block: everything that it has."""

    maps: tuple[PackedLinear, ...]
    attention: SelfAttention
    activation: Callable[[torch.Tensor], torch.Tensor]
    norms: tuple[RMSNorm, ...]
    """Before attention, before gate and up, and behind both, where there are such."""
    head_norms: tuple[RMSNorm, ...]
    """Of queries and keys, where there are such."""


def new_step(blocks: Sequence[Block], norm: RMSNorm, head: Linear) -> Step | None:
    """The step through these blocks; None where one of them has something that the kernels do not know."""
    layers = [layer for block in blocks if (layer := _read(block)) is not None]
    if len(layers) < len(blocks) or not isinstance(head, PackedLinear) or len(head.matrices) > 1:
        return None
    norms = [norm, *(norm for layer in layers for norm in (*layer.norms, *layer.head_norms))]
    same = (
        _one(norm.epsilon for norm in norms),
        _one(layer.activation for layer in layers),
        _one(layer.attention.rope.halves for layer in layers),
        _one(layer.attention.scoring.scale for layer in layers),
        _one((len(layer.norms), len(layer.head_norms)) for layer in layers),
    )
    return PackedStep(layers, norm, head) if all(same) and layers[0].activation in _ACTIVATIONS else None


def _read(block: Block) -> _Layer | None:
    attention, feed_forward = block.attention, block.feed_forward
    if not isinstance(attention, SelfAttention) or not isinstance(feed_forward, FeedForward):
        return None
    linears = (attention.qkv, attention.output, feed_forward.gate_up, feed_forward.down)
    maps = tuple(each for each in linears if isinstance(each, PackedLinear))  # another one has a bias
    if len(maps) < len(linears) or sum(len(each.matrices) for each in maps) != _MATRICES:
        return None  # a joined matrix is one
    if attention.scoring.soft_cap is not None:
        return None
    return _Layer(
        maps,
        attention,
        feed_forward.activation,
        _there(block.attention_norm, block.feed_forward_norm, block.after_attention, block.after_feed_forward),
        _there(attention.query_norm, attention.key_norm),
    )


def _there(*norms: RMSNorm | None) -> tuple[RMSNorm, ...]:
    return tuple(norm for norm in norms if norm is not None)


def _one(values: Iterable[object]) -> bool:
    return len(set(values)) == 1


class PackedStep:
    """A `Step` by the kernels."""

    def __init__(self, layers: Sequence[_Layer], norm: RMSNorm, head: PackedLinear) -> None:
        attention = layers[0].attention
        self._matrices = np.stack([np.concatenate([each.matrices for each in layer.maps]) for layer in layers])
        self._head = head.matrices[0]
        self._store: Store = head.store
        self._norms = _stack([layer.norms for layer in layers], len(norm.weight))
        self._head_norms = _stack([layer.head_norms for layer in layers], attention.head_dim)
        self._norm = norm
        self._ropes: list[Rope] = list({id(layer.attention.rope): layer.attention.rope for layer in layers}.values())
        numbers = {id(rope): number for number, rope in enumerate(self._ropes)}
        self._facts = np.array(
            [(numbers[id(each.attention.rope)], each.attention.scoring.window or 0) for each in layers], np.int64
        )
        self._scale = np.float32(attention.scoring.scale or attention.head_dim**-0.5)
        self._gelu = layers[0].activation is gelu_tanh

    def __call__(self, x: torch.Tensor, caches: Sequence[KVCache]) -> torch.Tensor:
        lengths = [cache.length for cache in caches]
        rotations = torch.stack(
            [rope.rotations(torch.tensor([lengths], dtype=torch.float32))[0] for rope in self._ropes]
        )
        blocks = [cache.block for cache in caches]
        addresses = [(block.data_ptr(), block.shape[3], length) for block, length in zip(blocks, lengths, strict=True)]
        first = self._matrices[0, :, 3]
        rows, width = x.shape
        logits = torch.empty(rows, int(self._head[3]))
        threads = torch.get_num_threads()
        arguments = (
            np.zeros(2, np.int64), threads, self._matrices, self._head, self._store.weights, self._store.scales,
            self._norms, self._head_norms, self._norm.weight.numpy(), np.float32(self._norm.epsilon), self._facts,
            self._scale, self._ropes[0].halves, self._gelu, rotations.real.contiguous().numpy(),
            rotations.imag.contiguous().numpy(), blocks[0].shape[2], np.array(addresses, np.int64), x.numpy(),
            _rows(rows, first[:3].sum()), _rows(rows, first[0]), _rows(rows, first[decode.GATE]), _rows(rows, width),
            logits.numpy(),
        )  # fmt: skip
        TEAM.run(partial(decode.step, *arguments), threads)
        return logits


def _rows(rows: int, width: int) -> NDArray[np.float32]:
    return np.empty((rows, width), np.float32)


def _stack(norms: Sequence[Sequence[RMSNorm]], width: int) -> NDArray[np.float32]:
    """[layers, norms of each, width]."""
    stacked = np.empty((len(norms), len(norms[0]), width), np.float32)
    for layer, each in enumerate(norms):
        for number, norm in enumerate(each):
            stacked[layer, number] = norm.weight.numpy()
    return stacked
