"""Unfinished pictures: by TAESD3 where it is given, else by a linear map."""

from __future__ import annotations

import io
from pathlib import Path

import fluent_ai as ai
import numpy as np
import pytest
import torch
from diffusers import AutoencoderTiny
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.images import pipeline
from fluent_ai_local.images.model import StableDiffusion3
from PIL import Image
from small_sd3 import loaded, opened

CHANNELS = 4
"""Of the small model; the published ones have 16."""


def write_tiny(folder: Path, channels: int, blocks: int = 2) -> AutoencoderTiny:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        channels_of = {"encoder_block_out_channels": (8,) * blocks, "decoder_block_out_channels": (8,) * blocks}
        depths = {"num_encoder_blocks": (1,) * blocks, "num_decoder_blocks": (1,) * blocks}
        tiny: AutoencoderTiny = AutoencoderTiny(latent_channels=channels, **channels_of, **depths).eval()
    tiny.save_pretrained(folder)
    return tiny


def previews(model: StableDiffusion3) -> list[np.ndarray]:
    items: list[object] = []
    request = ImageRequest(model="m", prompt="a fox", seed=3, steps=4, partial_images=3)
    pipeline.draw(model, request, items.append)
    drafts = [item.data for item in items if isinstance(item, ai.PartialImage)]
    return [np.array(Image.open(io.BytesIO(data))) for data in drafts]


def test_taesd3_draws_them_where_the_folder_holds_it(copied: Path, monkeypatch):
    tiny = write_tiny(copied / "taesd3", CHANNELS)
    model = opened(copied)
    assert model.tiny is not None
    seen: list[torch.Tensor] = []
    clean = pipeline.Schedule.clean
    monkeypatch.setattr(pipeline.Schedule, "clean", lambda *given: (seen.append(clean(*given)), seen[-1])[1])
    found = previews(model)
    assert len(found) == len(seen) == 3
    for latents, draft in zip(seen, found, strict=True):
        with torch.inference_mode():
            pixels = tiny.decode(latents).sample
        wanted = ((pixels[0].clamp(-1, 1) + 1) * 127.5).round().permute(1, 2, 0).numpy()
        assert draft.shape == (32, 32, 3)
        assert abs(draft - wanted).max() <= 1


def test_a_linear_map_draws_them_where_there_is_none(sd3: Path):
    model = opened(sd3)
    assert model.tiny is None
    found = previews(model)
    linear = model.linear_previews(loaded(model.vae))
    assert linear is model.linear_previews(loaded(model.vae))
    assert [draft.shape for draft in found] == [(32, 32, 3)] * 3


@pytest.mark.parametrize(("channels", "blocks"), [(16, 2), (CHANNELS, 3)])
def test_one_of_another_model_is_refused_by_name(channels: int, blocks: int, copied: Path):
    write_tiny(copied / "taesd3", channels, blocks)
    with pytest.raises(
        ai.UnsupportedModel, match=f"taesd3 decodes {channels} channels, {2 ** (blocks - 1)} times"
    ) as raised:
        opened(copied)
    assert "a TAESD of 4 channels" in str(raised.value)


def test_something_else_in_its_place_is_refused(copied: Path, tmp_path: Path):
    (copied / "vae" / "config.json").rename(tmp_path / "kept.json")
    write_tiny(copied / "taesd3", CHANNELS)
    config = copied / "taesd3" / "config.json"
    config.write_text((tmp_path / "kept.json").read_text())
    (tmp_path / "kept.json").rename(copied / "vae" / "config.json")
    with pytest.raises(ai.UnsupportedModel, match="taesd3 is of class AutoencoderKL; expected AutoencoderTiny"):
        opened(copied)


def test_the_users_own_is_taken_where_it_fits(sd3: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("FLUENT_AI_HOME", str(tmp_path))
    write_tiny(tmp_path / "models" / "taesd3", CHANNELS)
    assert opened(sd3).tiny is not None
    write_tiny(tmp_path / "models" / "taesd3", 16)
    assert opened(sd3).tiny is None
