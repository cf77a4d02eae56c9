"""Images: from text to pictures, and from pictures to other pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from fluent_ai.arguments import as_text, check_number, check_text, check_whole, unsupported
from fluent_ai.content.files import save
from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.content.parts import ImagePart, PathLike
from fluent_ai.content.requests import Request
from fluent_ai.content.results import Head, Note, Result, ResultFold
from fluent_ai.errors import ConfigError
from fluent_ai.verbs.base import Door, Extras, Target, Verb, common_options


class PartialImage(JsonStruct, frozen=True, gc=False):
    """An unfinished version of an image, complete as a file."""

    index: int
    """The position of this version among the unfinished ones, from 0."""
    data: bytes
    """The bytes of the image file."""
    media_type: str | None = None
    """The media type, such as `image/png`."""

    def save(self, path: PathLike) -> None:
        """Write the file. Raises ConfigError if it cannot be written."""
        save(self.data, path)

    def __repr__(self) -> str:
        return f"PartialImage({self.index}, {len(self.data)} bytes, {self.media_type!r})"


class GeneratedImage(JsonStruct, frozen=True, kw_only=True, gc=False):
    """A finished image: its bytes, or only a URL, if the provider sends no bytes. The URL is never fetched unasked."""

    data: bytes | None = None
    """The bytes of the image file."""
    url: str | None = None
    """The URL at which the provider keeps the image."""
    media_type: str | None = None
    """The media type, such as `image/png`."""
    revised_prompt: str | None = None
    """The prompt as the provider rewrote it."""
    seed: int | None = None
    """The seed that reproduces this image, if it is known."""

    def save(self, path: PathLike) -> None:
        """Write the file. Raises ConfigError if it cannot be written, or if the image is only a URL."""
        if self.data is None:
            raise ConfigError("the image is only a URL; fetch `url` from the provider and save the response")
        save(self.data, path)

    def __repr__(self) -> str:
        held = "a URL" if self.data is None else f"{len(self.data)} bytes"
        return f"GeneratedImage({held}, {self.media_type!r})"


class SkipLayerGuidance(JsonStruct, frozen=True, kw_only=True, gc=False):
    """Steps away from what the model would draw without some of its layers, which mends anatomy and composition.

    It holds while `start * steps < step < stop * steps`, steps counted from 0. Raises ConfigError for other values.
    """

    layers: tuple[int, ...] = (7, 8, 9)
    """The layers to leave out, from 0."""
    scale: float = 2.8
    """How far to step away."""
    start: float = 0.01
    """The share of the steps before it begins."""
    stop: float = 0.2
    """The share of the steps at which it ends."""

    def __post_init__(self) -> None:
        for layer in self.layers:
            check_number("layers", layer, int, 0, 1000)
        if not self.layers:
            raise ConfigError("layers is empty; allowed: the numbers of at least one layer")
        check_number("scale", self.scale, float, 0, 100)
        check_number("start", self.start, float, 0, 1)
        check_number("stop", self.stop, float, self.start, 1)


ImageItem: TypeAlias = PartialImage | GeneratedImage | Note


class Images(Result, frozen=True, kw_only=True):
    """The finished images. It is a sequence of them."""

    images: tuple[GeneratedImage, ...] = ()
    """The finished images."""

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: int) -> GeneratedImage:
        return self.images[index]

    def __iter__(self) -> Iterator[GeneratedImage]:
        return iter(self.images)


class ImageOptions(Extras, total=False):
    """`images` are changed or used as references; `mask` marks the part of the first one to change.

    `size` is in pixels, such as `1024x1024`, or what the model has instead, such as `16:9`. `quality`, `background` and
    `format` are in the provider's terms. `partial_images` is how many unfinished ones may precede each finished one.
    """

    n: int | None
    """The number of images."""
    size: str | None
    """Pixels, such as `1024x1024`, or a ratio, such as `16:9`, depending on the model."""
    quality: str | None
    """The quality, in the provider's terms, such as `low` or `hd`."""
    background: str | None
    """The background, in the provider's terms, such as `transparent`."""
    format: str | None
    """The file type, such as `png` or `webp`."""
    seed: int | None
    """Makes the image repeatable, if the provider supports that."""
    negative_prompt: str | None
    """What the image should not show."""
    images: Sequence[ImagePart] | None
    """Images to change, or to use as references."""
    mask: ImagePart | None
    """The part of the first of `images` to change."""
    partial_images: int | None
    """The number of unfinished images that may precede each finished one, 0 to 3."""
    steps: int | None
    """The number of steps from noise to an image, for diffusion models here and at providers who take it."""
    guidance: float | None
    """How closely it follows the prompt. At 1 or less it ignores the negative prompt, and is twice as fast."""
    strength: float | None
    """How far it may depart from `images`: above 0, up to 1, which keeps nothing of them."""
    time_shift: float | None
    """Values above 1 spend more of the steps where there is much noise."""
    skip_layer_guidance: SkipLayerGuidance | bool | None
    """True, or in detail, to step away from what it would draw without some of its layers."""
    preset: Literal["candle"] | None
    """Whose example is followed exactly where implementations differ."""
    attention: Literal["flash", "efficient", "math"] | None
    """The kernel for attention of a model in this process, where torch should not choose one itself."""


