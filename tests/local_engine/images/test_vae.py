"""Decoding whole and in tiles, previews, and picture files."""

from __future__ import annotations

import io

import numpy as np
import pytest
import torch
from fluent_ai.errors import StageFailed
from fluent_ai_local.images import vae as decoding
from fluent_ai_local.images.modules import Vae
from fluent_ai_local.images.pictures import write_png
from PIL import Image
from small_sd3 import loaded

CONFIG = {"latent_channels": 4, "block_out_channels": [1, 1, 1], "scaling_factor": 2.0, "shift_factor": 0.5}


class Enlarging(torch.nn.Module):
    """A decoder that is linear and looks at no neighbours: each latent becomes a flat square."""

    def __init__(self) -> None:
        super().__init__()
        self.mix = torch.nn.Conv2d(4, 3, 1)

    def decode(self, latents: torch.Tensor, return_dict: bool) -> tuple[torch.Tensor]:
        return (torch.nn.functional.interpolate(self.mix(latents), scale_factor=4, mode="nearest"),)


@pytest.fixture
def enlarging() -> Vae:
    torch.manual_seed(0)
    return Vae(Enlarging().requires_grad_(False), CONFIG)


@pytest.mark.parametrize(("height", "width"), [(64, 64), (65, 64), (64, 200), (130, 97), (16, 500)])
def test_tiles_cover_everything_and_overlap(height: int, width: int):
    found = decoding.tiles(height, width, decoding.TILE)
    seen = np.zeros((height, width), int)
    for rows, columns in found:
        assert rows.stop - rows.start <= decoding.TILE
        assert columns.stop - columns.start <= decoding.TILE
        seen[rows, columns] += 1
    assert seen.min() >= 1
    assert (len(found) == 1) == (height <= 64 and width <= 64)
    assert decoding.tiles(height, width, None) == [(slice(0, height), slice(0, width))]


def test_tiles_joined_are_the_whole(enlarging: Vae):
    latents = torch.randn(1, 4, 100, 150)
    told: list[int] = []
    whole = decoding.decode(enlarging, latents, None, told.append)
    tiled = decoding.decode(enlarging, latents, 64, told.append)
    torch.testing.assert_close(tiled, whole, atol=1e-5, rtol=0)
    assert told == [1, *range(1, len(decoding.tiles(100, 150, 64)) + 1)]


def test_a_real_decoder_in_tiles_is_close_to_the_whole(sd3):
    from fluent_ai_local.images.loaded import ImageModels

    vae = loaded(ImageModels("cpu").get(str(sd3), lambda event: None).vae)
    coarse = torch.randn(1, 4, 10, 12, generator=torch.Generator().manual_seed(0))
    latents = torch.nn.functional.interpolate(coarse, size=(96, 112), mode="bilinear")
    with torch.inference_mode():
        whole = decoding.decode(vae, latents, None, lambda done: None)
        tiled = decoding.decode(vae, latents, 64, lambda done: None)
    # Each tile is normalised by what it holds alone: 0.09 to 0.27 over 30 seeds. Tiles out of place are over 1 away.
    assert (tiled - whole).abs().mean() < 0.3 * whole.std()
    assert (tiled.roll(8, -1) - whole).abs().mean() > 0.3 * whole.std()


def test_previews_of_a_linear_decoder_are_what_it_decodes(enlarging: Vae):
    latents = torch.randn(1, 4, 6, 7)
    rough = decoding.LinearPreviews(enlarging, torch.device("cpu")).draw(latents, 1)
    whole = torch.nn.functional.avg_pool2d(enlarging.decode(latents), 4)
    torch.testing.assert_close(rough, whole, atol=1e-4, rtol=0)
    assert decoding.LinearPreviews(enlarging, torch.device("cpu")).draw(latents, 4).shape == (1, 3, 24, 28)


def test_what_is_no_number_is_not_written(enlarging: Vae):
    with pytest.raises(StageFailed, match="the decoded picture is not finite") as raised:
        decoding.decode(enlarging, torch.full((1, 4, 4, 4), float("nan")), None, lambda done: None)
    assert raised.value.stage == "VAE decoding"


def test_a_png_holds_pixels_and_text():
    pixels = torch.arange(2 * 3 * 3, dtype=torch.uint8).reshape(2, 3, 3)
    picture = Image.open(io.BytesIO(write_png(pixels, {"seed": "5", "by": "Ü and ☃"})))
    assert (np.array(picture) == pixels.numpy()).all()
    assert picture.text == {"seed": "5", "by": "Ü and ?"}
