"""Folders in the form of Hugging Face: shards, and what may be wrong with them."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch

pytest.importorskip("transformers", reason="transformers writes the folders; group dev installs it")

import tiny_models
from fluent_ai.errors import ModelLoadFailed, UnsupportedModel, WeightsCorrupt
from fluent_ai_local.architectures import load
from fluent_ai_local.files.hugging_face import HuggingFaceFolder
from safetensors.numpy import load_file, save_file


@pytest.fixture
def model():
    return tiny_models.build("llama")


@pytest.fixture
def folder(model, tmp_path):
    return tiny_models.write_folder(model, tmp_path / "model")


@pytest.fixture
def sharded(model, tmp_path):
    return tiny_models.write_folder(model, tmp_path / "model", max_shard_size="20KB")


def load_folder(path):
    return load(HuggingFaceFolder(path), device=torch.device("cpu"), precision="exact", loaded=lambda *facts: None)


def change(folder, **settings):
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **settings}))


def change_tensors(folder, **tensors):
    path = folder / "model.safetensors"
    kept = {**load_file(path), **tensors}
    save_file({name: values for name, values in kept.items() if values is not None}, path)


@torch.inference_mode()
def test_shards_are_one_model(model, sharded):
    assert len(list(sharded.glob("*.safetensors"))) > 2
    network = load_folder(sharded)
    tokens = torch.arange(3, 13)[None]
    expected = model(tokens).logits
    torch.testing.assert_close(
        network.forward(tokens, network.new_cache(10), every=True), expected, atol=1e-4, rtol=1e-4
    )


@torch.inference_mode()
@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_other_types_are_read_as_they_are(model, dtype, tmp_path):
    for weight in model.parameters():
        weight.copy_(weight.to(dtype))
    tokens = torch.arange(3, 13)[None]
    expected = model(tokens).logits
    network = load_folder(tiny_models.write_folder(model.to(dtype), tmp_path / "model"))
    torch.testing.assert_close(
        network.forward(tokens, network.new_cache(10), every=True), expected, atol=1e-4, rtol=1e-4
    )


def test_the_rows_of_a_tensor_are_the_same_in_any_portion(folder):
    file = HuggingFaceFolder(folder)
    whole = file.values("blk.0.attn_q.weight", 0, 32)
    for first, count in ((0, 1), (3, 9), (17, 15), (31, 1)):
        np.testing.assert_array_equal(file.values("blk.0.attn_q.weight", first, count), whole[first : first + count])


def test_progress_goes_up_to_the_whole(sharded):
    seen = []
    load(
        HuggingFaceFolder(sharded),
        device=torch.device("cpu"),
        precision="exact",
        loaded=lambda *facts: seen.append(facts),
    )
    assert seen == sorted(seen)
    assert seen[-1][1] == seen[-1][2]


@pytest.mark.parametrize(
    ("settings", "error", "named"),
    [
        ({"model_type": "gpt2"}, UnsupportedModel, "model_type = 'gpt2'; supported: bert"),
        ({"model_type": None}, UnsupportedModel, "model_type = None"),
        ({"hidden_act": "relu"}, UnsupportedModel, "hidden_act = 'relu'; supported: 'silu'"),
        ({"num_hidden_layers": 3}, WeightsCorrupt, "'blk.2.attn_norm.weight' is missing"),
        ({"num_attention_heads": "four"}, WeightsCorrupt, "llama.attention.head_count"),
        ({"vocab_size": 97}, WeightsCorrupt, "'token_embd.weight' has shape (96, 32), expected (97, 32)"),
        (
            {"rope_parameters": {"rope_type": "longrope", "rope_theta": 1.0}},
            UnsupportedModel,
            "rope_type = 'longrope'; supported: 'default', 'linear', 'llama3', 'yarn'",
        ),
    ],
)
def test_a_configuration_that_cannot_be_run_is_refused_by_name(folder, settings, error, named):
    change(folder, **settings)
    with pytest.raises(error) as raised:
        load_folder(folder)
    assert named in str(raised.value)
    assert str(folder) in str(raised.value)


def test_missing_and_surplus_tensors_are_named(folder):
    change_tensors(folder, **{"model.layers.1.mlp.up_proj.weight": None})
    with pytest.raises(WeightsCorrupt, match=r"'blk\.1\.ffn_up\.weight' is missing"):
        load_folder(folder)


def test_a_surplus_tensor_is_named(folder):
    change_tensors(folder, **{"vision_tower.patch.weight": np.zeros((2, 2), np.float32)})
    with pytest.raises(UnsupportedModel, match=r"1 tensors have no place in llama: vision_tower\.patch\.weight"):
        load_folder(folder)


def test_a_type_that_is_no_floating_point_number_is_named(folder):
    change_tensors(folder, **{"model.norm.weight": np.zeros(32, np.int8)})
    with pytest.raises(UnsupportedModel, match=r"'model\.norm\.weight' is of the type I8; supported: F32"):
        HuggingFaceFolder(folder)


def test_a_file_that_is_cut_off_while_it_is_in_use_is_named(folder):
    file = HuggingFaceFolder(folder)
    path = folder / "model.safetensors"
    with path.open("r+b") as weights:
        weights.truncate(path.stat().st_size // 2)
    with pytest.raises(WeightsCorrupt, match=r"model\.safetensors: tensor .* it is truncated"):
        load(file, device=torch.device("cpu"), precision="exact", loaded=lambda *facts: None)


def test_a_shard_that_is_not_there_is_named(sharded):
    shard = sorted(sharded.glob("*.safetensors"))[1]
    shard.unlink()
    with pytest.raises(ModelLoadFailed, match=shard.name):
        HuggingFaceFolder(sharded)


@pytest.mark.parametrize(
    ("index", "named"),
    [
        ("{", "index.json"),
        ('{"weight_map": {"a": "../model.safetensors"}}', "'../model.safetensors' is not a file name"),
        ('{"weight_map": {"a": "model.safetensors"}}', "tensor 'a' of the index is missing"),
        ('{"weight_map": {"a": 1}}', "weight_map is missing, or not a table of file names"),
    ],
)
def test_an_index_that_contradicts_itself_is_refused(folder, index, named):
    (folder / "model.safetensors.index.json").write_text(index)
    with pytest.raises(WeightsCorrupt) as raised:
        HuggingFaceFolder(folder)
    assert named in str(raised.value)


def test_a_config_that_is_no_json_is_named(folder):
    (folder / "config.json").write_text("[" * 100_000)
    with pytest.raises(WeightsCorrupt, match=r"config\.json"):
        HuggingFaceFolder(folder)
