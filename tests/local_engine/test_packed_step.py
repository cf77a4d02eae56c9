"""The step of one token by the kernels: what each architecture's layers compute one by one."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba", reason="the fast precision needs numba, which the extra local brings")
pytest.importorskip("transformers", reason="transformers is the reference; group dev installs it")

import tiny_models
from fluent_ai_local.architectures import load
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.kernels.pointwise import gate
from fluent_ai_local.layers.kv_cache import CacheBatch

TOKENS = torch.randint(3, 96, (24,), generator=torch.Generator().manual_seed(7))
WITHOUT = {
    "llama-bias", "mixtral", "qwen2", "qwen3-moe", "phi3", "gemma2", "deepseek", "deepseek-whole-queries",
    "deepseek-yarn",
}  # fmt: skip
"""Models with biases, experts, joined matrices, soft caps or a latent, which go layer by layer."""
NAMES = [name for name in tiny_models.MODELS if name not in WITHOUT]


@pytest.fixture(scope="module")
def load_fast(tmp_path_factory):
    """The fast network of a tiny model, written once."""
    paths = {}

    def load_model(name):
        if name not in paths:
            path = tmp_path_factory.mktemp("step") / "model.gguf"
            paths[name] = tiny_models.write_gguf(tiny_models.build(name), path)
        with GGUFFile(paths[name]) as file:
            return load(file, device=torch.device("cpu"), precision="fast", loaded=lambda *facts: None)

    return load_model


@pytest.mark.parametrize("name", sorted(WITHOUT))
def test_what_the_kernels_do_not_know_goes_layer_by_layer(load_fast, name):
    assert load_fast(name)._step is None


@pytest.mark.parametrize("name", NAMES)
def test_the_step_is_the_layers_one_by_one(load_fast, name):
    fast, layers = load_fast(name), load_fast(name)
    assert fast._step is not None
    layers._step = None
    cache, other = fast.new_cache(24), layers.new_cache(24)
    for token in TOKENS:
        got, expected = fast.forward(token.view(1, 1), cache), layers.forward(token.view(1, 1), other)
        assert got.shape == expected.shape
        assert (got - expected).abs().max() < 0.001 * expected.std()
    torch.testing.assert_close(cache.block[..., :24, :], other.block[..., :24, :], atol=1e-3, rtol=1e-3)


@pytest.fixture(scope="module")
def gemma(load_fast):
    return load_fast("gemma3")


@settings(max_examples=15)
@given(lengths=st.lists(st.integers(1, 18), min_size=1, max_size=7), threads=st.integers(1, 3))
def test_the_step_of_many_sequences_is_that_of_each_to_the_bit(gemma, lengths: list[int], threads: int) -> None:
    caches, alone = [gemma.new_cache(20) for _ in lengths], []
    for length, cache in zip(lengths, caches, strict=True):
        own = gemma.new_cache(20)
        for each in (cache, own):
            gemma.forward(TOKENS[None, :length], each)
        alone.append(gemma.forward(torch.tensor([[length]]), own)[0])
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        batched = gemma.forward(torch.tensor([[length] for length in lengths]), CacheBatch(caches))
    finally:
        torch.set_num_threads(before)
    assert torch.equal(batched, torch.stack(alone))


@pytest.mark.parametrize("gelu", [False, True])
def test_gates_are_those_of_torch_and_shut_however_far_they_go(gelu: bool) -> None:
    x = np.concatenate([np.linspace(-12, 12, 999, dtype=np.float32), np.array([-1e4, -200, 200, 1e4], np.float32)])
    out = np.full_like(x, 2)
    gate(x, gelu, out)
    values = torch.from_numpy(x)
    expected = torch.nn.functional.gelu(values, approximate="tanh") if gelu else torch.nn.functional.silu(values)
    torch.testing.assert_close(torch.from_numpy(out), 2 * expected, atol=1e-5, rtol=1e-5)