_DIFFUSION = ("steps", "guidance", "strength", "time_shift", "skip_layer_guidance", "preset", "attention")
"""Options of models in this process. Of providers, those take them whose routes name them in `media.diffusion`."""


class ImageRequest(Request, frozen=True, kw_only=True):
    """A checked request."""

    prompt: str
    n: int | None = None
    size: str | None = None
    quality: str | None = None
    background: str | None = None
    format: str | None = None
    seed: int | None = None
    negative_prompt: str | None = None
    images: tuple[ImagePart, ...] = ()
    mask: ImagePart | None = None
    partial_images: int | None = None
    steps: int | None = None
    guidance: float | None = None
    strength: float | None = None
    time_shift: float | None = None
    skip_layer_guidance: SkipLayerGuidance | bool | None = None
    preset: str | None = None
    attention: str | None = None


def _build(target: Target, prompt: str, options: Mapping[str, Any]) -> list[ImageRequest]:
    found = as_text(prompt, "prompt")
    given = common_options(target, "images", options, tuple(ImageOptions.__annotations__))
    for name in ("size", "quality", "background", "format", "negative_prompt"):
        check_text(given, name)
    check_whole(given, "n", 1)
    check_whole(given, "seed", 0)
    if "partial_images" in given:
        check_number("partial_images", given["partial_images"], int, 0, 3)
    given["images"] = _parts(given.get("images", ()))
    if not isinstance(given.get("mask", None), ImagePart | None):
        raise ConfigError(f"mask is of type {type(given['mask']).__name__}; allowed: an ImagePart")
    if given.get("mask") is not None and not given["images"]:
        raise ConfigError("mask is given without images; allowed: only with the image that it belongs to")
    _check_diffusion(target, given)
    return [ImageRequest(prompt=found, **given)]


def _check_diffusion(target: Target, given: Mapping[str, Any]) -> None:
    for name in _DIFFUSION:
        if name in given and target.route.protocol != "worker" and name not in target.route.media.diffusion:
            raise unsupported(name, target.manifest.id)
    for name in ("preset", "attention"):
        check_text(given, name)
    for name, kind, low, high in (
        ("steps", int, 1, 1000),
        ("guidance", float, 0, 100),
        ("time_shift", float, 0.01, 100),
    ):
        if name in given:
            check_number(name, given[name], kind, low, high)
    if "strength" in given:
        if not check_number("strength", given["strength"], float, 0, 1):
            raise ConfigError("strength is 0; allowed: above 0, up to 1, because at 0 the image stays as it is")
        if not given["images"]:
            raise ConfigError("strength is given without images; allowed: together with the image to change")
    skip = given.get("skip_layer_guidance")
    if not isinstance(skip, SkipLayerGuidance | bool | None):
        raise ConfigError(
            f"skip_layer_guidance is of type {type(skip).__name__}; allowed: True, False or a SkipLayerGuidance"
        )


def _parts(images: object) -> tuple[ImagePart, ...]:
    if not isinstance(images, Sequence) or isinstance(images, str | bytes):
        raise ConfigError(f"images is of type {type(images).__name__}; allowed: a list of ImageParts")
    for index, part in enumerate(images):
        if not isinstance(part, ImagePart):
            raise ConfigError(f"images[{index}] is of type {type(part).__name__}; allowed: an ImagePart")
    return tuple(images)


def sides(size: str) -> tuple[int, int]:
    """Width and height in pixels. Raises ConfigError for any other size."""
    width, _, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal() and len(size) < 12 and int(width) and int(height)):
        raise ConfigError(f"size is {size!r}; allowed: width and height in pixels, as 1024x1024")
    return int(width), int(height)


def ratio(size: str) -> str:
    """An aspect ratio. Raises ConfigError for any other size."""
    if size != "auto" and not re.fullmatch(r"\d+(\.\d+)?:\d+(\.\d+)?", size, re.ASCII):
        raise ConfigError(f"size is {size!r}; allowed: width to height, as 16:9, or auto")
    return size


def _result(items: list[PartialImage | GeneratedImage], head: Head) -> Images:
    return Images(images=tuple(item for item in items if isinstance(item, GeneratedImage)), **head)


def image_fold() -> ResultFold[PartialImage | GeneratedImage, Images]:
    return ResultFold(_result)


IMAGE: Verb[str, ImageRequest, ImageItem, Images] = Verb(
    "images",
    _build,
    image_fold,
    Door(
        options=ImageOptions,
        answer="Images of what the prompt describes, or changed versions of `images=`.",
        stream="Unfinished images, if the model shows them; the progress of a local model; and the finished images.",
        kind="image",
        public=(Images, GeneratedImage, PartialImage, SkipLayerGuidance),
    ),
)
