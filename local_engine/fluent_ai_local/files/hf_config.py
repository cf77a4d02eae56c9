"""A Hugging Face `config.json` in the vocabulary of GGUF: what transformers calls `hidden_size` is `embedding_length`.

Keys beyond GGUF's own: `rope.scaling.type` may be `llama3`, with `low_freq_factor` and `high_freq_factor`, which GGUF
files hold as a tensor of factors instead; `position_offset` counts the positions that RoBERTa leaves unused at first,
which GGUF files do not hold.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from fluent_ai.errors import UnsupportedModel, WeightsCorrupt

from fluent_ai_local.files.model_file import Value

ARCHITECTURES: Final = {
    "bert": "bert",
    "clip": "clip",
    "deepseek_v3": "deepseek2",
    "gemma2": "gemma2",
    "gemma3_text": "gemma3",
    "kimi_k2": "deepseek2",
    "llama": "llama",
    "mistral": "llama",
    "mixtral": "llama",
    "phi3": "phi3",
    "qwen2": "qwen2",
    "qwen3": "qwen3",
    "qwen3_moe": "qwen3moe",
    "roberta": "bert",
    "xlm-roberta": "bert",
}
"""GGUF's name for each `model_type`."""

_KEYS: Final = {
    "attn_logit_softcapping": "attn_logit_softcapping",
    "final_logit_softcapping": "final_logit_softcapping",
    "first_k_dense_replace": "leading_dense_block_count",
    "head_dim": "attention.key_length",
    "hidden_size": "embedding_length",
    "intermediate_size": "feed_forward_length",
    "kv_lora_rank": "attention.kv_lora_rank",
    "layer_norm_eps": "attention.layer_norm_epsilon",
    "max_position_embeddings": "context_length",
    "moe_intermediate_size": "expert_feed_forward_length",
    "n_group": "expert_group_count",
    "n_routed_experts": "expert_count",
    "n_shared_experts": "expert_shared_count",
    "norm_topk_prob": "expert_weights_norm",
    "num_attention_heads": "attention.head_count",
    "num_experts": "expert_count",
    "num_experts_per_tok": "expert_used_count",
    "num_hidden_layers": "block_count",
    "num_key_value_heads": "attention.head_count_kv",
    "num_local_experts": "expert_count",
    "q_lora_rank": "attention.q_lora_rank",
    "qk_rope_head_dim": "rope.dimension_count",
    "rms_norm_eps": "attention.layer_norm_rms_epsilon",
    "rope_theta": "rope.freq_base",
    "routed_scaling_factor": "expert_weights_scale",
    "sliding_window": "attention.sliding_window",
    "topk_group": "expert_group_used_count",
    "type_vocab_size": "token_type_count",
    "v_head_dim": "attention.value_length",
    "vocab_size": "vocab_size",
}
_ACTIVATIONS: Final = {
    "bert": ("gelu",),
    "gemma2": ("gelu_pytorch_tanh",),
    "gemma3": ("gelu_pytorch_tanh",),
}
_CLIP_TOKENS: Final = 49408
"""Of a configuration that does not say, as those of transformers leave out what is the default."""
_SCALINGS: Final = {
    "factor": "factor",
    "original_max_position_embeddings": "original_context_length",
    "beta_fast": "yarn_beta_fast",
    "beta_slow": "yarn_beta_slow",
    "low_freq_factor": "low_freq_factor",
    "high_freq_factor": "high_freq_factor",
}


def to_metadata(config: Mapping[str, object], path: Path) -> dict[str, Value]:
    """GGUF's metadata for a config. Raises UnsupportedModel, which names what the engine cannot compute."""
    model_type = config.get("model_type")
    architecture = ARCHITECTURES.get(model_type) if isinstance(model_type, str) else None
    if architecture is None:
        raise UnsupportedModel(
            f"{path}: model_type = {model_type!r}; supported: {', '.join(sorted(ARCHITECTURES))}", provider="local"
        )
    if architecture == "clip":
        return _clip(config)
    _check(config, architecture, path)
    found: dict[str, Value] = {}
    for name, key in _KEYS.items():
        value = config.get(name)
        if isinstance(value, int | float):
            found[key] = value
    if model_type in ("roberta", "xlm-roberta"):
        offset = found["position_offset"] = 1 + _whole(config, "pad_token_id", path)
        found["context_length"] = _whole(config, "max_position_embeddings", path) - offset
    elif architecture == "deepseek2":
        found["attention.key_length"] = _whole(config, "qk_nope_head_dim", path) + _whole(
            config, "qk_rope_head_dim", path
        )
        found["expert_gating_func"] = 2  # sigmoid
    elif architecture in ("gemma2", "gemma3"):
        found["attention.scale"] = _number(config, "query_pre_attn_scalar", path) ** -0.5
    if architecture == "qwen2" and not config.get("use_sliding_window"):
        found.pop("attention.sliding_window", None)
    found |= _rope(config, architecture, path)
    return {"general.architecture": architecture} | {f"{architecture}.{key}": value for key, value in found.items()}


