"""The variants of Stable Diffusion 3 as rows, and the checked settings of one request."""

from __future__ import annotations

import re
import secrets
from typing import Final

import msgspec
from fluent_ai.errors import ConfigError
from fluent_ai.verbs.image import ImageRequest, SkipLayerGuidance, sides

UNIT: Final = 16
"""Sides of a picture are multiples of this many pixels: 8 a latent, 2 latents a patch."""
MOST_IMAGES: Final = 100
ATTENTIONS: Final = ("flash", "efficient", "math")
CANDLE_SKIP_SCALE: Final = 2.5
_SEEDS: Final = 2**63
_REFUSED: Final = ("quality", "background")


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one published model: what it is asked by default, and the shape of its transformer."""

    id: str
    name: str
    repository: str
    steps: int = 28
    guidance: float = 4.0
    skips_layers: bool = False
    layers: int = 24
    """Also the number of attention heads, each 64 wide, where there is a repository."""
    qk_norm: str | None = None
    dual_attention: int = 0
    """How many of the first layers have a second attention."""
    positions: int = 192
    """The most patches that a side may have."""

    @property
    def transformer_config(self) -> dict[str, object]:
        """The configuration of diffusers' SD3Transformer2DModel."""
        return {
            "sample_size": 128,
            "patch_size": 2,
            "in_channels": 16,
            "out_channels": 16,
            "num_layers": self.layers,
            "num_attention_heads": self.layers,
            "attention_head_dim": 64,
            "caption_projection_dim": 64 * self.layers,
            "joint_attention_dim": 4096,
            "pooled_projection_dim": 2048,
            "pos_embed_max_size": self.positions,
            "qk_norm": self.qk_norm,
            "dual_attention_layers": tuple(range(self.dual_attention)),
        }


TINY: Final = "tiny-sd3"
"""Drawn by weights that come with the package: handwritten digits."""
_SAI: Final = "stabilityai/stable-diffusion-3"
VARIANTS: Final = {
    row.id: row
    for row in (
        Variant(id=TINY, name="Tiny SD3", repository="", steps=20, layers=4, qk_norm="rms_norm", positions=16),
        Variant(id="sd3-medium", name="Stable Diffusion 3 Medium", repository=f"{_SAI}-medium-diffusers"),
        Variant(
            id="sd3.5-medium",
            name="Stable Diffusion 3.5 Medium",
            repository=f"{_SAI}.5-medium",
            skips_layers=True,
            qk_norm="rms_norm",
            dual_attention=13,
            positions=384,
        ),
        Variant(
            id="sd3.5-large",
            name="Stable Diffusion 3.5 Large",
            repository=f"{_SAI}.5-large",
            layers=38,
            qk_norm="rms_norm",
        ),
        Variant(
            id="sd3.5-large-turbo",
            name="Stable Diffusion 3.5 Large Turbo",
            repository=f"{_SAI}.5-large-turbo",
            steps=4,
            guidance=1.0,
            layers=38,
            qk_norm="rms_norm",
        ),
    )
}


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """One request with nothing left open. `shift` is None where the model's own scheduler says it."""

    prompt: str
    negative_prompt: str
    width: int
    height: int
    seed: int
    n: int
    steps: int
    guidance: float
    shift: float | None
    skip: SkipLayerGuidance | None
    strength: float
    previews: int
    candle: bool
    attention: str | None = None
    """Left to torch where it is None."""

    @property
    def guided(self) -> bool:
        """Whether the unconditioned prediction is needed: at a guidance of 1 or less it is not."""
        return self.guidance > 1

    def __repr__(self) -> str:
        return f"Settings({self.width}x{self.height}, n={self.n}, steps={self.steps})"


