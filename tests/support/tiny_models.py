"""Random models of transformers, a few thousand weights each, as the files that our readers take."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import gguf
import numpy as np
import torch
import transformers
from safetensors.torch import load_file

COMMON = {
    "vocab_size": 96,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "max_position_embeddings": 128,
    "bos_token_id": 1,
    "eos_token_id": 2,
    "pad_token_id": 0,
}
LATENT = {
    "num_key_value_heads": 4,
    "num_hidden_layers": 3,
    "first_k_dense_replace": 1,
    "n_routed_experts": 8,
    "num_experts_per_tok": 3,
    "n_shared_experts": 2,
    "moe_intermediate_size": 32,
    "n_group": 4,
    "topk_group": 2,
    "routed_scaling_factor": 2.5,
    "kv_lora_rank": 16,
    "q_lora_rank": 24,
    "qk_nope_head_dim": 8,
    "qk_rope_head_dim": 4,
    "v_head_dim": 6,
}
YARN = {"rope_type": "yarn", "rope_theta": 10000.0, "factor": 4.0, "original_max_position_embeddings": 16}
LLAMA3 = {
    "rope_type": "llama3", "rope_theta": 10000.0, "factor": 8.0, "original_max_position_embeddings": 16,
    "low_freq_factor": 1.0, "high_freq_factor": 4.0,
}  # fmt: skip
MODELS: dict[str, tuple[str, dict[str, object]]] = {
    "llama": ("Llama", {}),
    "llama-tied": ("Llama", {"tie_word_embeddings": True}),
    "llama-bias": ("Llama", {"attention_bias": True, "mlp_bias": True}),
    "llama-wide-heads": ("Llama", {"head_dim": 16}),
    "llama-linear": ("Llama", {"rope_parameters": {"rope_type": "linear", "rope_theta": 10000.0, "factor": 2.0}}),
    "llama-llama3": ("Llama", {"rope_parameters": LLAMA3}),
    "llama-yarn": ("Llama", {"rope_parameters": YARN}),
    "mistral": ("Mistral", {"sliding_window": 6}),
    "mixtral": ("Mixtral", {"num_local_experts": 4, "num_experts_per_tok": 2, "sliding_window": None}),
    "qwen2": ("Qwen2", {}),
    "qwen3": ("Qwen3", {"head_dim": 16}),
    "qwen3-moe": (
        "Qwen3Moe", {"head_dim": 16, "num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 32,
                     "norm_topk_prob": True},
    ),
    "phi3": ("Phi3", {}),
    "gemma2": ("Gemma2", {"head_dim": 8, "sliding_window": 6, "query_pre_attn_scalar": 8, "num_hidden_layers": 3}),
    "gemma3": ("Gemma3", {"head_dim": 8, "sliding_window": 6, "query_pre_attn_scalar": 8, "num_hidden_layers": 7}),
    "gemma3-linear": (
        "Gemma3",
        {
            "head_dim": 8, "sliding_window": 6, "query_pre_attn_scalar": 8, "num_hidden_layers": 7,
            "rope_parameters": {
                "full_attention": {"rope_type": "linear", "rope_theta": 1000000.0, "factor": 8.0},
                "sliding_attention": {"rope_type": "default", "rope_theta": 10000.0},
            },
        },
    ),
    "deepseek": ("DeepseekV3", LATENT),
    "deepseek-whole-queries": ("DeepseekV3", {**LATENT, "q_lora_rank": None, "n_group": 1, "topk_group": 1}),
    "deepseek-yarn": ("DeepseekV3", {**LATENT, "rope_parameters": {**YARN, "mscale": 1.0, "mscale_all_dim": 1.0}}),
}  # fmt: skip
"""Class in transformers, and what its configuration has beyond the common."""


def build(name: str, seed: int = 0) -> transformers.PreTrainedModel:
    """The model with random weights, among them norms and biases."""
    kind, settings = MODELS[name]
    config_class = getattr(transformers, f"{kind}{'Text' if kind == 'Gemma3' else ''}Config")
    config = config_class(**{**COMMON, **settings})
    config._attn_implementation = "eager"
    model = getattr(transformers, f"{kind}ForCausalLM")(config).eval()
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for key, values in [*model.named_parameters(), *model.named_buffers()]:
            if "inv_freq" in key or "embed_scale" in key:
                continue
            values.normal_(0, 0.3, generator=generator)
            if key.endswith("norm.weight") and "gemma" not in model.config.model_type:
                values.add_(1)
    return model


def write_folder(model: transformers.PreTrainedModel, folder: Path, **how: object) -> Path:
    """As `save_pretrained` leaves it."""
    model.save_pretrained(folder, **how)
    return folder


def write_gguf(model: transformers.PreTrainedModel, path: Path, *, split_latent: bool = False) -> Path:
    """As llama.cpp's converter writes it, by the names of the gguf library."""
    config = model.config
    architecture = {
        "gemma3_text": "gemma3",
        "mistral": "llama",
        "mixtral": "llama",
        "deepseek_v3": "deepseek2",
        "qwen3_moe": "qwen3moe",
    }.get(config.model_type, config.model_type)
    writer = gguf.GGUFWriter(path, architecture)
    _write_keys(writer, config, architecture, split_latent)
    number = next(n for n, each in gguf.MODEL_ARCH_NAMES.items() if each == architecture)
    names = gguf.get_tensor_name_map(number, config.num_hidden_layers)
    for key, values in _state(model).items():
        if config.tie_word_embeddings and key == "lm_head.weight":
            continue
        name = names.get_name(key, try_suffixes=(".weight", ".bias"))
        if name is None and key.endswith("e_score_correction_bias"):
            layer = key.split(".")[2]
            name = f"blk.{layer}.exp_probs_b.bias"
        assert name is not None, key
        values = values.float().numpy()
        if architecture == "llama" and ("q_proj" in key or "k_proj" in key):
            heads = config.num_attention_heads if "q_proj" in key else config.num_key_value_heads
            values = values.reshape(heads, 2, -1, *values.shape[1:]).swapaxes(1, 2).reshape(values.shape)
        if architecture.startswith("gemma") and key.endswith("norm.weight"):
            values = values + 1
        if split_latent and "kv_b_proj" in key:
            per_head = values.reshape(config.num_attention_heads, -1, config.kv_lora_rank)
            up, out = np.split(per_head, [config.qk_nope_head_dim], 1)
            writer.add_tensor(name.replace("kv_b", "k_b"), np.ascontiguousarray(up.swapaxes(1, 2)))
            writer.add_tensor(name.replace("kv_b", "v_b"), np.ascontiguousarray(out))
            continue
        writer.add_tensor(name, np.ascontiguousarray(values))
    rope = config.rope_parameters or {}
    if rope.get("rope_type") == "llama3":
        writer.add_tensor("rope_freqs.weight", _llama3_factors(config, rope))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _state(model: transformers.PreTrainedModel) -> dict[str, torch.Tensor]:
    """Tensors by the names that transformers publishes them under; the experts of a layer stacked, as GGUF has them."""
    with TemporaryDirectory() as folder:
        model.save_pretrained(folder)
        state = load_file(Path(folder) / "model.safetensors")
    stacks: dict[str, dict[int, torch.Tensor]] = {}
    for key in [key for key in state if ".experts." in key]:
        before, _, after = key.partition(".experts.")
        number, _, rest = after.partition(".")
        stacks.setdefault(f"{before}.experts.{rest}", {})[int(number)] = state.pop(key)
    return state | {key: torch.stack([parts[n] for n in range(len(parts))]) for key, parts in stacks.items()}


