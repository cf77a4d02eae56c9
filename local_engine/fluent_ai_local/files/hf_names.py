"""Names that transformers gives to tensors, and those that they have in a GGUF file."""

from __future__ import annotations

import re
from typing import Final

import msgspec

_LAYER: Final = re.compile(r"(?:model\.layers|encoder\.layer)\.(\d+)\.(.+)")
_EXPERT: Final = re.compile(r"(?:block_sparse_moe|mlp)\.experts\.(\d+)\.(\w+)")
_EXPERTS: Final = {
    "gate_proj": "ffn_gate_exps", "w1": "ffn_gate_exps",
    "up_proj": "ffn_up_exps", "w3": "ffn_up_exps",
    "down_proj": "ffn_down_exps", "w2": "ffn_down_exps",
}  # fmt: skip
_WHOLE: Final = {
    "model.embed_tokens": "token_embd",
    "model.norm": "output_norm",
    "lm_head": "output",
    "embeddings.word_embeddings": "token_embd",
    "embeddings.position_embeddings": "position_embd",
    "embeddings.token_type_embeddings": "token_types",
    "embeddings.LayerNorm": "token_embd_norm",
    "pooler.dense": "cls",
    "classifier": "cls.output",
    "classifier.dense": "cls",
    "classifier.out_proj": "cls.output",
}
_STEMS: Final = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.qkv_proj": "attn_qkv",
    "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "self_attn.q_a_proj": "attn_q_a",
    "self_attn.q_a_layernorm": "attn_q_a_norm",
    "self_attn.q_b_proj": "attn_q_b",
    "self_attn.kv_a_proj_with_mqa": "attn_kv_a_mqa",
    "self_attn.kv_a_layernorm": "attn_kv_a_norm",
    "self_attn.kv_b_proj": "attn_kv_b",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.gate_up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "mlp.gate": "ffn_gate_inp",
    "block_sparse_moe.gate": "ffn_gate_inp",
    "mlp.shared_experts.gate_proj": "ffn_gate_shexp",
    "mlp.shared_experts.up_proj": "ffn_up_shexp",
    "mlp.shared_experts.down_proj": "ffn_down_shexp",
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
_GEMMA: Final = {
    "post_attention_layernorm": "post_attention_norm",
    "pre_feedforward_layernorm": "ffn_norm",
    "post_feedforward_layernorm": "post_ffw_norm",
}
_UNUSED: Final = ("rotary_emb.inv_freq", "embeddings.position_ids")
"""Ends of names of what is computed instead."""
_POOLER: Final = ("pooler.dense.weight", "pooler.dense.bias")
"""Ends of names of what only a classifier needs; in other models it belongs to training."""


class GGUFName(msgspec.Struct, frozen=True):
    """A tensor's name in a GGUF file, and which of its slices it is where it holds those of all experts."""

    name: str
    part: int = 0


def to_gguf(name: str, architecture: str, layers: int, *, classifies: bool = False) -> GGUFName | None:
    """GGUF's name; the name itself where there is none; None for a tensor that is not needed.

    `classifies` says that the model has a classifier. Layers from number `layers` on predict further tokens while a
    model is trained.
    """
    if name.endswith(_UNUSED) or (name.endswith(_POOLER) and not classifies):
        return None
    stem, _, suffix = name.removeprefix("bert.").removeprefix("roberta.").rpartition(".")
    layer = _LAYER.fullmatch(stem)
    if layer is None:
        return GGUFName(f"{_WHOLE[stem]}.{suffix}") if stem in _WHOLE else GGUFName(name)
    number, inner = layer.groups()
    if int(number) >= layers:
        return None
    expert = _EXPERT.fullmatch(inner)
    if expert is not None and expert[2] in _EXPERTS:
        return GGUFName(f"blk.{number}.{_EXPERTS[expert[2]]}.{suffix}", int(expert[1]))
    if suffix == "e_score_correction_bias":
        return GGUFName(f"blk.{number}.exp_probs_b.bias")
    stems = _STEMS | _GEMMA if architecture.startswith("gemma") else _STEMS
    return GGUFName(f"blk.{number}.{stems[inner]}.{suffix}") if inner in stems else GGUFName(name)
