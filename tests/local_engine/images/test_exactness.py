"""Our loop against diffusers' pipeline, on small models with random weights."""

from __future__ import annotations

import io
from itertools import pairwise
from pathlib import Path

import fluent_ai as ai
import numpy as np
import pytest
import torch
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.images import config
from fluent_ai_local.images.loaded import ImageModels
from fluent_ai_local.images.memory.plan import make_plan
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.parts import Loading
from fluent_ai_local.images.pipeline import draw, encode, noise
from fluent_ai_local.images.sampling import Sampling, Source, denoise
from fluent_ai_local.images.schedule import Curve, Schedule, candle_schedule, make_schedule
from fluent_ai_local.images.vae import decode, to_bytes
from PIL import Image
from small_sd3 import SHAPES, loaded

SKIPS = {"plain": None, "skipped": ai.SkipLayerGuidance(layers=(0, 1), start=0.0, stop=0.7)}


def ignore(event: object) -> None:
    pass


def load(path: Path) -> StableDiffusion3:
    return ImageModels("cpu").get(str(path), ignore)


def pipeline(path: Path):
    """diffusers' own, from the same files."""
    import diffusers
    import transformers

    diffusers.logging.set_verbosity_error()
    parts = {
        "transformer": diffusers.SD3Transformer2DModel,
        "vae": diffusers.AutoencoderKL,
        "scheduler": diffusers.FlowMatchEulerDiscreteScheduler,
        "text_encoder": transformers.CLIPTextModelWithProjection,
        "text_encoder_2": transformers.CLIPTextModelWithProjection,
        "text_encoder_3": transformers.T5EncoderModel,
        "tokenizer": transformers.CLIPTokenizer,
        "tokenizer_2": transformers.CLIPTokenizer,
        "tokenizer_3": transformers.T5TokenizerFast,
    }
    loaded = {
        name: kind.from_pretrained(path / name) if (path / name).is_dir() else None for name, kind in parts.items()
    }
    made = diffusers.StableDiffusion3Pipeline(**loaded)
    made.set_progress_bar_config(disable=True)
    return made


def sampling(model: StableDiffusion3, settings: config.Settings, schedule: Schedule, **facts) -> Sampling:
    positive, negative = encode(model, settings, make_plan(model, settings, 1e12), ignore)
    facts = {"first": 0, "positive": positive, "negative": negative, **facts}
    return Sampling(settings=settings, schedule=schedule, **facts)


