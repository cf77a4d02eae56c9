"""A request as pictures: encode, denoise step by step, decode. One picture after another, each from its own seed.

Pictures are not batched: a picture then is the same, bit by bit, whatever its neighbours, memory does not grow with
their number, and the first is there as soon as it can be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import torch
from fluent_ai.content.events import Progress, StreamStart, Warned
from fluent_ai.errors import StageFailed
from fluent_ai.interfaces import Emit
from fluent_ai.verbs.image import GeneratedImage, ImageItem, ImageRequest, PartialImage
from torch import Tensor

from fluent_ai_local.catalog.attend import hold
from fluent_ai_local.images import config
from fluent_ai_local.images.config import Settings
from fluent_ai_local.images.guidance import skips, velocity
from fluent_ai_local.images.memory import Plan, free_memory, plan
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.modules import Encoded
from fluent_ai_local.images.pictures import read_mask, read_picture, write_png
from fluent_ai_local.images.schedule import Curve, Schedule, candle_schedule, make_schedule
from fluent_ai_local.images.stages import stage
from fluent_ai_local.images.text import CLIP_TOKENS, ENCODERS, T5_TOKENS
from fluent_ai_local.images.vae import decode, tiles, to_bytes

PNG: Final = "image/png"


class Source:
    """What a picture is made from, other than noise: latents of a picture, and where these may change."""

    def __init__(self, latents: Tensor, mask: Tensor | None) -> None:
        self.latents = latents
        self.mask = mask


@torch.inference_mode()
def draw(model: StableDiffusion3, request: ImageRequest, emit: Emit[ImageItem]) -> None:
    """Emit the pictures of a checked request, with previews and progress before each.

    Raises ConfigError for what this model does not take, StageFailed, OutOfMemory, and what `emit` raises.
    """
    settings = config.settle(request, model.variant, model.size)
    config.check_size(settings.width, settings.height, model.unit, model.transformer.positions)
    config.check_layers(settings.skip, model.transformer.depth)
    schedule = _schedule(model, settings)
    first = schedule.start(settings.strength) if request.images else 0
    tokens = CLIP_TOKENS + (CLIP_TOKENS if settings.candle else T5_TOKENS)
    itemsize = next(model.transformer.module.parameters()).element_size()
    memory = plan(model, settings, tokens, itemsize, free_memory(model.device))
    emit(StreamStart(model=request.model, provider="local"))
    for doubt in config.doubts(settings, model.variant):
        emit(Warned(doubt))
    positive, negative = encode(model, settings, emit)
    with stage("VAE encoding", request.model, model.weight + memory.peak):
        source = _source(model, request, settings)
    steps = len(schedule) - first
    for number in range(settings.n):
        seed = settings.seed + number
        before = Progress("denoise", number * steps, settings.n * steps)
        emit(before)
        with stage("sampling", request.model, model.weight + memory.peak):
            latents = denoise(
                model,
                schedule,
                first,
                noise(model, settings, seed),
                (positive, negative),
                settings,
                source,
                _teller(model, settings, schedule, first, before, emit),
            )
        emit(_finished(model, settings, latents, number, memory, emit))


def encode(model: StableDiffusion3, settings: Settings, emit: Emit[ImageItem]) -> tuple[Encoded, Encoded | None]:
    """The prompt, and the one to stay away from where there is guidance."""
    emit(Progress("encode", 0, ENCODERS))
    prompts = [settings.prompt, settings.negative_prompt] if settings.guided else [settings.prompt]
    tokens = CLIP_TOKENS if settings.candle else T5_TOKENS
    with hold(model.text.lock, emit), stage("text encoding", model.variant.id, model.weight):
        read = model.text.encode(prompts, tokens, lambda done: emit(Progress("encode", done, ENCODERS)))
    for warning in dict.fromkeys(warning for each in read for warning in each.warnings):
        emit(Warned(warning))
    return read[0].encoded, read[1].encoded if settings.guided else None


def noise(model: StableDiffusion3, settings: Settings, seed: int) -> Tensor:
    """Drawn on the CPU, so that a seed means the same on every device (1, channels, height, width)."""
    factor = model.vae.factor
    shape = (1, model.transformer.channels, settings.height // factor, settings.width // factor)
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed)).to(model.device)


def denoise(
    model: StableDiffusion3,
    schedule: Schedule,
    first: int,
    noise: Tensor,
    text: tuple[Encoded, Encoded | None],
    settings: Settings,
    source: Source | None,
    told: Callable[[int, Tensor, Tensor], None],
) -> Tensor:
    """Latents from noise, by the steps from `first` on.

    `told` hears after each step its number, from 0, the latents before it and the velocity. Raises StageFailed for
    latents that are not finite, and what `told` raises.
    """
    positive, negative = text
    dtype = positive.context.dtype
    latents = noise if source is None else schedule.noised(first, source.latents, noise)
    timesteps = schedule.timesteps.to(model.device)
    for number in range(first, len(schedule)):
        skip = settings.skip if skips(settings.skip, number, len(schedule)) else None
        direction = velocity(
            model.transformer, latents.to(dtype), timesteps[number], positive, negative, settings.guidance, skip
        )
        before, latents = latents, schedule.step(number, latents, direction.float())
        if source is not None and source.mask is not None:
            kept = schedule.noised(number + 1, source.latents, noise)
            latents = source.mask * latents + (1 - source.mask) * kept
        if not latents.isfinite().all():
            raise StageFailed(f"the latents are not finite after step {number + 1}", stage="sampling")
        told(number, before, direction)
    return latents


def _schedule(model: StableDiffusion3, settings: Settings) -> Schedule:
    if settings.candle:
        return candle_schedule(settings.steps, 3.0 if settings.shift is None else settings.shift)
    curve = model.curve if settings.shift is None else Curve(shift=settings.shift)
    patches = (settings.height // model.unit) * (settings.width // model.unit)
    return make_schedule(settings.steps, curve, mu=curve.mu(patches))


def _source(model: StableDiffusion3, request: ImageRequest, settings: Settings) -> Source | None:
    if not request.images:
        return None
    size = settings.width, settings.height
    pixels = read_picture(request.images[0], "images[0]", size)
    mask = None
    if request.mask is not None:
        whole = read_mask(request.mask, size)
        mask = torch.nn.functional.interpolate(whole, scale_factor=1 / model.vae.factor, mode="area").to(model.device)
    return Source(model.vae.encode(pixels.to(model.device)).float(), mask)


def _teller(
    model: StableDiffusion3,
    settings: Settings,
    schedule: Schedule,
    first: int,
    before: Progress,
    emit: Emit[ImageItem],
) -> Callable[[int, Tensor, Tensor], None]:
    """Says after each step how far it is, and shows what comes of it at even distances."""
    steps = len(schedule) - first
    shown = {first + steps * (index + 1) // (settings.previews + 1) - 1 for index in range(settings.previews)}
    order = {step: index for index, step in enumerate(sorted(step for step in shown if step >= first))}

    def told(number: int, latents: Tensor, direction: Tensor) -> None:
        emit(Progress("denoise", before.done + number - first + 1, before.total))
        if number in order:
            rough = model.previews().draw(schedule.clean(number, latents, direction), model.vae.factor)
            emit(PartialImage(order[number], write_png(to_bytes(rough), {}), PNG))

    return told


def _finished(
    model: StableDiffusion3, settings: Settings, latents: Tensor, number: int, memory: Plan, emit: Emit[ImageItem]
) -> GeneratedImage:
    count = len(tiles(latents.shape[2], latents.shape[3], memory.tile))

    def told(done: int) -> None:
        emit(Progress("decode", number * count + done, settings.n * count))

    told(0)
    with stage("VAE decoding", model.variant.id, model.weight + memory.peak):
        pixels = to_bytes(decode(model.vae, latents, memory.tile, told), truncated=settings.candle)
    seed = settings.seed + number
    facts = {"Software": "fluent-ai", "model": model.variant.id, "seed": str(seed), "steps": str(settings.steps)}
    facts |= {"guidance": f"{settings.guidance:g}"}
    return GeneratedImage(data=write_png(pixels, facts), media_type=PNG, seed=seed)
