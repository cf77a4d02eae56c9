"""One block of a decoder."""

from __future__ import annotations

from typing import Protocol

import msgspec
import torch

from fluent_ai_local.layers.context import Context
from fluent_ai_local.layers.norm import RMSNorm


class Attention(Protocol):
    def __call__(self, x: torch.Tensor, layer: int, context: Context) -> torch.Tensor: ...


class TokenMap(Protocol):
    def __call__(self, x: torch.Tensor) -> torch.Tensor: ...


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Attention, then what each token goes through alone; each between norms, and added to what came in."""

    attention_norm: RMSNorm
    attention: Attention
    feed_forward_norm: RMSNorm
    feed_forward: TokenMap
    after_attention: RMSNorm | None = None
    after_feed_forward: RMSNorm | None = None

    def __call__(self, x: torch.Tensor, layer: int, context: Context) -> torch.Tensor:
        """x [batch, tokens, width] to the same."""
        attended = self.attention(self.attention_norm(x), layer, context)
        x = x + (attended if self.after_attention is None else self.after_attention(attended))
        mapped = self.feed_forward(self.feed_forward_norm(x))
        return x + (mapped if self.after_feed_forward is None else self.after_feed_forward(mapped))
