"""How much memory a request needs, stage by stage, and what to do where it is not there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

import msgspec
import torch
from fluent_ai.errors import OutOfMemory
from torch import Tensor, nn

from fluent_ai_local.images.config import Settings
from fluent_ai_local.images.memory.activations import count
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.modules import Encoded
from fluent_ai_local.images.parts import Stay
from fluent_ai_local.images.text import CLIP_TOKENS, T5_TOKENS
from fluent_ai_local.images.vae import TILE

Offload: TypeAlias = Literal["none", "model", "group"]
_OFFLOADS: Final[tuple[Offload, ...]] = ("none", "model", "group")
"""From the quickest on."""
_SMALL: Final = 16 * 2**20
"""Bytes of each stage that are no tensors of the modules: small pieces of the heap, and code that is read when it is
first used. Measured: 8 to 22 MB.
"""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What stays in memory, and the bytes at the peak of each stage, weights included.

    `offload` is `none` where all components but T5 stay, `model` where each is there only in its stage, `group` where
    of the transformer and of T5 only the block that computes is. `together` says whether the two predictions of a step
    are one batch. `tile` is the side of the tiles to decode, in latents.
    """

    offload: Offload
    together: bool
    tile: int | None
    text: int
    sampling: int
    decoding: int

    @property
    def peak(self) -> int:
        return max(self.text, self.sampling, self.decoding)

    @property
    def stay(self) -> Stay:
        stays: dict[Offload, Stay] = {"none": "kept", "model": "freed", "group": "by groups"}
        return stays[self.offload]


def text_bytes(model: StableDiffusion3, tokens: int) -> int:
    """What T5 needs beside its weights to read a prompt."""
    if model.text.t5 is None:
        return 0
    t5 = model.text.t5.facts
    return _counted(model, t5.module, ("text", tokens), lambda: t5.encode(_empty(1, tokens, dtype=torch.long)))


def sampling_bytes(model: StableDiffusion3, settings: Settings, *, together: bool) -> int:
    """What a step needs beside the weights: two predictions at once where they are made together."""
    transformer, factor = model.transformer.facts, model.vae.facts.factor
    pictures, tokens = 2 if together else 1, _tokens(settings)
    latents = pictures, transformer.channels, settings.height // factor, settings.width // factor

    def run() -> None:
        text = Encoded(
            _empty(pictures, tokens, transformer.width, dtype=model.dtype),
            _empty(pictures, transformer.pooled, dtype=model.dtype),
        )
        transformer.predict(_empty(*latents, dtype=model.dtype), _empty(), text, transformer.repeated)

    return _counted(model, transformer.module, ("sampling", *latents, tokens), run, settings.attention)


def decoding_bytes(model: StableDiffusion3, height: int, width: int) -> int:
    """What decoding so many pixels at once needs beside the weights."""
    vae = model.vae.facts
    latents = 1, vae.channels, height // vae.factor, width // vae.factor
    return _counted(model, vae.module, ("decoding", *latents), lambda: vae.decode(_empty(*latents)))


def _counted(
    model: StableDiffusion3,
    module: nn.Module,
    what: tuple[object, ...],
    run: Callable[[], object],
    attention: str | None = None,
) -> int:
    key = (*what, attention)
    if key not in model.counted:
        model.counted[key] = count(module, run, model.device, attention)
    return model.counted[key]


def _empty(*shape: int, dtype: torch.dtype = torch.float32) -> Tensor:
    return torch.empty(shape, dtype=dtype, device="meta")


def _tokens(settings: Settings) -> int:
    return CLIP_TOKENS + (CLIP_TOKENS if settings.candle else T5_TOKENS)


def make_plan(model: StableDiffusion3, settings: Settings, available: float) -> Plan:
    """The quickest way to draw that fits into what is `available`, in bytes, weights that are loaded included.

    Raises OutOfMemory with the numbers where none does.
    """
    for offload in _OFFLOADS:
        found = _plan(model, settings, offload, available)
        if found.peak <= available:
            return found
    least = _plan(model, settings, _OFFLOADS[-1], 0)
    raise OutOfMemory(
        f"a picture of {settings.width}x{settings.height} needs {_shown(least.text)} to read the prompt, "
        f"{_shown(least.sampling)} to sample and {_shown(least.decoding)} to decode, with no more of the weights in "
        f"memory than compute; {_shown(available)} are free",
        estimate=least.peak,
        provider="local",
    )


def _plan(model: StableDiffusion3, settings: Settings, offload: Offload, available: float) -> Plan:
    """Of this way, whole pictures and both predictions at once where they fit."""
    text, sampling, decoding = (size + _SMALL for size in _weights(model, offload))
    both = sampling + sampling_bytes(model, settings, together=settings.guided)
    together = settings.guided and both <= available
    whole = decoding + decoding_bytes(model, settings.height, settings.width)
    sides = [min(side, TILE * model.vae.facts.factor) for side in (settings.height, settings.width)]
    tiled = decoding + decoding_bytes(model, *sides)
    in_tiles = whole > available and tiled < whole
    return Plan(
        offload=offload,
        together=together,
        tile=TILE if in_tiles else None,
        text=text + text_bytes(model, CLIP_TOKENS if settings.candle else T5_TOKENS),
        sampling=both if together else sampling + sampling_bytes(model, settings, together=False),
        decoding=tiled if in_tiles else whole,
    )


def _weights(model: StableDiffusion3, offload: Offload) -> tuple[int, int, int]:
    """Bytes of the weights in memory in the three stages."""
    t5 = model.text.t5
    if offload == "none":
        kept = sum(part.weight for part in model.resident)
        return kept + (t5.weight if t5 else 0), kept, kept
    clips = max(part.weight for part in model.text.clips)
    if offload == "model":
        return max(clips, t5.weight if t5 else 0), model.transformer.weight, model.vae.weight
    return max(clips, t5.group if t5 else 0), model.transformer.group, model.vae.weight


def _shown(size: float) -> str:
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
