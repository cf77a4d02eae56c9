"""What a caller wants done with pictures before they are sent."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from fluent_ai.arguments import check_number
from fluent_ai.errors import ConfigError

MediaMode = Literal["off", "warn", "auto"]


class MediaPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What is done with the pictures of a request.

    `off` sends them as they are, `warn` does the same and says which are larger than the model sees them, and `auto`
    sends them as large as the model sees them, or as `edge` and `tokens` allow. Raises ConfigError for bad values.

        client = ai.Client(media=ai.media.MediaPolicy(edge=1024, quality=90))
    """

    mode: MediaMode = "auto"
    """What is done."""
    edge: int | None = None
    """The most pixels that the caller wants on the longer side of a picture."""
    tokens: int | None = None
    """The most tokens that the caller wants to pay for a picture, where it is known how the model counts them."""
    quality: int = 90
    """Quality of what is written as JPEG or WebP, from 1 to 100."""

    def __post_init__(self) -> None:
        if self.mode not in get_args(MediaMode):
            raise ConfigError(f"mode of MediaPolicy is {self.mode!r}; allowed: {', '.join(get_args(MediaMode))}")
        for name in ("edge", "tokens"):
            if getattr(self, name) is not None:
                check_number(f"{name} of MediaPolicy", getattr(self, name), int, 1, 2**31)
        check_number("quality of MediaPolicy", self.quality, int, 1, 100)


def read_media(given: object) -> MediaPolicy | None:
    """The policy; None where pictures are sent as they are. Raises ConfigError."""
    mode: MediaMode
    for mode in get_args(MediaMode):
        if given == mode:
            given = MediaPolicy(mode=mode)
    if given is None:
        return None
    if not isinstance(given, MediaPolicy):
        shown = repr(given) if isinstance(given, str) else f"of type {type(given).__name__}"
        raise ConfigError(f"media is {shown}; allowed: 'off', 'warn', 'auto', an ai.media.MediaPolicy, None")
    return None if given.mode == "off" else given
