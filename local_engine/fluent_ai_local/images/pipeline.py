"""A request as pictures: encode, denoise step by step, decode. One picture after another, each from its own seed.

Pictures are not batched: a picture then is the same, bit by bit, whatever its neighbours, memory does not grow with
their number, and the first is there as soon as it can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Final

import torch
from fluent_ai.content.events import Ping, Progress, StreamStart, Warned
from fluent_ai.errors import StageFailed
from fluent_ai.interfaces import Emit
from fluent_ai.verbs.image import GeneratedImage, ImageItem, ImageRequest, PartialImage
from torch import Tensor

from fluent_ai_local.catalog.attend import attended, hold
from fluent_ai_local.catalog.freed_memory import trim
from fluent_ai_local.images import config
from fluent_ai_local.images.attention import Attention, find_kernel
from fluent_ai_local.images.config import Settings
from fluent_ai_local.images.memory.allocator import ALLOCATOR, HOLES
from fluent_ai_local.images.memory.ledger import ledger_of
from fluent_ai_local.images.memory.plan import Plan, make_plan
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.modules import Encoded, Vae
from fluent_ai_local.images.parts import Loading
from fluent_ai_local.images.pictures import read_source, write_png
from fluent_ai_local.images.sampling import Sampling, Source, denoise, draw_noise
from fluent_ai_local.images.schedule import Curve, Schedule, candle_schedule, make_schedule
from fluent_ai_local.images.stages import infer, stage
from fluent_ai_local.images.text import CLIP_TOKENS, ENCODERS, T5_TOKENS
from fluent_ai_local.images.vae import Previews, decode, tiles, to_bytes

PNG: Final = "image/png"


def draw(model: StableDiffusion3, request: ImageRequest, emit: Emit[ImageItem]) -> None:
    """Emit the pictures of a checked request, with previews and progress before each.

    Raises ConfigError for what this model does not take, StageFailed, OutOfMemory, and what `emit` raises.
    """
    settings = config.settle(request, model.variant, model.size)
    config.check_size(settings.width, settings.height, model.unit, model.transformer.facts.positions)
    config.check_layers(settings.skip, model.transformer.facts.depth)
    if settings.attention is not None:
        find_kernel(settings.attention, model.device, model.dtype)
    with ExitStack() as held:
        plan = held.enter_context(_planned(model, settings, emit))
        if plan.offload == "none":
            loading = Loading(sum(part.weight - part.in_memory for part in model.resident))
            for part in model.resident:
                held.enter_context(part.used("kept", emit, loading))
        Drawing(model, request, settings, plan, emit).run()


@contextmanager
def _planned(model: StableDiffusion3, settings: Settings, emit: Emit[Ping | Progress]) -> Iterator[Plan]:
    """How the request is drawn. Its memory is its own until it ends; where that is short, tensors leave no holes."""

    def make(available: float) -> Plan:
        return attended(lambda told: make_plan(model, settings, available), emit, name="plan")

    with ExitStack() as held:
        plan, available = held.enter_context(ledger_of(model.device).promised(model, make, emit))
        if available < HOLES * plan.peak:
            held.enter_context(ALLOCATOR.exact())
        yield plan


class Drawing:
    """One request while it is drawn."""

    def __init__(
        self,
        model: StableDiffusion3,
        request: ImageRequest,
        settings: Settings,
        plan: Plan,
        emit: Emit[ImageItem],
    ) -> None:
        self._model = model
        self._request = request
        self._settings = settings
        self._plan = plan
        self._emit = emit

    @torch.inference_mode()
    def run(self) -> None:
        """Where parts of the model come and go, all pictures are sampled before any is decoded."""
        model, settings, stay = self._model, self._settings, self._plan.stay
        self._emit(StreamStart(model=self._request.model, provider="local"))
        for doubt in config.doubts(settings, model.variant):
            self._emit(Warned(doubt))
        positive, negative = encode(model, settings, self._plan, self._emit)
        schedule = _schedule(model, settings)
        sampling = Sampling(
            settings=settings,
            schedule=schedule,
            first=schedule.start(settings.strength) if self._request.images else 0,
            positive=positive,
            negative=negative,
            source=self._source(),
            together=self._plan.together,
        )
        numbers = range(settings.n)
        for group in [[number] for number in numbers] if self._plan.offload == "none" else [list(numbers)]:
            with (
                self._previews() as previews,
                model.transformer.used(stay, self._emit, Loading(model.transformer.weight)) as transformer,
            ):
                found = []
                for number in group:
                    told = self._teller(sampling, number, previews)
                    with stage("sampling", self._request.model, self._plan.peak), self._attention():
                        found.append(denoise(transformer, sampling, noise(model, settings, number), told))
            trim()  # of the heap that sampling leaves, decoding, whose tensors are larger, has no use
            with model.vae.used(stay, self._emit, Loading(model.vae.weight)) as vae:
                for number, latents in zip(group, found, strict=True):
                    self._emit(self._finished(vae, latents, number))

    def _source(self) -> Source | None:
        if not self._request.images:
            return None
        model, size = self._model, (self._settings.width, self._settings.height)
        given, mask = read_source(self._request.images[0], self._request.mask, size)
        pixels = given.to(model.device)
        if mask is not None:
            factor = 1 / model.vae.facts.factor
            mask = torch.nn.functional.interpolate(mask, scale_factor=factor, mode="area").to(model.device)
        with (
            model.vae.used(self._plan.stay, self._emit, Loading(model.vae.weight)) as vae,
            stage("VAE encoding", self._request.model, self._plan.peak),
        ):
            latents = infer(lambda: vae.encode(pixels).float(), self._emit, name="encode a picture")
        if not latents.isfinite().all():
            raise StageFailed("the latents of the image are not finite", stage="VAE encoding")
        return Source(latents, mask)

    @contextmanager
    def _previews(self) -> Iterator[Previews | None]:
        """What draws previews: the decoder that was given for them, else a linear map."""
        model = self._model
        if not self._settings.previews:
            yield None
        elif model.tiny is not None:
            with model.tiny.used("kept", self._emit, Loading(model.tiny.weight)) as tiny:
                yield tiny
        else:
            with (
                model.vae.used(self._plan.stay, self._emit, Loading(model.vae.weight)) as vae,
                stage("VAE decoding", self._request.model, self._plan.peak),
            ):
                linear = model.linear_previews(vae)
            yield linear

    def _attention(self) -> AbstractContextManager[object]:
        name, model = self._settings.attention, self._model
        return nullcontext() if name is None else Attention(find_kernel(name, model.device, model.dtype))

    def _teller(
        self, sampling: Sampling, picture: int, previews: Previews | None
    ) -> Callable[[int, Tensor, Tensor], None]:
        """Says after each step how far it is, and shows what comes of it at even distances."""
        first, steps, wanted = sampling.first, sampling.steps, self._settings.previews
        shown = {first + steps * (index + 1) // (wanted + 1) - 1 for index in range(wanted)}
        order = {step: index for index, step in enumerate(sorted(step for step in shown if step >= first))}
        total = self._settings.n * steps
        self._emit(Progress("denoise", picture * steps, total))

        def told(number: int, latents: Tensor, direction: Tensor) -> None:
            self._emit(Progress("denoise", picture * steps + number - first + 1, total))
            if previews is not None and number in order:
                clean = sampling.schedule.clean(number, latents, direction)
                rough = to_bytes(previews.draw(clean, self._model.vae.facts.factor))
                self._emit(PartialImage(order[number], write_png(rough, {}), PNG))

        return told

    def _finished(self, vae: Vae, latents: Tensor, number: int) -> GeneratedImage:
        settings, model = self._settings, self._model.variant.id
        count = len(tiles(latents.shape[2], latents.shape[3], self._plan.tile))

        def told(done: int) -> None:
            self._emit(Progress("decode", number * count + done, settings.n * count))

        told(0)
        with stage("VAE decoding", model, self._plan.peak):
            pixels = to_bytes(decode(vae, latents, self._plan.tile, told), truncated=settings.candle)
        seed = settings.seed + number
        facts = {"Software": "fluent-ai", "model": model, "seed": str(seed), "steps": str(settings.steps)}
        facts |= {"guidance": f"{settings.guidance:g}"}
        return GeneratedImage(data=write_png(pixels, facts), media_type=PNG, seed=seed)


def encode(
    model: StableDiffusion3, settings: Settings, plan: Plan, emit: Emit[ImageItem]
) -> tuple[Encoded, Encoded | None]:
    """The prompt, and the one to stay away from where there is guidance."""
    emit(Progress("encode", 0, ENCODERS))
    prompts = [settings.prompt, settings.negative_prompt] if settings.guided else [settings.prompt]
    tokens = CLIP_TOKENS if settings.candle else T5_TOKENS
    loading = Loading(sum(part.weight for part in model.text.clips))
    with hold(model.text.lock, emit), stage("text encoding", model.variant.id, plan.peak):
        read = model.text.encode(prompts, tokens, plan.stay, emit, loading)
    for warning in dict.fromkeys(warning for each in read for warning in each.warnings):
        emit(Warned(warning))
    return read[0].encoded, read[1].encoded if settings.guided else None


def noise(model: StableDiffusion3, settings: Settings, number: int) -> Tensor:
    """What picture `number` of a request begins as."""
    factor = model.vae.facts.factor
    height, width = settings.height // factor, settings.width // factor
    return draw_noise(model.transformer.facts.channels, height, width, settings.seed + number, model.device)


def _schedule(model: StableDiffusion3, settings: Settings) -> Schedule:
    if settings.candle:
        return candle_schedule(settings.steps, 3.0 if settings.shift is None else settings.shift)
    curve = model.curve if settings.shift is None else Curve(shift=settings.shift)
    patches = (settings.height // model.unit) * (settings.width // model.unit)
    return make_schedule(settings.steps, curve, mu=curve.mu(patches))
