"""Every architecture against transformers with the same random weights, out of a folder and out of a GGUF file."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch

pytest.importorskip("transformers", reason="transformers is the reference; group dev installs it")

import tiny_models
from fluent_ai_local.architectures import load
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.files.hugging_face import HuggingFaceFolder
from fluent_ai_local.generate import generate
from fluent_ai_local.layers.kv_cache import CacheBatch
from fluent_ai_local.samplers import Sampling

TOKENS = torch.randint(3, 96, (2, 24), generator=torch.Generator().manual_seed(7))


def load_file(file, precision="exact"):
    with file:
        return load(file, device=torch.device("cpu"), precision=precision, loaded=lambda *facts: None)


def new_caches(network):
    return CacheBatch([network.new_cache(TOKENS.shape[1]) for _ in TOKENS])


def logits(network):
    return network.forward(TOKENS, new_caches(network), every=True)


@pytest.fixture(scope="module", params=tiny_models.MODELS)
def written(request, tmp_path_factory):
    """A model of transformers, and the two forms of its weights."""
    model = tiny_models.build(request.param)
    folder = tmp_path_factory.mktemp("model")
    return (
        model,
        tiny_models.write_folder(model, folder / "folder"),
        tiny_models.write_gguf(model, folder / "model.gguf"),
    )


@torch.inference_mode()
def test_logits_equal_those_of_transformers(written):
    model, folder, path = written
    expected = model(TOKENS).logits
    for file in (HuggingFaceFolder(folder), GGUFFile(path)):
        torch.testing.assert_close(logits(load_file(file)), expected, atol=1e-4, rtol=1e-4)


def test_greedy_replies_equal_those_of_transformers(written):
    model, folder, _ = written
    prompt = TOKENS[:1]
    expected = model.generate(prompt, max_new_tokens=12, do_sample=False, eos_token_id=None)[0, prompt.shape[1] :]
    network = load_file(HuggingFaceFolder(folder))
    assert list(generate(network, prompt[0].tolist(), max_tokens=12, sampling=Sampling())) == expected.tolist()


def test_cached_equals_recomputed(written):
    _, _, path = written
    network = load_file(GGUFFile(path))
    cache = new_caches(network)
    cuts = (0, 5, 6, 7, 16, 24)
    pieces = [network.forward(TOKENS[:, start:end], cache, every=True) for start, end in pairwise(cuts)]
    torch.testing.assert_close(torch.cat(pieces, 1), logits(network), atol=3e-5, rtol=3e-5)


def test_the_fast_precision_is_close(written):
    pytest.importorskip("numba", reason="the fast precision needs numba, which the extra local brings")
    _, folder, path = written
    exact = logits(load_file(GGUFFile(path)))
    for file in (HuggingFaceFolder(folder), GGUFFile(path)):
        fast = logits(load_file(file, "fast"))
        assert torch.nn.functional.cosine_similarity(fast.flatten(), exact.flatten(), dim=0) > 0.95


@torch.inference_mode()
def test_split_matrices_of_keys_and_values_are_the_joined_ones(tmp_path):
    model = tiny_models.build("deepseek")
    path = tiny_models.write_gguf(model, tmp_path / "split.gguf", split_latent=True)
    torch.testing.assert_close(logits(load_file(GGUFFile(path))), model(TOKENS).logits, atol=1e-4, rtol=1e-4)
