"""Weights in other files than those of diffusers: single files, GGUF, eight bits."""

from __future__ import annotations

import json
from pathlib import Path

import fluent_ai as ai
import gguf
import numpy as np
import pytest
import torch
from diffusers import SD3Transformer2DModel
from fluent_ai_local.images import keys
from gguf import GGMLQuantizationType
from safetensors.torch import load_file, save_file
from sd3_files import WEIGHTS, single_file, with_text_encoders, write_gguf
from small_sd3 import loaded, opened, state

T5_WEIGHTS = "model.safetensors"
KINDS = [kind for kind in gguf.quants._type_traits if kind not in (GGMLQuantizationType.F32, GGMLQuantizationType.F64)]
"""All types that files/gguf reads, which are those that the library can dequantise."""


@pytest.mark.parametrize("prefix", [keys.TRANSFORMER, ""])
def test_a_single_file_stands_for_the_weights_of_its_folder(prefix: str, copied: Path, sd3: Path):
    vae = bool(prefix)
    file = copied / "sd3.safetensors"
    save_file(single_file(copied, prefix, vae=vae), file)
    (copied / "transformer" / WEIGHTS).unlink()
    if vae:
        (copied / "vae" / WEIGHTS).unlink()
    ours, whole = opened(file), opened(sd3)
    for part in ("transformer", "vae"):
        found, expected = (state(model, part) for model in (ours, whole))
        assert all(torch.equal(found[name], expected[name]) for name in expected)


ENCODERS = {"text_encoder": 0, "text_encoder_2": 1, "text_encoder_3": 2}


def encoder(path: Path, component: str) -> dict[str, torch.Tensor]:
    """The weights of a text encoder of this model."""
    text = opened(path).text
    assert text.t5 is not None
    found: dict[str, torch.Tensor] = loaded((*text.clips, text.t5)[ENCODERS[component]]).module.state_dict()
    return found


def test_a_single_file_may_hold_the_text_encoders(copied: Path, sd3: Path):
    """As `sd3_medium_incl_clips_t5xxlfp8`: CLIPs in float16, T5 in float8, CLIP-L without its projection."""
    kinds = dict(zip(ENCODERS, (torch.float16, torch.float16, torch.float8_e4m3fn), strict=True))
    encoders = {name: load_file(copied / name / T5_WEIGHTS) for name in ENCODERS}
    written = {name: {key: tensor.to(kinds[name]) for key, tensor in own.items()} for name, own in encoders.items()}
    save_file(with_text_encoders(single_file(copied), written), copied / "sd3.safetensors")
    for name in ENCODERS:
        (copied / name / T5_WEIGHTS).unlink()
    for name, kind in kinds.items():
        found = encoder(copied / "sd3.safetensors", name)
        assert {tensor.dtype for tensor in found.values() if tensor.is_floating_point()} == {torch.float32}
        for key, tensor in encoders[name].items():
            expected = tensor.to(kind).float()
            if (name, key) == ("text_encoder", keys.PROJECTION):
                expected = torch.eye(len(tensor))
            assert torch.equal(found[key], expected), (name, key)
    with ai.Client() as client:
        assert len(client.image(f"local:{copied / 'sd3.safetensors'}", "a fox", steps=1)) == 1


def test_a_text_encoder_in_a_single_file_needs_its_configuration(copied: Path):
    encoders = {name: load_file(copied / name / T5_WEIGHTS) for name in ENCODERS}
    save_file(with_text_encoders(single_file(copied), encoders), copied / "sd3.safetensors")
    (copied / "text_encoder_3" / "config.json").unlink()
    (copied / "text_encoder_3" / T5_WEIGHTS).unlink()
    (copied / "text_encoder_3").rmdir()
    with pytest.raises(ai.ModelLoadFailed, match=r"text_encoder_3/config\.json"):
        opened(copied / "sd3.safetensors")


