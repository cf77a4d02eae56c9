"""DeepSeek-V3 (https://arxiv.org/abs/2412.19437) and Kimi K2: attention over a latent, and a mixture of experts.

The cache holds, for all heads together, a latent from which keys and values would be made, and a part of the key that
rotates. Queries are brought into the space of the latent, and what they attend to out of it: so keys and values are
never made (section 2.1.1; "absorbed").
"""

from __future__ import annotations

import math

import msgspec
import torch
from fluent_ai.errors import UnsupportedModel

from fluent_ai_local.architectures.decoder import Decoder, embedding_and_head
from fluent_ai_local.architectures.hyperparameters import Hyperparameters
from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.layers.attention import Scoring
from fluent_ai_local.layers.block import Block, TokenMap
from fluent_ai_local.layers.context import Context
from fluent_ai_local.layers.feed_forward import FeedForward, MixtureOfExperts, Router
from fluent_ai_local.layers.linear import Linear
from fluent_ai_local.layers.norm import RMSNorm
from fluent_ai_local.layers.rope import Rope
from fluent_ai_local.layers.weights import Weights


class LatentAttention(msgspec.Struct, frozen=True, kw_only=True):
    """Multi-head attention whose keys and values are kept as one latent for all heads."""

    queries: tuple[Linear, ...]
    """One map, or two with `query_norm` between them."""
    query_norm: RMSNorm | None
    latent: Linear
    """To the latent, and the part of the key that rotates."""
    latent_norm: RMSNorm
    key_up: torch.Tensor
    """Of a latent, the part of the keys that does not rotate: [heads, key, latent]."""
    value_up: torch.Tensor
    """Of a latent, the values: [heads, value, latent]."""
    output: Linear
    rope: Rope
    rotated: int
    scoring: Scoring

    def __call__(self, x: torch.Tensor, layer: int, context: Context) -> torch.Tensor:
        """x [batch, tokens, width] to the same; latents go to the cache of this layer."""
        batch, count, _ = x.shape
        heads, fixed, rank = self.key_up.shape
        query = self.queries[0](x)
        if self.query_norm is not None:
            query = self.queries[1](self.query_norm(query))
        query = query.view(batch, count, heads, fixed + self.rotated)
        latent = self.latent(x)
        turned = torch.cat([query[..., fixed:], latent[:, :, None, rank:]], 2)
        turned = context.rotate(turned, self.rope)
        absorbed = torch.einsum("bthk,hkr->bthr", query[..., :fixed], self.key_up)
        query = torch.cat([absorbed, turned[:, :, :heads]], -1)
        key = torch.cat([self.latent_norm(latent[..., :rank])[:, :, None], turned[:, :, heads:]], -1).transpose(1, 2)
        attended = context.cache.attend(layer, query.transpose(1, 2), key, key, self.scoring)[..., :rank]
        values = torch.einsum("bhtr,hvr->bthv", attended, self.value_up)
        return self.output(values.reshape(batch, count, -1))


class _Sizes(msgspec.Struct, frozen=True):
    heads: int
    fixed: int
    rotated: int
    value: int
    rank: int
    query_rank: int | None


def load(file: ModelFile, weights: Weights) -> Decoder:
    """The model in `file`. Raises WeightsCorrupt or UnsupportedModel."""
    found = Hyperparameters(file)
    width = found.width
    sizes = _sizes(found)
    epsilon = found.number("attention.layer_norm_rms_epsilon")
    norm = weights.norm("output_norm", width, epsilon)
    rope = found.rope(sizes.rotated, halves=False, device=norm.weight.device)
    scale = (sizes.fixed + sizes.rotated) ** -0.5
    if found.has("rope.scaling.yarn_log_multiplier"):  # the scores are scaled in the place of what rotates
        rope = Rope(rope.frequencies)
        log = math.log(found.number("rope.scaling.factor"))
        scale *= (1 + file.get(found.key("rope.scaling.yarn_log_multiplier"), float) * log) ** 2
    dense = file.get(found.key("leading_dense_block_count"), int, 0)
    blocks = []
    for number in range(found.layers):
        stem = f"blk.{number}."
        blocks.append(
            Block(
                attention_norm=weights.norm(f"{stem}attn_norm", width, epsilon),
                attention=_attention(sizes, weights, stem, width, epsilon, rope, scale),
                feed_forward_norm=weights.norm(f"{stem}ffn_norm", width, epsilon),
                feed_forward=_experts(found, weights, stem)
                if number >= dense
                else _feed_forward(weights, width, found.whole("feed_forward_length"), stem),
            )
        )
    embedding, head = embedding_and_head(weights, width, found.vocabulary)
    model = Decoder(
        blocks,
        embedding=embedding,
        norm=norm,
        head=head,
        context_length=found.context_length,
        cache_heads=1,
        cache_width=sizes.rank + sizes.rotated,
        size=weights.size,
    )
    weights.check_all_taken()
    return model