def check(request: ImageRequest) -> None:
    """What is refused whatever the model. Raises ConfigError naming the argument, its value and what is allowed."""
    for name in ("extra_body", "extra_headers"):
        if getattr(request, name):
            raise _wrong(f"{name} is given; the local engine sends no request")
    for name in _REFUSED:
        if getattr(request, name) is not None:
            raise _wrong(f"{name} is {getattr(request, name)!r}; the local engine has no such option")
    if request.format not in (None, "png"):
        raise _wrong(f"format is {request.format!r}; allowed: png")
    if request.preset not in (None, "candle"):
        raise _wrong(f"preset is {request.preset!r}; allowed: candle")
    for name in ("prompt", "negative_prompt"):
        surrogate = re.search("[\ud800-\udfff]", getattr(request, name) or "")
        if surrogate is not None:
            raise _wrong(f"{name} has half a surrogate pair at position {surrogate.start()}; allowed: whole characters")
    if request.attention not in (None, *ATTENTIONS):
        raise _wrong(f"attention is {request.attention!r}; allowed: {', '.join(ATTENTIONS)}")
    if request.n is not None and request.n > MOST_IMAGES:
        raise _wrong(f"n is {request.n:,}; allowed: 1 to {MOST_IMAGES}")
    if request.seed is not None and request.seed + (request.n or 1) > _SEEDS:
        raise _wrong(f"seed is {request.seed}; allowed: 0 to 2**63 - n, because image i is drawn with seed + i")
    if len(request.images) > 1:
        raise _wrong(f"images holds {len(request.images)}; allowed: one")
    if any(part.url is not None for part in (*request.images, *((request.mask,) if request.mask else ()))):
        raise _wrong("an image is given by URL; the local engine fetches nothing: pass its bytes or its path")
    if request.size is not None:
        check_size(*sides(request.size), UNIT, None)


def check_size(width: int, height: int, unit: int, most: int | None) -> None:
    """Sides are multiples of `unit` pixels, and at most `most` of these. Raises ConfigError."""
    for side in (width, height):
        if side % unit or (most is not None and side > unit * most):
            limit = "" if most is None else f", up to {unit * most:,}"
            raise _wrong(f"size is {width}x{height}; allowed: multiples of {unit} pixels{limit}")


def settle(request: ImageRequest, variant: Variant, size: tuple[int, int]) -> Settings:
    """The settings of a checked request: what it leaves open is as the variant has it; `size` likewise, in pixels."""
    candle = request.preset == "candle"
    width, height = sides(request.size) if request.size is not None else size
    skip = request.skip_layer_guidance or None
    if skip is True:
        skip = SkipLayerGuidance(scale=CANDLE_SKIP_SCALE) if candle else SkipLayerGuidance()
    return Settings(
        prompt=request.prompt,
        negative_prompt=request.negative_prompt or "",
        width=width,
        height=height,
        seed=secrets.randbits(32) if request.seed is None else request.seed,
        n=request.n or 1,
        steps=request.steps or variant.steps,
        guidance=variant.guidance if request.guidance is None else request.guidance,
        shift=request.time_shift,
        skip=skip,
        strength=1.0 if request.strength is None else request.strength,
        previews=request.partial_images or 0,
        candle=candle,
        attention=request.attention,
    )


def doubts(settings: Settings, variant: Variant) -> list[str]:
    """What a request asks for that is not going to help, as sentences for people."""
    found = []
    if settings.negative_prompt and not settings.guided:
        found.append(f"negative_prompt has no effect at a guidance of {settings.guidance:g}; it needs more than 1")
    if settings.skip is not None and not settings.guided:
        found.append(f"skip_layer_guidance has no effect at a guidance of {settings.guidance:g}; it needs more than 1")
    elif settings.skip is not None and not variant.skips_layers:
        found.append(f"skip_layer_guidance was made for sd3.5-medium; what it does to {variant.name} is not known")
    return found


def check_layers(skip: SkipLayerGuidance | None, depth: int) -> None:
    """Raises ConfigError for layers that a transformer of this depth does not have."""
    for layer in skip.layers if skip is not None else ():
        if layer >= depth:
            raise _wrong(f"skip_layer_guidance names layer {layer}; allowed: 0 to {depth - 1}, as the model has them")


def _wrong(message: str) -> ConfigError:
    return ConfigError(message, provider="local")
