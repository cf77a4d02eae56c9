"""What a model would see of a picture, and what that costs, before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from fluent_ai.content.files import load
from fluent_ai.content.media_policy import MediaMode, MediaPolicy, read_media
from fluent_ai.content.model_names import ModelName, split_model
from fluent_ai.content.parts import ImagePart, PathLike
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.picture_tokens import Size, seen, tokens
from fluent_ai.media.fitting import UNKNOWN, wanted_size
from fluent_ai.media.resizing import as_picture, measure
from fluent_ai.providers.table import KNOWN_PROVIDERS

if TYPE_CHECKING:
    from fluent_ai.registry import Registry


class PicturePreview(msgspec.Struct, frozen=True, kw_only=True):
    """A picture and a model. Sizes are width and height in pixels; None means unknown."""

    size: Size
    """The picture's own size."""
    sent: Size
    """The size in which it is sent by the policy that was asked for."""
    seen: Size
    """The size in which the model sees what is sent."""
    tokens: int | None
    """What that counts as, in input tokens."""
    tokens_unchanged: int | None
    """What the picture counts as if it is sent as it is."""
    cost: float | None
    """The price of `tokens`, in US dollars."""
    source: str | None
    """The page of the provider that says how it counts."""


def preview(
    model: ModelName,
    picture: bytes | PathLike | ImagePart,
    *,
    media: MediaMode | MediaPolicy = "auto",
    registry: Registry | None = None,
) -> PicturePreview:
    """What the model sees of the picture, in how many tokens, and their price. Sends nothing and decodes nothing.

    `registry` knows the prices; by default `fluent_ai.models`. Raises ConfigError for an unknown provider, for what is
    no picture, for a URL, and where Pillow is not installed.

        ai.media.preview("anthropic:claude-sonnet-4-5", "photo.jpg").tokens
    """
    provider, model_id = split_model(model)
    manifest = KNOWN_PROVIDERS.get(provider)
    part = as_picture(picture)
    size = measure(load(part)[0]).size
    rule = manifest.pictures_for(model_id) or UNKNOWN
    policy = read_media(media)
    sent = wanted_size(size, rule, policy) if policy is not None and policy.mode == "auto" else size
    count = tokens(rule, sent, part.detail)
    return PicturePreview(
        size=size,
        sent=sent,
        seen=seen(rule, sent),
        tokens=count,
        tokens_unchanged=tokens(rule, size, part.detail),
        cost=None if count is None else _price(model, count, registry),
        source=rule.source or None,
    )


def _price(model: ModelName, count: int, registry: Registry | None) -> float | None:
    from fluent_ai.registry.shared import default

    try:
        return (registry or default).estimate(model, count).total
    except ConfigError:  # a model that is not in the catalog
        return None