def _sizes(found: Hyperparameters) -> _Sizes:
    """GGUF gives sizes of heads as the cache has them, and, since it has split matrices, also as the model has them."""
    rotated = found.whole("rope.dimension_count")
    key = found.optional_whole("attention.key_length_mla") or found.whole("attention.key_length")
    value = found.optional_whole("attention.value_length_mla") or found.whole("attention.value_length")
    if key <= rotated or rotated % 2:
        raise found.unsupported("rope.dimension_count", f"an even number below {key}, the width of a head")
    rank, query_rank = found.whole("attention.kv_lora_rank"), found.optional_whole("attention.q_lora_rank")
    return _Sizes(found.heads, key - rotated, rotated, value, rank, query_rank)


def _attention(
    sizes: _Sizes, weights: Weights, stem: str, width: int, epsilon: float, rope: Rope, scale: float
) -> LatentAttention:
    query = sizes.heads * (sizes.fixed + sizes.rotated)
    if sizes.query_rank is None:
        queries: tuple[Linear, ...] = (weights.linear(width, (f"{stem}attn_q", query)),)
        query_norm = None
    else:
        first = weights.linear(width, (f"{stem}attn_q_a", sizes.query_rank))
        query_norm = weights.norm(f"{stem}attn_q_a_norm", sizes.query_rank, epsilon)
        queries = (first, weights.linear(sizes.query_rank, (f"{stem}attn_q_b", query)))
    key_up, value_up = _up(sizes, weights, stem)
    return LatentAttention(
        queries=queries,
        query_norm=query_norm,
        latent=weights.linear(width, (f"{stem}attn_kv_a_mqa", sizes.rank + sizes.rotated)),
        latent_norm=weights.norm(f"{stem}attn_kv_a_norm", sizes.rank, epsilon),
        key_up=key_up,
        value_up=value_up,
        output=weights.linear(sizes.heads * sizes.value, (f"{stem}attn_output", width)),
        rope=rope,
        rotated=sizes.rotated,
        scoring=Scoring(scale=scale),
    )


def _up(sizes: _Sizes, weights: Weights, stem: str) -> tuple[torch.Tensor, torch.Tensor]:
    """The matrices of keys and of values: joined in older files, split, and the keys' transposed, in newer ones."""
    joined = f"{stem}attn_kv_b.weight"
    if weights.has(joined):
        whole = weights.values(joined, sizes.heads * (sizes.fixed + sizes.value), sizes.rank)
        whole = whole.view(sizes.heads, -1, sizes.rank)
        return whole[:, : sizes.fixed], whole[:, sizes.fixed :]
    key = weights.values(f"{stem}attn_k_b.weight", sizes.heads, sizes.rank, sizes.fixed)
    return key.mT, weights.values(f"{stem}attn_v_b.weight", sizes.heads, sizes.value, sizes.rank)


def _feed_forward(weights: Weights, width: int, size: int, stem: str, suffix: str = "") -> FeedForward:
    return FeedForward(
        weights.linear(width, (f"{stem}ffn_gate{suffix}", size), (f"{stem}ffn_up{suffix}", size)),
        weights.linear(size, (f"{stem}ffn_down{suffix}", width)),
    )


def _experts(found: Hyperparameters, weights: Weights, stem: str) -> TokenMap:
    width, size = found.width, found.whole("expert_feed_forward_length")
    count, shared = found.whole("expert_count"), found.file.get(found.key("expert_shared_count"), int, 0)
    gating = found.whole("expert_gating_func", 1)
    groups, used = found.whole("expert_group_count", 1), found.whole("expert_group_used_count", 1)
    if gating not in (1, 2) or (gating == 1 and groups > 1):
        raise UnsupportedModel(
            f"{found.file.path}: {found.key('expert_gating_func')} = {gating} with {groups} groups; "
            "supported: 2 (sigmoid), and 1 (softmax) without groups"
        )
    bias = f"{stem}exp_probs_b.bias"
    gate_up = weights.experts(count, width, (f"{stem}ffn_gate_exps", size), (f"{stem}ffn_up_exps", size))
    down = weights.experts(count, size, (f"{stem}ffn_down_exps", width))
    return MixtureOfExperts(
        router=Router(
            scores=weights.linear(width, (f"{stem}ffn_gate_inp", count)),
            used=found.whole("expert_used_count"),
            sigmoid=gating == 2,
            bias=weights.values(bias, count) if weights.has(bias) else None,
            groups=groups,
            groups_used=used,
            normalise=found.flag("expert_weights_norm", False),
            scale=found.number("expert_weights_scale", 1.0),
        ),
        experts=[FeedForward(*maps) for maps in zip(gate_up, down, strict=True)],
        shared=_feed_forward(weights, width, size * shared, stem, "_shexp") if shared else None,
    )
