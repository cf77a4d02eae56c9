"""Causal grouped-query attention."""

from __future__ import annotations

from typing import Final

import msgspec
import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it


class Scoring(msgspec.Struct, frozen=True, kw_only=True):
    """How tokens score one another. `scale` multiplies the scores; 1 / sqrt(head_dim) by default. With a `window`, a
    token sees itself and those before it, so many in all. `soft_cap` bounds the scores by a tanh (Gemma 2).
    """

    scale: float | None = None
    window: int | None = None
    soft_cap: float | None = None


PLAIN: Final = Scoring()


def attend(query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, scoring: Scoring = PLAIN) -> torch.Tensor:
    """Attention of the last tokens to all tokens.

    query [batch, heads, tokens, head_dim]; keys and values [batch, kv_heads, past + tokens, head_dim], of which the
    last `tokens` are the query's own. Returns [batch, heads, tokens, head_dim of the values].
    """
    scale, window = scoring.scale, scoring.window
    batch, heads, tokens, head_dim = query.shape
    kv_heads, total = keys.shape[1], keys.shape[2]
    if window is not None and total > window + tokens - 1:
        keys, values = keys[:, :, 1 - window - tokens :], values[:, :, 1 - window - tokens :]
        total = window + tokens - 1
    if scoring.soft_cap is not None:
        mask = _mask(query, total, window)
        return _capped(query, keys, values, scale or head_dim**-0.5, mask, scoring.soft_cap)
    if tokens == 1:  # the heads that share a key attend as if they were rows of one head: nothing is repeated
        grouped = query.view(batch, kv_heads, heads // kv_heads, head_dim)
        return F.scaled_dot_product_attention(grouped, keys, values, scale=scale).view(batch, heads, 1, -1)
    if tokens == total and (window is None or tokens <= window):
        return F.scaled_dot_product_attention(query, keys, values, is_causal=True, scale=scale, enable_gqa=True)
    mask = _mask(query, total, window)
    return F.scaled_dot_product_attention(query, keys, values, attn_mask=mask, scale=scale, enable_gqa=True)


def _mask(query: torch.Tensor, total: int, window: int | None) -> torch.Tensor:
    """What each token of the query may see: bool [tokens, total]."""
    tokens = query.shape[2]
    mask = torch.ones(tokens, total, dtype=torch.bool, device=query.device).tril(total - tokens)
    return mask if window is None else mask.triu(total - tokens - window + 1)


def _capped(
    query: torch.Tensor,
    keys: torch.Tensor,
    values: torch.Tensor,
    scale: float,
    mask: torch.Tensor,
    cap: float,
) -> torch.Tensor:
    """As `attend`, for want of a cap in torch's own attention."""
    batch, heads, tokens, head_dim = query.shape
    grouped = query.reshape(batch, keys.shape[1], -1, tokens, head_dim)
    scores = cap * torch.tanh(grouped @ keys[:, :, None].mT * (scale / cap))
    weights = scores.masked_fill(~mask, float("-inf")).softmax(-1)
    return (weights @ values[:, :, None]).view(batch, heads, tokens, -1)