def _clip(config: Mapping[str, object]) -> dict[str, Value]:
    """What the engine asks of any file. Transformers builds the network, and reads the rest by itself."""
    texts = config.get("text_config")
    size = texts.get("vocab_size") if isinstance(texts, dict) else None
    return {
        "general.architecture": "clip",
        "clip.block_count": 0,  # none whose tensors have other names
        "clip.vocab_size": size if isinstance(size, int) else _CLIP_TOKENS,
    }


def _check(config: Mapping[str, object], architecture: str, path: Path) -> None:
    """Raises UnsupportedModel for settings that would change the computation in a way that is not implemented."""
    activation = config.get("hidden_act", config.get("hidden_activation"))
    if architecture.startswith("gemma"):
        activation = config.get("hidden_activation") or "gelu_pytorch_tanh"
    allowed = _ACTIVATIONS.get(architecture, ("silu",))
    if activation not in allowed:
        raise UnsupportedModel(f"{path}: hidden_act = {activation!r}; supported: {allowed[0]!r}", provider="local")
    for name, supported in (
        ("use_sliding_window", False),
        ("use_bidirectional_attention", False),
        ("partial_rotary_factor", 1.0),
        ("position_embedding_type", "absolute"),
        ("decoder_sparse_step", 1),
        ("mlp_only_layers", []),
    ):
        if config.get(name) not in (None, supported):
            raise UnsupportedModel(f"{path}: {name} = {config[name]!r}; supported: {supported!r}", provider="local")


def _rope(config: Mapping[str, object], architecture: str, path: Path) -> dict[str, Value]:
    rope = config.get("rope_parameters") or config.get("rope_scaling") or {}
    if not isinstance(rope, dict):
        raise WeightsCorrupt(f"{path}: rope_parameters is no object", provider="local")
    found: dict[str, Value] = {}
    if isinstance(full := rope.get("full_attention"), dict):  # one set for each kind of layer
        sliding = rope.get("sliding_attention")
        if isinstance(sliding, dict):
            found["rope.freq_base_swa"] = _number(sliding, "rope_theta", path)
        rope = full
    elif isinstance(local := config.get("rope_local_base_freq"), int | float):
        found["rope.freq_base_swa"] = float(local)
    if isinstance(base := rope.get("rope_theta"), int | float):
        found["rope.freq_base"] = float(base)
    kind = rope.get("rope_type", rope.get("type", "default"))
    if kind == "default":
        return found
    if kind not in ("linear", "llama3", "yarn") or rope.get("truncate") is False:
        raise UnsupportedModel(
            f"{path}: rope_type = {kind!r}; supported: 'default', 'linear', 'llama3', 'yarn'", provider="local"
        )
    found["rope.scaling.type"] = kind
    for name, key in _SCALINGS.items():
        if isinstance(value := rope.get(name), int | float):
            found[f"rope.scaling.{key}"] = value
    if kind == "yarn":
        found |= _yarn(rope, _number(rope, "factor", path), architecture, path)
    return found


def _yarn(rope: Mapping[str, object], factor: float, architecture: str, path: Path) -> dict[str, Value]:
    """Factors of YaRN as GGUF has them: relative to the customary 1 + 0.1 ln(factor)."""

    def number(name: str) -> float:
        value = rope.get(name)
        return float(value) if isinstance(value, int | float) else 0.0

    mscale, all_dims = number("mscale"), number("mscale_all_dim")
    if architecture == "deepseek2":
        if mscale != all_dims:
            raise UnsupportedModel(
                f"{path}: mscale = {mscale:g}, mscale_all_dim = {all_dims:g}; supported: the same", provider="local"
            )
        return {"rope.scaling.yarn_log_multiplier": 0.1 * all_dims}
    total = number("attention_factor")
    if not total and mscale and all_dims:
        total = (1 + 0.1 * mscale * math.log(factor)) / (1 + 0.1 * all_dims * math.log(factor))
    return {"rope.scaling.attn_factor": total / (1 + 0.1 * math.log(factor))} if total else {}


def _number(config: Mapping[str, object], name: str, path: Path) -> float:
    value = config.get(name)
    if isinstance(value, int | float) and value > 0:
        return float(value)
    raise WeightsCorrupt(f"{path}: {name} = {value!r}; expected a number above 0", provider="local")


def _whole(config: Mapping[str, object], name: str, path: Path) -> int:
    return int(_number(config, name, path))