def _llama3_factors(config: transformers.PretrainedConfig, rope: dict[str, float]) -> np.ndarray:
    """As llama.cpp's converter computes them."""
    dim = config.hidden_size // config.num_attention_heads
    frequencies = 1.0 / rope["rope_theta"] ** (np.arange(0, dim, 2, dtype=np.float32) / dim)
    low = rope["original_max_position_embeddings"] / rope["low_freq_factor"]
    high = rope["original_max_position_embeddings"] / rope["high_freq_factor"]
    factors = []
    for frequency in frequencies:
        wave = 2 * np.pi / frequency
        if wave < high:
            factors.append(1.0)
        elif wave > low:
            factors.append(rope["factor"])
        else:
            smooth = (rope["original_max_position_embeddings"] / wave - rope["low_freq_factor"]) / (
                rope["high_freq_factor"] - rope["low_freq_factor"]
            )
            factors.append(1 / ((1 - smooth) / rope["factor"] + smooth))
    return np.array(factors, np.float32)


def _write_keys(
    writer: gguf.GGUFWriter, config: transformers.PretrainedConfig, architecture: str, split_latent: bool
) -> None:
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_vocab_size(config.vocab_size)
    rope = config.rope_parameters or {}
    rope = rope.get("full_attention", rope)
    writer.add_rope_freq_base(rope["rope_theta"])
    if rope["rope_type"] in ("linear", "yarn"):
        writer.add_rope_scaling_type(gguf.RopeScalingType(rope["rope_type"]))
        writer.add_rope_scaling_factor(rope["factor"])
    if rope["rope_type"] == "yarn":
        writer.add_rope_scaling_orig_ctx_len(rope["original_max_position_embeddings"])
    if architecture == "deepseek2":
        _write_latent_keys(writer, config, rope, split_latent)
    else:
        writer.add_head_count_kv(config.num_key_value_heads)
        head_dim = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        writer.add_key_length(head_dim)
        writer.add_value_length(head_dim)
        if getattr(config, "sliding_window", None):
            writer.add_sliding_window(config.sliding_window)
    if architecture == "gemma2":
        writer.add_attn_logit_softcapping(config.attn_logit_softcapping)
        writer.add_final_logit_softcapping(config.final_logit_softcapping)
    if config.model_type == "qwen3_moe":
        writer.add_expert_feed_forward_length(config.moe_intermediate_size)
    if config.model_type in ("mixtral", "qwen3_moe"):
        writer.add_expert_count(config.num_local_experts)
        writer.add_expert_used_count(config.num_experts_per_tok)


