"""What a provider says of pictures: which it takes, how far it scales them down, and as how many tokens they count."""

from __future__ import annotations

from typing import Literal

import msgspec

from fluent_ai.type_info import prepare

PictureFormat = Literal["gif", "heic", "heif", "jpeg", "png", "webp"]


class Pictures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the models whose ids match make of pictures in chat, according to `source`; the first match wins.

    A picture is scaled down until its sides are within `edge` and `short_edge`, then counted: in `tiles` with `side`
    pixels, each of which is worth `each` tokens beside `base`; in `patches` with `side` pixels, `most` at most, each
    worth `factor` tokens; or in `crops` of at most `side` pixels that follow its proportion, each worth `each`.
    """

    models: tuple[str, ...] = ("*",)
    """Shell patterns of model ids."""
    source: str
    """The URL of the page that says so."""
    formats: tuple[PictureFormat, ...] = ()
    """The formats that are taken; none where that is not known."""
    max_edge: int | None = None
    """Pictures with more pixels on a side are refused."""
    max_bytes: int | None = None
    """Larger files are refused, in bytes."""
    edge: int | None = None
    """The most pixels on the longer side that the model sees."""
    short_edge: int | None = None
    """The most pixels on the shorter side that the model sees."""
    count: Literal["tiles", "patches", "crops"] | None = None
    """How tokens are counted; None where that is not known."""
    side: int = 1
    """Pixels on each side of a tile or a patch, and on the longer side of a crop."""
    base: int = 0
    """Tokens of any picture, beside those of its tiles, and all of one that is looked at in low detail."""
    each: int = 0
    """Tokens of a tile or a crop."""
    most: int | None = None
    """The most patches: a picture with more of them is scaled down."""
    whole_patches: bool = False
    """It is then scaled down further until one of its sides has whole patches only."""
    factor: float = 1.0
    """Tokens of a patch."""


prepare(Pictures)
