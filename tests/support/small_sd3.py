"""A whole Stable Diffusion 3 with random weights, small enough for tests, as diffusers writes it into a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeVar

import torch
from diffusers import AutoencoderKL, FlowMatchEulerDiscreteScheduler, SD3Transformer2DModel
from fluent_ai_local.images.loaded import ImageModels
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.parts import Loading, Part
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import CLIPTextConfig, CLIPTextModelWithProjection, T5Config, T5EncoderModel

F = TypeVar("F")
WIDTH = 32
"""Of a text encoder; the context is twice as wide."""
SHAPES = {
    "medium": {"num_layers": 2, "num_attention_heads": 2},
    "3.5-medium": {"num_layers": 3, "num_attention_heads": 4, "qk_norm": "rms_norm", "dual_attention_layers": (0,)},
    "3.5-large": {"num_layers": 4, "num_attention_heads": 3, "qk_norm": "rms_norm"},
}


def sd3_modules(shape: str = "medium", *, seed: int = 0) -> dict[str, torch.nn.Module]:
    """By the names of their folders. Pictures are 32x32 pixels, 16x16 latents of 4 channels."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        facts = {"attention_head_dim": 16, **SHAPES[shape]}
        transformer = SD3Transformer2DModel(
            sample_size=16, patch_size=2, in_channels=4, out_channels=4, joint_attention_dim=2 * WIDTH,
            pooled_projection_dim=2 * WIDTH, caption_projection_dim=16 * facts["num_attention_heads"],
            pos_embed_max_size=24, **facts,
        )  # fmt: skip
        for name, weights in transformer.named_parameters():
            # diffusers begins with zeros in some layers, which would hide what they do
            if weights.dim() > 1 or "bias" in name:
                weights.data = 0.1 * torch.randn_like(weights)
        vae = AutoencoderKL(
            in_channels=3, out_channels=3, down_block_types=("DownEncoderBlock2D",) * 2,
            up_block_types=("UpDecoderBlock2D",) * 2, block_out_channels=(8, 16), layers_per_block=1,
            latent_channels=4, norm_num_groups=4, sample_size=32, scaling_factor=1.5305, shift_factor=0.0609,
            use_quant_conv=False, use_post_quant_conv=False,
        )  # fmt: skip
        clips = [
            CLIPTextModelWithProjection(
                CLIPTextConfig(
                    vocab_size=514, hidden_size=WIDTH, intermediate_size=37, num_hidden_layers=3, num_attention_heads=4,
                    projection_dim=WIDTH, hidden_act=activation, bos_token_id=512, eos_token_id=513,
                )
            )
            for activation in ("quick_gelu", "gelu")
        ]  # fmt: skip
        config = T5Config(
            vocab_size=260, d_model=2 * WIDTH, d_kv=8, d_ff=37, num_layers=2, num_heads=4,
            feed_forward_proj="gated-gelu",
        )  # fmt: skip
        parts = {"transformer": transformer, "vae": vae, "text_encoder": clips[0], "text_encoder_2": clips[1]}
        return {**parts, "text_encoder_3": T5EncoderModel(config)}


def opened(path: Path) -> StableDiffusion3:
    """The model of a folder or file, without weights."""
    return ImageModels("cpu").get(str(path), lambda item: None)


def state(model: StableDiffusion3, part: str = "transformer") -> dict[str, torch.Tensor]:
    """The weights of one component."""
    found: dict[str, torch.Tensor] = loaded(getattr(model, part)).module.state_dict()
    return found


def loaded(part: Part[F]) -> F:
    """The component with its weights, which stay in memory."""
    with part.used("kept", lambda item: None, Loading(part.weight)) as view:
        return view


def write_sd3(folder: Path, shape: str = "medium", *, seed: int = 0, t5: bool = True) -> Path:
    """A folder of `sd3_modules` and their tokenizers."""
    for name, module in sd3_modules(shape, seed=seed).items():
        if t5 or name != "text_encoder_3":
            module.save_pretrained(folder / name)
    write_tokenizers(folder, t5=t5)
    FlowMatchEulerDiscreteScheduler(shift=3.0).save_pretrained(folder / "scheduler")
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusion3Pipeline"}))
    return folder


def write_tokenizers(folder: Path, *, t5: bool = True) -> None:
    for name, pad in (("tokenizer", "<|endoftext|>"), ("tokenizer_2", "!")):
        _clip_tokenizer(folder / name, pad)
    if t5:
        _t5_tokenizer(folder / "tokenizer_3")


def _byte_characters() -> list[str]:
    """GPT-2's character of each byte."""
    return [character for _, character in sorted(_alphabet().items())]


def _alphabet() -> dict[int, str]:
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {byte: chr(byte) for byte in printable} | {byte: chr(256 + n) for n, byte in enumerate(others)}


def _clip_tokenizer(folder: Path, pad: str) -> None:
    folder.mkdir(parents=True)
    characters = _byte_characters()
    tokens = [*characters, *(f"{each}</w>" for each in characters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({token: number for number, token in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    facts = {
        "tokenizer_class": "CLIPTokenizer",
        "model_max_length": 77,
        "bos_token": "<|startoftext|>",
        "eos_token": "<|endoftext|>",
        "unk_token": "<|endoftext|>",
        "pad_token": pad,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(facts))


def _t5_tokenizer(folder: Path) -> None:
    folder.mkdir(parents=True)
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    pieces += [(chr(code), -3.0) for code in range(33, 127)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=2))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    tokenizer.save(str(folder / "tokenizer.json"))
    facts = {"tokenizer_class": "T5TokenizerFast", "model_max_length": 512, "eos_token": "</s>", "unk_token": "<unk>",
             "pad_token": "<pad>", "extra_ids": 0}  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(facts))