def _write_latent_keys(
    writer: gguf.GGUFWriter, config: transformers.PretrainedConfig, rope: dict[str, float], split: bool
) -> None:
    key = config.qk_nope_head_dim + config.qk_rope_head_dim
    writer.add_head_count_kv(1 if split else config.num_key_value_heads)
    writer.add_key_length(config.kv_lora_rank + config.qk_rope_head_dim if split else key)
    writer.add_value_length(config.kv_lora_rank if split else config.v_head_dim)
    if split:
        writer.add_key_length_mla(key)
        writer.add_value_length_mla(config.v_head_dim)
    writer.add_kv_lora_rank(config.kv_lora_rank)
    if config.q_lora_rank:
        writer.add_q_lora_rank(config.q_lora_rank)
    writer.add_rope_dimension_count(config.qk_rope_head_dim)
    writer.add_leading_dense_block_count(config.first_k_dense_replace)
    writer.add_expert_count(config.n_routed_experts)
    writer.add_expert_used_count(config.num_experts_per_tok)
    writer.add_expert_shared_count(config.n_shared_experts)
    writer.add_expert_feed_forward_length(config.moe_intermediate_size)
    writer.add_expert_weights_scale(config.routed_scaling_factor)
    writer.add_expert_weights_norm(config.norm_topk_prob)
    writer.add_expert_gating_func(gguf.ExpertGatingFuncType.SIGMOID)
    writer.add_expert_group_count(config.n_group)
    writer.add_expert_group_used_count(config.topk_group)
    if rope["rope_type"] == "yarn":
        writer.add_rope_scaling_yarn_log_mul(0.1 * rope["mscale_all_dim"])
