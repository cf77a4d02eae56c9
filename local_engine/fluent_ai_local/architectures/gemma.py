"""Gemma 2 and 3 (https://arxiv.org/abs/2408.00118, https://arxiv.org/abs/2503.19786): norms before and after each part,
scaled embeddings, and layers that slide a window beside those that see everything.

Files hold norms with the 1 that the model adds to them. GGUF does not hold the pattern of the layers, nor the base of
the rotation of those that slide, which are the same for all models of a generation.
"""

from __future__ import annotations

import math
from typing import Final

from fluent_ai_local.architectures.decoder import Decoder, embedding_and_head
from fluent_ai_local.architectures.hyperparameters import Hyperparameters
from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.layers.attention import Scoring
from fluent_ai_local.layers.block import Block
from fluent_ai_local.layers.feed_forward import FeedForward, gelu_tanh
from fluent_ai_local.layers.norm import RMSNorm
from fluent_ai_local.layers.rope import Rope, frequencies
from fluent_ai_local.layers.self_attention import SelfAttention
from fluent_ai_local.layers.weights import Weights

_PERIOD: Final = {"gemma2": 2, "gemma3": 6}
"""Of so many layers, the last one sees everything."""
_LOCAL_BASE: Final = 10000.0
_WIDE_HEADS: Final = {"gemma2": 46, "gemma3": 62}
"""Layers of the 27B models, whose scores are scaled by width / heads in the place of the width of a head."""


def load(file: ModelFile, weights: Weights) -> Decoder:
    """The model in `file`. Raises WeightsCorrupt or UnsupportedModel."""
    found = Hyperparameters(file)
    width, heads, head_dim = found.width, found.heads, found.head_dim()
    epsilon = found.number("attention.layer_norm_rms_epsilon")
    norm = weights.norm("output_norm", width, epsilon)
    everywhere = found.rope(head_dim, halves=True, device=norm.weight.device)
    nearby = everywhere
    if file.architecture == "gemma3":
        base = found.number("rope.freq_base_swa", _LOCAL_BASE)
        nearby = Rope(frequencies(head_dim, base, device=norm.weight.device), halves=True)
    wide = found.layers == _WIDE_HEADS[file.architecture]
    scale = found.number("attention.scale", (width / heads if wide else head_dim) ** -0.5)
    window = found.whole("attention.sliding_window")
    soft_cap = found.optional_number("attn_logit_softcapping")
    period = _PERIOD[file.architecture]
    kv_heads, size = found.kv_heads(), found.whole("feed_forward_length")

    def block(number: int) -> Block:
        stem = f"blk.{number}."
        slides = number % period != period - 1

        def named(name: str, values: int = width) -> RMSNorm:
            return weights.norm(stem + name, values, epsilon)

        normed = weights.has(f"{stem}attn_q_norm.weight")
        return Block(
            attention_norm=named("attn_norm"),
            attention=SelfAttention(
                qkv=weights.linear(
                    width,
                    (f"{stem}attn_q", heads * head_dim),
                    (f"{stem}attn_k", kv_heads * head_dim),
                    (f"{stem}attn_v", kv_heads * head_dim),
                ),
                output=weights.linear(heads * head_dim, (f"{stem}attn_output", width)),
                heads=heads,
                kv_heads=kv_heads,
                head_dim=head_dim,
                rope=nearby if slides else everywhere,
                query_norm=named("attn_q_norm", head_dim) if normed else None,
                key_norm=named("attn_k_norm", head_dim) if normed else None,
                scoring=Scoring(scale=scale, window=window if slides else None, soft_cap=soft_cap),
            ),
            after_attention=named("post_attention_norm"),
            feed_forward_norm=named("ffn_norm"),
            feed_forward=FeedForward(
                weights.linear(width, (f"{stem}ffn_gate", size), (f"{stem}ffn_up", size)),
                weights.linear(size, (f"{stem}ffn_down", width)),
                gelu_tanh,
            ),
            after_feed_forward=named("post_ffw_norm"),
        )

    blocks = [block(number) for number in range(found.layers)]
    embedding, head = embedding_and_head(weights, width, found.vocabulary)
    model = Decoder(
        blocks,
        embedding=embedding,
        norm=norm,
        head=head,
        context_length=found.context_length,
        cache_heads=kv_heads,
        cache_width=head_dim,
        scale=math.sqrt(width),
        soft_cap=found.optional_number("final_logit_softcapping"),
        step=weights.new_step(blocks, norm, head),
        size=weights.size,
    )
    weights.check_all_taken()
    return model
