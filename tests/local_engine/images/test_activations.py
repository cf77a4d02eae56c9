"""Memory beside the weights, counted without numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from fluent_ai_local.images.memory.activations import count
from fluent_ai_local.images.modules import Encoded, Transformer, build
from small_sd3 import opened
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

CPU, GPU = torch.device("cpu"), torch.device("cuda")
MB = 2**20


def meta(*shape: int) -> Tensor:
    return torch.empty(shape, device="meta")


@pytest.fixture
def layers() -> nn.Module:
    """Rows of 1 KB become 4 KB, and 4 KB once more."""
    with torch.device("meta"):
        return nn.Sequential(nn.Linear(256, 1024), nn.GELU())


def test_what_is_there_at_once_is_added(layers: nn.Module):
    given = meta(1024, 256)
    assert count(layers, lambda: layers(given), GPU, None) == 2 * 4 * MB
    assert count(layers, lambda: layers(meta(1024, 256)), GPU, None) == (2 * 4 + 1) * MB
    assert count(layers, lambda: [layers(given) for _ in range(3)], GPU, None) == 4 * 4 * MB


def test_a_convolution_on_a_cpu_copies_what_it_is_given():
    with torch.device("meta"):
        convolution = nn.Conv2d(8, 8, 3, padding=1)
    given = meta(1, 8, 1024, 1024)
    assert count(convolution, lambda: convolution(given), GPU, None) == 32 * MB
    assert count(convolution, lambda: convolution(given), CPU, None) == 2 * 32 * MB


@pytest.mark.parametrize(("attention", "device", "scores"), [
    (None, GPU, False), ("flash", GPU, False), ("math", GPU, True), (None, torch.device("mps"), True),
])  # fmt: skip
def test_only_some_kernels_hold_the_scores_of_all_pairs(attention: str | None, device: torch.device, scores: bool):
    tokens = meta(1, 2, 2048, 64)
    found = count(nn.Module(), lambda: scaled_dot_product_attention(tokens, tokens, tokens), device, attention)
    assert (found >= 2 * 2048 * 2048 * 4) is scores


@pytest.mark.parametrize("dual", [(), (0, 1), (2,)])
def test_one_layer_of_each_kind_needs_what_all_need(dual: tuple[int, ...]):
    config = {
        "sample_size": 16, "patch_size": 2, "in_channels": 4, "out_channels": 4, "num_layers": 6,
        "num_attention_heads": 4, "attention_head_dim": 16, "joint_attention_dim": 64, "caption_projection_dim": 64,
        "pooled_projection_dim": 64, "pos_embed_max_size": 24, "qk_norm": "rms_norm", "dual_attention_layers": dual,
    }  # fmt: skip
    module = build("transformer", config)
    transformer = Transformer(module, config)
    text = Encoded(meta(2, 333, 64), meta(2, 64))

    def needed(skip: tuple[int, ...]) -> int:
        return count(module, lambda: transformer.predict(meta(2, 4, 32, 32), meta(), text, skip), GPU, None)

    assert needed(transformer.repeated) == needed(())
    assert len(transformer.repeated) >= 3


def test_half_the_precision_needs_half(sd3: Path):
    facts = opened(sd3).vae.facts
    whole = count(facts.module, lambda: facts.decode(meta(1, 4, 32, 32)), GPU, None)
    half = nn.Module.to(facts.module, dtype=torch.bfloat16)
    assert count(half, lambda: facts.decode(meta(1, 4, 32, 32)), GPU, None) == pytest.approx(whole / 2, rel=0.05)
