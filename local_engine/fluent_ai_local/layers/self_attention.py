"""Grouped-query attention with all that decoders add to it."""

from __future__ import annotations

import msgspec
import torch

from fluent_ai_local.layers.attention import PLAIN, Scoring
from fluent_ai_local.layers.context import Context
from fluent_ai_local.layers.linear import Linear
from fluent_ai_local.layers.norm import RMSNorm
from fluent_ai_local.layers.rope import Rope


class SelfAttention(msgspec.Struct, frozen=True, kw_only=True):
    """q, k and v are one matrix product; norms of q and k, if any, are over the values of each head."""

    qkv: Linear
    output: Linear
    heads: int
    kv_heads: int
    head_dim: int
    rope: Rope
    query_norm: RMSNorm | None = None
    key_norm: RMSNorm | None = None
    scoring: Scoring = PLAIN

    def __call__(self, x: torch.Tensor, layer: int, context: Context) -> torch.Tensor:
        """x [batch, tokens, width] to the same; keys and values go to the cache of this layer."""
        batch, count, _ = x.shape
        qkv = self.qkv(x).view(batch, count, -1, self.head_dim)
        turned, value = qkv[:, :, : -self.kv_heads], qkv[:, :, -self.kv_heads :]
        if self.query_norm is not None and self.key_norm is not None:
            query, key = turned[:, :, : self.heads], turned[:, :, self.heads :]
            turned = torch.cat([self.query_norm(query), self.key_norm(key)], 2)
        turned = context.rotate(turned, self.rope)
        query, key = turned[:, :, : self.heads], turned[:, :, self.heads :]
        attended = context.cache.attend(
            layer, query.transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2), self.scoring
        )
        return self.output(attended.transpose(1, 2).reshape(batch, count, -1))
