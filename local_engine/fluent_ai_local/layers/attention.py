"""Causal grouped-query attention."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812  # the field's name for it


def attend(query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor) -> torch.Tensor:
    """Attention of the last tokens to all tokens.

    query [batch, heads, tokens, head_dim]; keys and values [batch, kv_heads, past + tokens, head_dim], of which the
    last `tokens` are the query's own. Returns [batch, heads, tokens, head_dim].
    """
    batch, heads, tokens, head_dim = query.shape
    kv_heads, total = keys.shape[1], keys.shape[2]
    if tokens == 1:  # the heads that share a key attend as if they were rows of one head: nothing is repeated
        grouped = query.view(batch, kv_heads, heads // kv_heads, head_dim)
        return F.scaled_dot_product_attention(grouped, keys, values).view(batch, heads, 1, head_dim)
    if tokens == total:
        return F.scaled_dot_product_attention(query, keys, values, is_causal=True, enable_gqa=True)
    mask = torch.ones(tokens, total, dtype=torch.bool, device=query.device).tril(total - tokens)
    return F.scaled_dot_product_attention(query, keys, values, attn_mask=mask, enable_gqa=True)
