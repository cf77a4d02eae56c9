"""Names of tensors: what diffusers calls them, found in single files as Stability AI publishes them, and in GGUF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import torch
from torch import Tensor

from fluent_ai_local.modules.filling import Readers

TRANSFORMER: Final = "model.diffusion_model."
PREFIXES: Final = {
    "transformer": TRANSFORMER,
    "vae": "first_stage_model.",
    "text_encoder": "text_encoders.clip_l.transformer.",
    "text_encoder_2": "text_encoders.clip_g.transformer.",
    "text_encoder_3": "text_encoders.t5xxl.transformer.",
}
"""What the names of a component's tensors begin with in a single file. Those of text encoders go on as transformers
has them.
"""
PROJECTION: Final = "text_projection.weight"
"""Single files leave out that of CLIP-L, which then is the identity."""


class Original(NamedTuple):
    """Where a tensor is: under a name, as one of three parts (q, k, v), with its halves swapped, or as it is."""

    name: str
    part: int | None = None
    swapped: bool = False


_TRANSFORMER: Final = (
    (r"pos_embed\.pos_embed", "pos_embed"),
    (r"pos_embed\.proj\.", "x_embedder.proj."),
    (r"time_text_embed\.timestep_embedder\.linear_1\.", "t_embedder.mlp.0."),
    (r"time_text_embed\.timestep_embedder\.linear_2\.", "t_embedder.mlp.2."),
    (r"time_text_embed\.text_embedder\.linear_1\.", "y_embedder.mlp.0."),
    (r"time_text_embed\.text_embedder\.linear_2\.", "y_embedder.mlp.2."),
    (r"context_embedder\.", "context_embedder."),
    (r"proj_out\.", "final_layer.linear."),
    (r"norm_out\.linear\.", "final_layer.adaLN_modulation.1."),
)
_BLOCK: Final = (
    (r"(attn2?)\.to_[qkv]\.", r"x_block.\1.qkv."),
    (r"attn\.add_[qkv]_proj\.", "context_block.attn.qkv."),
    (r"(attn2?)\.norm_([qk])\.", r"x_block.\1.ln_\2."),
    (r"attn\.norm_added_([qk])\.", r"context_block.attn.ln_\1."),
    (r"(attn2?)\.to_out\.0\.", r"x_block.\1.proj."),
    (r"attn\.to_add_out\.", "context_block.attn.proj."),
    (r"norm1\.linear\.", "x_block.adaLN_modulation.1."),
    (r"norm1_context\.linear\.", "context_block.adaLN_modulation.1."),
    (r"ff\.net\.0\.proj\.", "x_block.mlp.fc1."),
    (r"ff\.net\.2\.", "x_block.mlp.fc2."),
    (r"ff_context\.net\.0\.proj\.", "context_block.mlp.fc1."),
    (r"ff_context\.net\.2\.", "context_block.mlp.fc2."),
)
_PARTS: Final = re.compile(r"attn2?\.(?:to|add)_([qkv])(?:_proj)?\.")
_VAE: Final = (
    (r"^(encoder\.)down_blocks\.(\d+)\.resnets\.", r"\1down.\2.block."),
    (r"^(encoder\.)down_blocks\.(\d+)\.downsamplers\.0\.", r"\1down.\2.downsample."),
    (r"\.mid_block\.resnets\.0\.", ".mid.block_1."),
    (r"\.mid_block\.resnets\.1\.", ".mid.block_2."),
    (r"\.mid_block\.attentions\.0\.group_norm\.", ".mid.attn_1.norm."),
    (r"\.mid_block\.attentions\.0\.to_([qkv])\.", r".mid.attn_1.\1."),
    (r"\.mid_block\.attentions\.0\.to_out\.0\.", ".mid.attn_1.proj_out."),
    (r"\.conv_norm_out\.", ".norm_out."),
    (r"\.conv_shortcut\.", ".nin_shortcut."),
)
_T5: Final = (
    (r"shared\.", "token_embd."),
    (r"encoder\.final_layer_norm\.", "enc.output_norm."),
    (r"encoder\.block\.(\d+)\.layer\.0\.SelfAttention\.([qkvo])\.", r"enc.blk.\1.attn_\2."),
    (r"encoder\.block\.(\d+)\.layer\.0\.SelfAttention\.relative_attention_bias\.", r"enc.blk.\1.attn_rel_b."),
    (r"encoder\.block\.(\d+)\.layer\.0\.layer_norm\.", r"enc.blk.\1.attn_norm."),
    (r"encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wi_0\.", r"enc.blk.\1.ffn_gate."),
    (r"encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wi_1\.", r"enc.blk.\1.ffn_up."),
    (r"encoder\.block\.(\d+)\.layer\.1\.DenseReluDense\.wo\.", r"enc.blk.\1.ffn_down."),
    (r"encoder\.block\.(\d+)\.layer\.1\.layer_norm\.", r"enc.blk.\1.ffn_norm."),
)


def transformer_original(name: str, layers: int) -> Original:
    """Where a tensor of SD3Transformer2DModel is; the last of its layers keeps one modulation the other way round."""
    block = re.match(r"transformer_blocks\.(\d+)\.(.+)", name)
    if block is None:
        return Original(_replaced(name, _TRANSFORMER), swapped=name.startswith("norm_out."))
    number, rest = int(block[1]), block[2]
    part = _PARTS.match(rest)
    return Original(
        f"joint_blocks.{number}.{_replaced(rest, _BLOCK)}",
        None if part is None else "qkv".index(part[1]),
        swapped=number == layers - 1 and rest.startswith("norm1_context."),
    )


def vae_original(name: str, blocks: int) -> Original:
    """Where a tensor of AutoencoderKL is; single files count the blocks of the decoder from its end."""

    def counted(found: re.Match[str]) -> str:
        place = {"resnets": "block", "upsamplers.0": "upsample"}[found[2]]
        return f"decoder.up.{blocks - 1 - int(found[1])}.{place}."

    name = re.sub(r"^decoder\.up_blocks\.(\d+)\.(resnets|upsamplers\.0)\.", counted, name)
    return Original(_replaced_all(name, _VAE))


def t5_original(name: str) -> Original:
    """Where a tensor of T5EncoderModel is in a GGUF file, as llama.cpp names them."""
    return Original(_replaced(name, _T5))


def as_diffusers(
    tensors: Readers, wanted: Iterable[str], find: Callable[[str], Original], prefix: str
) -> dict[str, Callable[[], Tensor]]:
    """The tensors of one component by the names that diffusers `wanted`. What it has no name for keeps its own, so that
    it shows as surplus.
    """
    found: dict[str, Callable[[], Tensor]] = {}
    used: set[str] = set()
    for name in wanted:
        original = find(name)
        if (place := prefix + original.name) in tensors:
            found[name] = _reader(tensors[place], original)
            used.add(place)
    left = (name for name in tensors if name.startswith(prefix) and name not in used)
    return found | {name: tensors[name] for name in left}


def transformer_config(tensors: Readers, prefix: str = TRANSFORMER) -> tuple[int, int, str | None]:
    """Layers, layers with a second attention, and the norm of queries and keys, as the names show them."""
    layers: set[int] = set()
    dual: set[int] = set()
    norm = None
    for name in tensors:
        found = re.match(rf"{re.escape(prefix)}joint_blocks\.(\d+)\.x_block\.(attn2?)\.(\w+)", name)
        if found is not None:
            layers.add(int(found[1]))
            if found[2] == "attn2":
                dual.add(int(found[1]))
            if found[3] == "ln_q":
                norm = "rms_norm"
    return len(layers), len(dual), norm


def _reader(read: Callable[[], Tensor], original: Original) -> Callable[[], Tensor]:
    def tensor() -> Tensor:
        whole = read()
        if original.part is not None:
            return whole.chunk(3)[original.part]
        if original.swapped:
            return torch.cat(whole.chunk(2)[::-1])
        # A convolution of one pixel is a linear layer.
        attention = ".attn_1." in original.name and whole.dim() == 4
        return whole[:, :, 0, 0] if attention else whole

    return tensor


def _replaced(name: str, table: Iterable[tuple[str, str]]) -> str:
    """By the first row that matches the beginning."""
    for pattern, replacement in table:
        if re.match(pattern, name):
            return re.sub(f"^{pattern}", replacement, name)
    return name


def _replaced_all(name: str, table: Iterable[tuple[str, str]]) -> str:
    for pattern, replacement in table:
        name = re.sub(pattern, replacement, name)
    return name