def test_what_a_single_file_lacks_or_has_too_much_is_named(copied: Path):
    file = copied / "sd3.safetensors"
    tensors = single_file(copied)
    del tensors[f"{keys.TRANSFORMER}x_embedder.proj.weight"]
    save_file(tensors | {f"{keys.TRANSFORMER}stray": torch.zeros(1)}, file)
    with pytest.raises(ai.WeightsCorrupt) as raised:
        loaded(opened(file).transformer)
    assert "missing: pos_embed.proj.weight" in str(raised.value)
    assert "not part of the model: model.diffusion_model.stray" in str(raised.value)
    save_file({"model.layers.0.weight": torch.zeros(1)}, file)
    with pytest.raises(ai.UnsupportedModel, match="holds no transformer of Stable Diffusion 3"):
        opened(file)


@pytest.mark.parametrize("kind", [torch.float8_e4m3fn, torch.float8_e5m2])
def test_a_single_file_in_float8(kind: torch.dtype, copied: Path, sd3: Path):
    file = copied / "sd3.safetensors"
    save_file({name: tensor.to(kind) for name, tensor in single_file(copied).items()}, file)
    found, whole = (state(opened(path)) for path in (file, sd3))
    name = "transformer_blocks.0.attn.to_q.weight"
    assert found[name].dtype == torch.float32
    torch.testing.assert_close(found[name], whole[name].to(kind).float(), atol=0, rtol=0)


def test_a_transformer_as_gguf_takes_its_place_in_the_folder(copied: Path, sd3: Path):
    write_gguf(copied / "sd3.gguf", single_file(copied, "", vae=False), "sd3")
    found, whole = (state(opened(path)) for path in (copied / "sd3.gguf", sd3))
    assert found.keys() == whole.keys()
    for name, tensor in whole.items():
        torch.testing.assert_close(found[name], tensor, atol=0.01, rtol=0.01)


def test_it_may_also_lie_in_the_folder_of_the_component(copied: Path, sd3: Path):
    tensors = single_file(copied, "", vae=False)
    (copied / "transformer" / WEIGHTS).unlink()
    write_gguf(copied / "transformer" / "sd3-q8_0.gguf", tensors, "sd3")
    found, whole = (state(opened(path)) for path in (copied, sd3))
    name = "transformer_blocks.0.attn.to_q.weight"
    torch.testing.assert_close(found[name], whole[name], atol=0.01, rtol=0.01)
    (copied / "transformer" / "second.gguf").write_bytes(b"GGUF")
    with pytest.raises(ai.ModelLoadFailed, match="but 2 GGUF files; allowed: one"):
        opened(copied)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory, write_sd3) -> Path:
    """With a transformer whose rows are long enough for every type."""
    folder: Path = write_sd3("medium", t5=False)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        SD3Transformer2DModel(
            sample_size=16, patch_size=2, in_channels=4, out_channels=4, num_layers=1, num_attention_heads=4,
            attention_head_dim=64, joint_attention_dim=64, pooled_projection_dim=64, caption_projection_dim=256,
            pos_embed_max_size=24,
        ).save_pretrained(folder / "transformer")  # fmt: skip
    return folder


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_transformer_in_every_type_of_gguf(kind: GGMLQuantizationType, wide: Path):
    held = write_gguf(wide / f"{kind.name}.gguf", single_file(wide, "", vae=False), "sd3", kind)
    found = state(opened(wide / f"{kind.name}.gguf"))
    values = held["joint_blocks.0.x_block.mlp.fc1.weight"]
    np.testing.assert_array_equal(found["transformer_blocks.0.ff.net.0.proj.weight"].numpy(), values)
    packed = held["joint_blocks.0.x_block.attn.qkv.weight"]
    np.testing.assert_array_equal(found["transformer_blocks.0.attn.to_k.weight"].numpy(), packed[256:512])


def test_a_language_model_is_no_transformer_of_images(copied: Path):
    write_gguf(copied / "llama.gguf", {"token_embd.weight": torch.zeros(32, 32)}, "llama")
    with pytest.raises(ai.UnsupportedModel, match="of the architecture 'llama'; expected sd3"):
        opened(copied / "llama.gguf")


