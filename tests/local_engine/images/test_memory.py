"""What a request needs, and what becomes of it where that is not there."""

from __future__ import annotations

from pathlib import Path

import fluent_ai as ai
import pytest
import torch
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.images import config, loading, memory, pipeline
from fluent_ai_local.images.loaded import ImageModels


@pytest.fixture(scope="module")
def model(sd3: Path):
    return ImageModels("cpu").get(str(sd3), lambda event: None)


def settings(model, **options) -> config.Settings:
    return config.settle(ImageRequest(model="m", prompt="a", **options), model.variant, model.size)


def test_a_picture_is_decoded_whole_where_that_fits(model):
    found = memory.plan(model, settings(model, size="32x32"), 154, 4, float("inf"))
    assert found.tile is None
    assert found.decoding == 11 * 8 * 32 * 32 * 4
    assert found.sampling == 18 * 2 * (64 + 154) * 64 * 4
    assert memory.plan(model, settings(model, guidance=1.0), 154, 4, 1e12).sampling == found.sampling // 2


def test_in_tiles_where_it_does_not_and_refused_where_tiles_do_not_fit_either(model):
    asked = settings(model, size="1024x1024", guidance=1.0)
    whole = memory.plan(model, asked, 333, 4, 1e12)
    tiled = memory.plan(model, asked, 333, 4, whole.sampling + 1)
    assert (whole.tile, tiled.tile) == (None, 64)
    assert tiled.decoding == 11 * 8 * 128 * 128 * 4
    with pytest.raises(ai.OutOfMemory, match=r"a picture of 1024x1024 needs 304 MB to sample") as raised:
        memory.plan(model, asked, 333, 4, whole.sampling - 1)
    assert raised.value.estimate == model.weight + tiled.peak


def test_tiles_are_drawn_where_memory_is_short(model, sd3: Path, monkeypatch):
    monkeypatch.setattr(pipeline, "plan", lambda *given: memory.Plan(sampling=0, decoding=0, tile=64))
    request = ImageRequest(model="m", prompt="a", size="96x32", steps=2, seed=1)
    monkeypatch.setattr(model.transformer, "positions", 100)
    items: list[object] = []
    pipeline.draw(model, request, items.append)
    assert isinstance(items[-1], ai.GeneratedImage)


def test_weights_that_do_not_fit_are_refused_before_they_are_read(sd3: Path, monkeypatch):
    monkeypatch.setattr(loading, "free_memory", lambda device: 1e6)
    read: list[str] = []
    monkeypatch.setattr(loading, "fill", lambda *given, **options: read.append("filled"))
    with pytest.raises(ai.OutOfMemory, match=r"the weights need 3 MB of memory") as raised:
        ImageModels("cpu").get(str(sd3), lambda event: None)
    assert raised.value.estimate > 1e6
    assert read == []


def test_the_weights_are_counted_as_they_lie_in_memory(model):
    modules = (model.transformer.module, model.vae.module, *model.text.modules)
    assert model.weight == sum(4 * tensor.numel() for module in modules for tensor in module.parameters())
    assert memory.free_memory(torch.device("cpu")) > 1e6
    assert memory.free_memory(torch.device("meta")) == float("inf")
