"""Llama (Touvron et al. 2023) and its family: RMSNorm, rotary grouped-query attention, SwiGLU.

Mistral slides a window, Qwen 2 adds biases, Qwen 3 norms of queries and keys, Phi 3 joins matrices, and Mixtral and
Qwen 3 MoE have experts. What a file has says which; only the layout of the pairs that rotate follows from the
architecture's name.
"""

from __future__ import annotations

import msgspec
from fluent_ai.errors import WeightsCorrupt

from fluent_ai_local.architectures.decoder import Decoder, embedding_and_head
from fluent_ai_local.architectures.hyperparameters import Hyperparameters
from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.layers.attention import Scoring
from fluent_ai_local.layers.block import Block, TokenMap
from fluent_ai_local.layers.feed_forward import FeedForward, MixtureOfExperts, Router
from fluent_ai_local.layers.norm import RMSNorm
from fluent_ai_local.layers.rope import Rope
from fluent_ai_local.layers.self_attention import SelfAttention
from fluent_ai_local.layers.weights import Weights


class LlamaConfig(msgspec.Struct, frozen=True, kw_only=True):
    layers: int
    width: int
    feed_forward: int
    heads: int
    kv_heads: int
    head_dim: int
    vocabulary: int
    context_length: int
    norm_epsilon: float
    window: int | None
    experts: int
    experts_used: int
    experts_normalised: bool
    """The weights of the experts that a token uses sum up to 1."""

    @classmethod
    def read(cls, file: ModelFile) -> LlamaConfig:
        """From the metadata. Raises WeightsCorrupt naming the key whose value is missing or impossible."""
        found = Hyperparameters(file)
        experts = file.get(found.key("expert_count"), int, 0)
        used = found.whole("expert_used_count") if experts else 0
        if used > experts:
            raise WeightsCorrupt(f"{file.path}: {found.key('expert_used_count')} = {used}; allowed: 1 to {experts}")
        return cls(
            layers=found.layers,
            width=found.width,
            feed_forward=(experts and found.optional_whole("expert_feed_forward_length"))
            or found.whole("feed_forward_length"),
            heads=found.heads,
            kv_heads=found.kv_heads(),
            head_dim=found.head_dim(),
            vocabulary=found.vocabulary,
            context_length=found.context_length,
            norm_epsilon=found.number("attention.layer_norm_rms_epsilon"),
            window=found.optional_whole("attention.sliding_window"),
            experts=experts,
            experts_used=used,
            experts_normalised=found.flag("expert_weights_norm", True),
        )


def load(file: ModelFile, weights: Weights) -> Decoder:
    """The model in `file`. Raises WeightsCorrupt or UnsupportedModel."""
    config = LlamaConfig.read(file)
    width = config.width
    norm = weights.norm("output_norm", width, config.norm_epsilon)
    factors = weights.values("rope_freqs.weight", config.head_dim // 2) if weights.has("rope_freqs.weight") else None
    rope = Hyperparameters(file).rope(
        config.head_dim, halves=file.architecture != "llama", device=norm.weight.device, factors=factors
    )
    blocks = [_block(config, weights, rope, f"blk.{number}.") for number in range(config.layers)]
    embedding, head = embedding_and_head(weights, width, config.vocabulary)
    model = Decoder(
        blocks,
        embedding=embedding,
        norm=norm,
        head=head,
        context_length=config.context_length,
        cache_heads=config.kv_heads,
        cache_width=config.head_dim,
        step=weights.new_step(blocks, norm, head),
        size=weights.size,
    )
    weights.check_all_taken()
    return model


def _block(config: LlamaConfig, weights: Weights, rope: Rope, block: str) -> Block:
    width, query, key = config.width, config.heads * config.head_dim, config.kv_heads * config.head_dim
    joined = weights.has(f"{block}attn_qkv.weight")
    parts = [("attn_qkv", query + 2 * key)] if joined else [("attn_q", query), ("attn_k", key), ("attn_v", key)]

    def norm(stem: str, size: int) -> RMSNorm:
        return weights.norm(block + stem, size, config.norm_epsilon)

    normed = weights.has(f"{block}attn_q_norm.weight")
    return Block(
        attention_norm=norm("attn_norm", width),
        attention=SelfAttention(
            qkv=weights.linear(width, *((block + stem, size) for stem, size in parts)),
            output=weights.linear(query, (f"{block}attn_output", width)),
            heads=config.heads,
            kv_heads=config.kv_heads,
            head_dim=config.head_dim,
            rope=rope,
            query_norm=norm("attn_q_norm", config.head_dim) if normed else None,
            key_norm=norm("attn_k_norm", config.head_dim) if normed else None,
            scoring=Scoring(window=config.window),
        ),
        feed_forward_norm=norm("ffn_norm", width),
        feed_forward=_experts(config, weights, block) if config.experts else _dense(config, weights, block),
    )


def _dense(config: LlamaConfig, weights: Weights, block: str) -> TokenMap:
    width, size = config.width, config.feed_forward
    joined = not weights.has(f"{block}ffn_gate.weight")
    parts = [("ffn_up", 2 * size)] if joined else [("ffn_gate", size), ("ffn_up", size)]
    return FeedForward(
        weights.linear(width, *((block + stem, outputs) for stem, outputs in parts)),
        weights.linear(size, (f"{block}ffn_down", width)),
    )


def _experts(config: LlamaConfig, weights: Weights, block: str) -> TokenMap:
    width, size, count = config.width, config.feed_forward, config.experts
    gate_up = weights.experts(count, width, (f"{block}ffn_gate_exps", size), (f"{block}ffn_up_exps", size))
    down = weights.experts(count, size, (f"{block}ffn_down_exps", width))
    return MixtureOfExperts(
        router=Router(
            scores=weights.linear(width, (f"{block}ffn_gate_inp", count)),
            used=config.experts_used,
            normalise=config.experts_normalised,
        ),
        experts=[FeedForward(*maps) for maps in zip(gate_up, down, strict=True)],
    )