def t5_as_gguf(state: dict[str, torch.Tensor], blocks: int) -> dict[str, torch.Tensor]:
    """By the names that the gguf library has for T5's encoder."""
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.T5ENCODER, blocks)
    kept = {name: tensor for name, tensor in state.items() if name != "encoder.embed_tokens.weight"}
    return {names.get_name(name, try_suffixes=(".weight",)): tensor for name, tensor in kept.items()}


def test_t5_as_gguf(copied: Path, sd3: Path):
    folder = copied / "text_encoder_3"
    whole = load_file(folder / T5_WEIGHTS)
    (folder / T5_WEIGHTS).unlink()
    write_gguf(folder / "t5.gguf", t5_as_gguf(whole, 2), "t5encoder")
    part = opened(copied).text.t5
    assert part is not None
    found = loaded(part).module.state_dict()
    assert found["encoder.embed_tokens.weight"].data_ptr() == found["shared.weight"].data_ptr()
    for name, tensor in whole.items():
        torch.testing.assert_close(found[name], tensor, atol=0.02, rtol=0.01)
    write_gguf(folder / "t5.gguf", {"token_embd.weight": torch.zeros(32, 32)}, "gemma3")
    with pytest.raises(ai.UnsupportedModel, match="of the architecture 'gemma3'; expected t5encoder or t5"):
        loaded(opened(copied).text.t5)
    with ai.Client() as client, pytest.raises(ai.UnsupportedModel, match="'gemma3'"):
        client.image(f"local:{copied}", "a", steps=1)


def int8(kind: str, name: str, weight: torch.Tensor) -> dict[str, torch.Tensor]:
    largest = weight.abs().amax(dim=1)
    values = (weight * 127 / largest[:, None]).round().to(torch.int8)
    stem = name.removesuffix(".weight")
    if kind == "bitsandbytes":
        return {name: values, f"{stem}.SCB": largest, f"{stem}.weight_format": torch.tensor(0, dtype=torch.uint8)}
    return {
        f"{name}._data": values,
        f"{name}._scale": largest[:, None] / 127,
        f"{stem}.input_scale": torch.ones(1),
        f"{stem}.output_scale": torch.ones(1),
    }


def float8(name: str, weight: torch.Tensor) -> dict[str, torch.Tensor]:
    scale = weight.abs().max() / 448
    return {name: (weight / scale).to(torch.float8_e4m3fn), f"{name.removesuffix('.weight')}.scale_weight": scale}


@pytest.mark.parametrize("kind", ["bitsandbytes", "quanto", "float8"])
def test_t5_in_eight_bits_with_scales(kind: str, copied: Path, sd3: Path):
    file = copied / "text_encoder_3" / T5_WEIGHTS
    whole = load_file(file)
    tensors: dict[str, torch.Tensor] = {} if kind != "float8" else {"scaled_fp8": torch.zeros(0)}
    for name, weight in whole.items():
        if weight.dim() == 2 and "block" in name and "bias" not in name:
            tensors |= float8(name, weight) if kind == "float8" else int8(kind, name, weight)
        else:
            tensors[name] = weight
    assert sum(tensor.dtype in (torch.int8, torch.float8_e4m3fn) for tensor in tensors.values()) == 14
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, file)
    part = opened(copied).text.t5
    assert part is not None
    found = loaded(part).module.state_dict()
    for name, tensor in whole.items():
        error = (found[name] - tensor).abs().max() / tensor.abs().max()
        assert error < (0.07 if kind == "float8" else 0.01), name


def test_a_gguf_of_what_it_has_no_names_for_is_refused(copied: Path):
    (copied / "vae" / WEIGHTS).unlink()
    write_gguf(copied / "vae" / "vae.gguf", {"x": torch.zeros(2)}, "sd3")
    with pytest.raises(ai.UnsupportedModel, match="a GGUF file has no names for AutoencoderKL"):
        loaded(opened(copied).vae)


def test_an_index_names_files_beside_it(copied: Path):
    index = copied / "vae" / f"{WEIGHTS}.index.json"
    for weight_map in ({"a": "../../secret.safetensors"}, {"a": "/etc/passwd"}, ["a"], {"a": 1}):
        index.write_text(json.dumps({"weight_map": weight_map}))
        with pytest.raises(ai.ModelLoadFailed):
            opened(copied)
