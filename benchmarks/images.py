"""Seconds for each stage of a local picture, and for the same picture by diffusers' own pipeline, in one run.

    python benchmarks/images.py [--steps 20] [--rounds 15]

Both draw with `tiny-sd3` on the CPU, from the same files and noise. Seconds are those of the CPU clock, in one thread,
because other programs slow the clock on the wall down by as much as they like. `bare` is the transformer alone, called
as often with the same inputs. Works alternate, and a ratio is the median of those of neighbours in time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from contextlib import ExitStack
from statistics import median

import diffusers
import torch
import transformers
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.images import config, pipeline, places
from fluent_ai_local.images.loaded import ImageModels
from fluent_ai_local.images.memory.plan import make_plan
from fluent_ai_local.images.modules import Encoded
from fluent_ai_local.images.parts import Loading
from fluent_ai_local.images.sampling import Sampling, denoise
from fluent_ai_local.images.schedule import make_schedule
from fluent_ai_local.images.vae import decode

PARTS = {
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


def ignore(item: object) -> None:
    pass


def theirs() -> Callable[..., object]:
    """diffusers' own pipeline, from the same files."""
    folder = places.locate(config.TINY)
    diffusers.logging.set_verbosity_error()
    transformers.logging.set_verbosity_error()
    loaded = {
        name: kind.from_pretrained(folder / name, **({} if "tokenizer" in name else {"torch_dtype": torch.float32}))
        for name, kind in PARTS.items()
        if name != "scheduler"
    }
    loaded["scheduler"] = PARTS["scheduler"].from_pretrained(folder / "scheduler")
    made = diffusers.StableDiffusion3Pipeline(**loaded)
    made.set_progress_bar_config(disable=True)
    return made


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def ratio(took: dict[str, list[float]], one: str, other: str) -> float:
    return median(mine / its for mine, its in zip(took[one], took[other], strict=True))


@torch.inference_mode()
def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    torch.set_num_threads(1)
    start = time.perf_counter()
    model = ImageModels("cpu").get(config.TINY, ignore)
    opening = time.perf_counter() - start
    pipeline_of_theirs = theirs()
    request = ImageRequest(model=config.TINY, prompt="a seven", steps=given.steps, seed=1)
    settings = config.settle(request, model.variant, model.size)
    plan = make_plan(model, settings, float("inf"))
    with ExitStack() as held:
        transformer = held.enter_context(model.transformer.used("kept", ignore, Loading(0)))
        vae = held.enter_context(model.vae.used("kept", ignore, Loading(0)))
        positive, negative = pipeline.encode(model, settings, plan, ignore)
    assert negative is not None
    schedule = make_schedule(given.steps, model.curve)
    sampling = Sampling(settings=settings, schedule=schedule, first=0, positive=positive, negative=negative)
    noise = pipeline.noise(model, settings, 0)
    latents = denoise(transformer, sampling, noise, lambda *step: None)
    both = noise.expand(2, -1, -1, -1)
    asked = {"height": 32, "width": 32, "num_inference_steps": given.steps, "guidance_scale": 4.0}
    pair = Encoded(torch.cat([negative.context, positive.context]), torch.cat([negative.pooled, positive.pooled]))
    works: dict[str, Callable[[], object]] = {
        "denoise": lambda: denoise(transformer, sampling, noise, lambda *step: None),
        "bare": lambda: [transformer.predict(both, step, pair) for step in schedule.timesteps],
        "decode": lambda: decode(vae, latents, None, ignore),
        "whole": lambda: pipeline.draw(model, request, ignore),
        "diffusers": lambda: pipeline_of_theirs("a seven", max_sequence_length=12, **asked),
    }
    took: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for number in range(given.rounds):
        for name in list(works) if number % 2 else reversed(works):
            took[name].append(seconds(works[name]))
    print(f"{given.steps} steps, {given.rounds} rounds; opened in {opening:.2f} s")
    for name, all_of_it in took.items():
        print(f"{name:10} {min(all_of_it):7.3f} s")
    print(f"denoise takes {ratio(took, 'denoise', 'bare'):.3f} of the bare transformer's time")
    print(f"a whole picture takes {ratio(took, 'whole', 'diffusers'):.3f} of diffusers' time")


if __name__ == "__main__":
    main()
