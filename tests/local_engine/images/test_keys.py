"""Single files as Stability AI publishes them: their names against diffusers' converters, also at full size."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import gguf
import pytest
import torch
from diffusers.loaders import single_file_utils as theirs
from fluent_ai_local.images import keys, loading
from fluent_ai_local.images.config import VARIANTS
from fluent_ai_local.images.modules import build
from fluent_ai_local.modules.filling import check_names
from sd3_files import originals, with_text_encoders
from small_sd3 import SHAPES, sd3_modules

FULL = [row for row in VARIANTS.values() if row.repository]
VAE_CONFIG = {
    "in_channels": 3,
    "out_channels": 3,
    "down_block_types": ["DownEncoderBlock2D"] * 4,
    "up_block_types": ["UpDecoderBlock2D"] * 4,
    "block_out_channels": [128, 256, 512, 512],
    "layers_per_block": 2,
    "latent_channels": 16,
    "norm_num_groups": 32,
    "use_quant_conv": False,
    "use_post_quant_conv": False,
}
_CLIP = {"architectures": ["CLIPTextModelWithProjection"], "vocab_size": 49408}
ENCODERS = {
    "text_encoder": _CLIP | {"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12,
                             "num_attention_heads": 12, "projection_dim": 768, "hidden_act": "quick_gelu"},
    "text_encoder_2": _CLIP | {"hidden_size": 1280, "intermediate_size": 5120, "num_hidden_layers": 32,
                               "num_attention_heads": 20, "projection_dim": 1280, "hidden_act": "gelu"},
    "text_encoder_3": {"vocab_size": 32128, "d_model": 4096, "d_kv": 64, "d_ff": 10240, "num_layers": 24,
                       "num_heads": 64, "feed_forward_proj": "gated-gelu"},
}  # fmt: skip
"""CLIP-L, CLIP-G and T5-XXL."""


@pytest.mark.parametrize("row", FULL, ids=lambda row: row.id)
def test_transformers_of_full_size_without_their_weights(row):
    """On the meta device: every name and shape, through diffusers' converter and through ours."""
    state = build("transformer", row.transformer_config).state_dict()
    find = partial(keys.transformer_original, layers=row.layers)
    file = originals(state, find, keys.TRANSFORMER)
    assert not any(name.startswith("model.diffusion_model.transformer_blocks") for name in file)
    assert keys.transformer_config(file) == (row.layers, row.dual_attention, row.qk_norm)
    converted = theirs.convert_sd3_transformer_checkpoint_to_diffusers(dict(file))
    ours = keys.as_diffusers({name: lambda t=t: t for name, t in file.items()}, state, find, keys.TRANSFORMER)
    assert {name: read().shape for name, read in ours.items()} == {name: t.shape for name, t in state.items()}
    assert {name: t.shape for name, t in converted.items()} == {name: t.shape for name, t in state.items()}


@pytest.mark.parametrize("row", FULL, ids=lambda row: row.id)
def test_the_same_in_gguf(row):
    """The names are those of single files without their prefix; each fits into the format."""
    state = build("transformer", row.transformer_config).state_dict()
    find = partial(keys.transformer_original, layers=row.layers)
    file = originals(state, find, "")
    assert max(map(len, file)) < 64
    assert max(tensor.dim() for tensor in file.values()) <= 4
    assert not any(name.startswith("transformer_blocks") for name in file)
    ours = keys.as_diffusers({name: lambda t=t: t for name, t in file.items()}, state, find, "")
    assert {name: read().shape for name, read in ours.items()} == {name: t.shape for name, t in state.items()}


def test_t5_xxl_in_gguf_has_the_names_of_the_library():
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.T5ENCODER, 24)
    for name in build("t5", ENCODERS["text_encoder_3"]).state_dict():
        if name != "encoder.embed_tokens.weight":
            assert keys.t5_original(name) == keys.Original(names.get_name(name, try_suffixes=(".weight",)))


@pytest.mark.parametrize("shape", SHAPES)
def test_transformers_value_by_value(shape: str):
    state = sd3_modules(shape)["transformer"].state_dict()
    layers = SHAPES[shape]["num_layers"]
    find = partial(keys.transformer_original, layers=layers)
    file = originals(state, find, keys.TRANSFORMER)
    converted = theirs.convert_sd3_transformer_checkpoint_to_diffusers(dict(file))
    ours = keys.as_diffusers({name: lambda t=t: t for name, t in file.items()}, state, find, keys.TRANSFORMER)
    assert converted.keys() == state.keys() == ours.keys()
    for name, tensor in state.items():
        assert torch.equal(ours[name](), tensor), name
        assert torch.equal(converted[name], tensor), name


def test_the_vae_of_full_size():
    state = build("vae", VAE_CONFIG).state_dict()
    find = partial(keys.vae_original, blocks=4)
    file = originals(state, find, keys.PREFIXES["vae"])
    assert not any(re.search("_blocks|mid_block|resnets|samplers", name) for name in file)
    converted = theirs.convert_ldm_vae_checkpoint(dict(file), VAE_CONFIG)
    ours = keys.as_diffusers({name: lambda t=t: t for name, t in file.items()}, state, find, keys.PREFIXES["vae"])
    assert {name: read().shape for name, read in ours.items()} == {name: t.shape for name, t in state.items()}
    assert {name: t.shape for name, t in converted.items()} == {name: t.shape for name, t in state.items()}


def test_what_has_no_name_is_left_over():
    found = keys.as_diffusers({"p.stray": lambda: torch.zeros(1)}, ["context_embedder.bias"], keys.Original, "p.")
    assert list(found) == ["p.stray"]


@pytest.mark.parametrize("row", FULL, ids=lambda row: row.id)
def test_a_single_file_of_full_size_with_all_text_encoders(row, tmp_path: Path, monkeypatch):
    """As `sd3_medium_incl_clips_t5xxlfp8`: each component finds all of its tensors, and no others are left over."""
    configs = {"transformer": row.transformer_config, "vae": VAE_CONFIG, **ENCODERS}
    kinds = {"transformer": "transformer", "vae": "vae", "text_encoder_3": "t5"}
    built = {name: build(kinds.get(name, "clip"), config) for name, config in configs.items()}
    states = {name: module.state_dict() for name, module in built.items()}
    del states["text_encoder_3"]["encoder.embed_tokens.weight"]
    find = partial(keys.transformer_original, layers=row.layers)
    file = originals(states["transformer"], find, keys.TRANSFORMER)
    file |= originals(states["vae"], partial(keys.vae_original, blocks=4), keys.PREFIXES["vae"])
    file = with_text_encoders(file, {name: states[name] for name in ENCODERS})
    for name, absent in {"text_encoder": {keys.PROJECTION}, "text_encoder_2": set()}.items():
        converted = theirs.convert_ldm_clip_checkpoint(dict(file), keys.PREFIXES[name])
        assert converted.keys() == states[name].keys() - absent
    assert theirs.convert_sd3_t5_checkpoint_to_diffusers(file).keys() == states["text_encoder_3"].keys()

    @contextmanager
    def opened(paths):
        yield {name: lambda tensor=tensor: tensor for name, tensor in file.items()}

    monkeypatch.setattr(loading, "opened", opened)
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusion3Pipeline"}))
    (tmp_path / "sd3.safetensors").touch()
    folder = loading.Folder(tmp_path / "sd3.safetensors", torch.device("cpu"), torch.float32)
    for name, module in built.items():
        with folder._opened_own(name, module) as found:
            check_names(module, found, name)
            assert {each: read().shape for each, read in found.items()} == {
                each: tensor.shape for each, tensor in states[name].items()
            }
