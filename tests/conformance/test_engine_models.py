"""Tiny models with the logits and greedy replies of transformers, and the safetensors library's verdict on files."""

from __future__ import annotations

import json
import shutil

import pytest
import torch
from fluent_ai.errors import UnsupportedModel, WeightsCorrupt
from fluent_ai_local.architectures import load
from fluent_ai_local.files.hugging_face import HuggingFaceFolder
from fluent_ai_local.files.safetensors import read_table
from fluent_ai_local.generate import generate
from fluent_ai_local.layers.kv_cache import CacheBatch
from fluent_ai_local.samplers import Sampling
from recordings import REASON, recorded

SUITES = recorded("suites")
if not SUITES.is_dir():
    pytest.skip(REASON, allow_module_level=True)

TINY = SUITES / "tiny_llm"
MODELS = [model["name"] for model in json.loads((TINY / "index.json").read_text())["models"]]
SAFETENSORS = SUITES / "safetensors"
FILES = json.loads((SAFETENSORS / "expect.json").read_text())["cases"]


@pytest.mark.parametrize("name", MODELS)
def test_logits_and_greedy_replies_are_those_of_transformers(name, tmp_path):
    shutil.copy(TINY / f"{name}.config.json", tmp_path / "config.json")
    shutil.copy(TINY / f"{name}.safetensors", tmp_path / "model.safetensors")
    if name == "gpt2":
        with pytest.raises(UnsupportedModel, match="model_type = 'gpt2'; supported: bert, clip, deepseek_v3"):
            HuggingFaceFolder(tmp_path)
        return
    with HuggingFaceFolder(tmp_path) as folder:
        network = load(folder, device=torch.device("cpu"), precision="exact", loaded=lambda *facts: None)
    expected = read_tensors(TINY / f"{name}.io.safetensors")
    tokens = expected["input_ids"].long()
    found = network.forward(tokens, CacheBatch([network.new_cache(20) for _ in tokens]), every=True)
    torch.testing.assert_close(found, expected["logits"], atol=1e-4, rtol=1e-4)
    for row, mask, last in zip(
        expected["padded_ids"].long(), expected["attention_mask"], expected["padded_last_logits"], strict=True
    ):
        real = row[mask.bool()][None]
        torch.testing.assert_close(network.forward(real, network.new_cache(20))[0], last, atol=1e-4, rtol=1e-4)
    greedy = expected["greedy"][0].tolist()
    assert list(generate(network, greedy[:20], max_tokens=24, sampling=Sampling())) == greedy[20:]


def read_tensors(path):
    return pytest.importorskip("safetensors.torch").load_file(path)


@pytest.mark.parametrize("case", FILES, ids=lambda case: case["file"])
def test_the_verdict_on_a_safetensors_file_is_that_of_its_library(case):
    path = SAFETENSORS / "files" / case["file"]
    if not case["reference"]["accept"]:
        with pytest.raises(WeightsCorrupt, match=case["file"]):
            read_table(path)
        return
    assert sorted(read_table(path)) == sorted(case["reference"]["tensors"])


@pytest.mark.parametrize(("count", "error"), [(100_000, "has the offsets"), (10_000_000, "the header needs")])
def test_many_tensors_in_one_place_are_refused_at_once(count, error, tmp_path):
    path = tmp_path / "attack.safetensors"
    entry = '"%d":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}'
    header = ("{" + ",".join(entry % number for number in range(min(count, 2_000_000))) + "}").encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(16))
    with pytest.raises(WeightsCorrupt, match=error):
        read_table(path)