def ours(model: StableDiffusion3, **options) -> tuple[torch.Tensor, torch.Tensor]:
    """Latents and pixels."""
    settings = config.settle(ImageRequest(model="m", **options), model.variant, model.size)
    with torch.inference_mode():
        patches = (settings.height // model.unit) * (settings.width // model.unit)
        schedule = make_schedule(settings.steps, model.curve, mu=model.curve.mu(patches))
        run = sampling(model, settings, schedule)
        latents = denoise(loaded(model.transformer), run, noise(model, settings, 0), lambda *step: None)
        return latents, decode(loaded(model.vae), latents, None, ignore)


@pytest.mark.parametrize("skip", SKIPS)
@pytest.mark.parametrize("guidance", [1.0, 4.0])
@pytest.mark.parametrize("shape", SHAPES)
def test_as_diffusers_draws(shape: str, guidance: float, skip: str, write_sd3):
    path = write_sd3(shape, t5=shape != "3.5-large")
    model = load(path)
    latents, pixels = ours(
        model, prompt="a red fox", negative_prompt="blue", size="48x32", steps=5, guidance=guidance, seed=11,
        skip_layer_guidance=SKIPS[skip],
    )  # fmt: skip
    theirs = pipeline(path)
    given = {} if SKIPS[skip] is None else {
        "skip_guidance_layers": list(SKIPS[skip].layers), "skip_layer_guidance_scale": SKIPS[skip].scale,
        "skip_layer_guidance_start": SKIPS[skip].start, "skip_layer_guidance_stop": SKIPS[skip].stop,
    }  # fmt: skip
    asked = {
        "prompt": "a red fox", "negative_prompt": "blue", "width": 48, "height": 32, "num_inference_steps": 5,
        "guidance_scale": guidance, **given,
    }  # fmt: skip
    generator = torch.Generator().manual_seed(11)
    expected = theirs(**asked, generator=generator, output_type="latent").images
    assert latents.std() > 0.1
    torch.testing.assert_close(latents, expected, atol=1e-4, rtol=0)
    picture = theirs(**asked, generator=generator.manual_seed(11), output_type="pt").images
    torch.testing.assert_close((pixels / 2 + 0.5).clamp(0, 1), picture, atol=1e-4, rtol=0)


def test_the_picture_is_the_bytes_that_diffusers_writes(sd3: Path):
    found = drawn(load(sd3), prompt="a fox", steps=3, seed=5)
    generator = torch.Generator().manual_seed(5)
    asked = {"prompt": "a fox", "width": 32, "height": 32, "num_inference_steps": 3, "guidance_scale": 4.0}
    (theirs,) = pipeline(sd3)(**asked, generator=generator).images
    difference = np.array(theirs).astype(int) - np.array(Image.open(io.BytesIO(found[0].data)))
    assert abs(difference).max() <= 1


def drawn(model: StableDiffusion3, **options) -> list[ai.GeneratedImage]:
    items: list[object] = []
    draw(model, ImageRequest(model="m", **options), items.append)
    return [item for item in items if isinstance(item, ai.GeneratedImage)]


def test_a_dynamic_shift_comes_from_the_size_of_the_picture(write_sd3):
    path = write_sd3("medium", t5=False)
    (path / "scheduler" / "scheduler_config.json").write_text('{"use_dynamic_shifting": true, "max_shift": 1.16}')
    latents, _ = ours(load(path), prompt="a", steps=3, seed=1, size="64x64")
    generator = torch.Generator().manual_seed(1)
    asked = {"prompt": "a", "width": 64, "height": 64, "num_inference_steps": 3, "guidance_scale": 4.0}
    expected = pipeline(path)(**asked, generator=generator, output_type="latent").images
    torch.testing.assert_close(latents, expected, atol=1e-4, rtol=0)


def test_the_candle_preset_does_what_candle_does(sd3: Path):
    """The formulas of its example, written down once more."""
    model = load(sd3)
    steps, cfg = 12, 4.0
    with torch.inference_mode():
        (positive, negative) = model.text.encode(["a fox", ""], 77, "kept", ignore, Loading(0))
        transformer, vae = loaded(model.transformer), loaded(model.vae)
        assert positive.encoded.context.shape[1] == 2 * 77
        x = torch.randn(1, 4, 16, 16, generator=torch.Generator().manual_seed(2))
        shift = 3.0
        sigmas = [shift * t / (1 + (shift - 1) * t) for t in (i / steps for i in range(steps, -1, -1))]
        for step, (sigma, following) in enumerate(pairwise(sigmas)):
            time = torch.tensor(1000.0 * sigma)
            cond, uncond = (transformer.predict(x, time, each.encoded) for each in (positive, negative))
            guidance = cfg * cond - (cfg - 1) * uncond
            if steps * 0.01 < step < steps * 0.2:
                guidance = guidance + 2.5 * (cond - transformer.predict(x, time, positive.encoded, [1]))
            x = x + guidance * (following - sigma)
        decoded = vae.module.decode(x / 1.5305 + 0.0609).sample
        pixels = ((decoded.clamp(-1, 1) + 1) * 127.5).to(torch.uint8)[0].permute(1, 2, 0)
    skip = ai.SkipLayerGuidance(layers=(1,), scale=2.5)
    found = drawn(model, prompt="a fox", preset="candle", steps=steps, seed=2, skip_layer_guidance=skip)
    picture = np.array(Image.open(io.BytesIO(found[0].data))).astype(int)
    assert abs(picture - pixels.numpy()).max() <= 1
    assert config.settle(
        ImageRequest(model="m", prompt="", preset="candle", skip_layer_guidance=True), model.variant, (32, 32)
    ).skip == ai.SkipLayerGuidance(scale=2.5)
    assert candle_schedule(4).sigmas.tolist() == pytest.approx([1.0, 0.9, 0.75, 0.5, 0.0])


def test_bytes_are_rounded_and_truncated_in_the_preset():
    pixels = torch.tensor([[[[-2.0, -1.0, 0.0, 0.999, 3.0]]] * 3]).reshape(1, 3, 1, 5)
    assert to_bytes(pixels)[0, :, 0].tolist() == [0, 0, 128, 255, 255]
    assert to_bytes(pixels, truncated=True)[0, :, 0].tolist() == [0, 0, 127, 254, 255]


def test_latents_outside_of_the_mask_are_those_of_the_picture(sd3: Path):
    model = load(sd3)
    settings = config.settle(ImageRequest(model="m", prompt="a", steps=4, guidance=1.0), model.variant, model.size)
    mask = torch.zeros(1, 1, 16, 16)
    mask[..., 8:] = 1
    source = Source(torch.randn(1, 4, 16, 16), mask)
    with torch.inference_mode():
        run = sampling(model, settings, make_schedule(4, model.curve), first=1, source=source)
        found = denoise(loaded(model.transformer), run, noise(model, settings, 3), lambda *step: None)
    torch.testing.assert_close(found[..., :8], source.latents[..., :8])
    assert (found[..., 8:] - source.latents[..., 8:]).abs().mean() > 0.1


@pytest.mark.parametrize(("strength", "first"), [(1.0, 0), (0.7, 3), (0.3, 7), (0.35, 6), (0.1, 9), (0.001, 9)])
def test_the_first_step_at_a_strength_is_that_of_diffusers(strength: float, first: int):
    from diffusers import StableDiffusion3Img2ImgPipeline

    assert make_schedule(10, Curve()).start(strength) == first

    class Scheduler:
        order = 1
        timesteps = torch.arange(10)

        def set_begin_index(self, number: int) -> None:
            self.first = number

    class Pipeline:
        scheduler = Scheduler()

    taken, _ = StableDiffusion3Img2ImgPipeline.get_timesteps(Pipeline(), 10, strength, "cpu")
    assert len(taken) == 10 - first
