"""The pictures of a chat request as the caller's policy wants them."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import msgspec

from fluent_ai.content.files import load, sniff
from fluent_ai.content.media_policy import MediaPolicy
from fluent_ai.content.parts import ImagePart, Message, Part, ToolResultPart
from fluent_ai.content.requests import ChatRequest
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.picture_tokens import Size, scaled, seen, within
from fluent_ai.manifest.pictures import Pictures
from fluent_ai.media.resizing import Measured, measure, rewrite

ChatT = TypeVar("ChatT", bound=ChatRequest)
UNKNOWN = Pictures(source="")
"""Of a model of which nothing is known."""
_UNREAD = "image/heic", "image/heif", "image/avif"
"""What some models take, and Pillow reads only with a plugin or in some builds."""


class Fitted(NamedTuple):
    """A picture as it is sent, and what was changed, or should be, as a sentence; None for nothing."""

    part: ImagePart
    note: str | None


def fit_request(request: ChatT, rule: Pictures | None, policy: MediaPolicy) -> tuple[ChatT, tuple[str, ...]]:
    """The request with its pictures made to fit, and notes. Pictures behind URLs stay as they are.

    Raises ConfigError, which numbers the picture, for one that cannot be read, or that the model would refuse.
    """
    pictures = _Pictures(rule or UNKNOWN, policy)
    messages = tuple(pictures.message(message) for message in request.messages)
    if pictures.changed:
        request = msgspec.structs.replace(request, messages=messages)
    return request, tuple(pictures.notes)


class _Pictures:
    """Those of one request, numbered from 1."""

    def __init__(self, rule: Pictures, policy: MediaPolicy) -> None:
        self.notes: list[str] = []
        self.changed = False
        self._rule = rule
        self._policy = policy
        self._count = 0

    def message(self, message: Message) -> Message:
        if not any(isinstance(part, ImagePart | ToolResultPart) for part in message.parts):
            return message
        parts = tuple(self._part(part) for part in message.parts)
        return message if parts == message.parts else msgspec.structs.replace(message, parts=parts)

    def _part(self, part: Part) -> Part:
        if isinstance(part, ImagePart):
            return self._picture(part)
        if isinstance(part, ToolResultPart) and part.files:
            files = tuple(self._picture(file) if isinstance(file, ImagePart) else file for file in part.files)
            return msgspec.structs.replace(part, files=files)
        return part

    def _picture(self, part: ImagePart) -> ImagePart:
        self._count += 1
        if part.url is not None:
            return part
        try:
            fitted = fit_picture(part, self._rule, self._policy)
        except ConfigError as error:
            raise ConfigError(f"picture {self._count} of the request: {error}") from None
        if fitted.note is not None:
            self.notes.append(f"picture {self._count} {fitted.note}")
        self.changed = self.changed or fitted.part is not part
        return fitted.part


def fit_picture(part: ImagePart, rule: Pictures, policy: MediaPolicy) -> Fitted:
    """A picture of bytes or a path, by the rule of its model and the policy of the caller."""
    data, media_type = load(part)
    try:
        found = measure(data)
    except ConfigError:
        if sniff(data) not in _UNREAD:
            raise
        return Fitted(part, f"was sent as it is: Pillow cannot read {media_type} without a plugin")
    size = wanted_size(found.size, rule, policy)
    why = _reasons(found, len(data), size, rule)
    if not why:
        return Fitted(part, None)
    if policy.mode == "warn":
        shown = f"{_shown(found.size)}, {_kilobytes(data)}"
        return Fitted(part, f"({shown}) {' and '.join(why)}; media='auto' would send it as {_shown(size)}")
    new, kind = rewrite(data, size, rule.formats, policy.quality)
    while rule.max_bytes is not None and len(new) > rule.max_bytes and min(size) > 1:
        size = scaled(size, 0.8)
        new, kind = rewrite(data, size, rule.formats, policy.quality)
    was, now = f"{_shown(found.size)} {media_type}, {_kilobytes(data)}", f"{_shown(size)} {kind}, {_kilobytes(new)}"
    fitted = ImagePart(data=new, media_type=kind, detail=part.detail)
    return Fitted(fitted, f"was sent as {now} instead of {was}, because it {' and '.join(why)}")


def wanted_size(size: Size, rule: Pictures, policy: MediaPolicy) -> Size:
    """As large as the model sees it, and as the caller wants it at most."""
    wanted = seen(rule, size)
    edges = [edge for edge in (policy.edge, rule.max_edge) if edge is not None]
    wanted = scaled(wanted, min(1.0, *(edge / max(wanted) for edge in edges))) if edges else wanted
    return wanted if policy.tokens is None else within(rule, wanted, policy.tokens)


def _reasons(found: Measured, length: int, size: Size, rule: Pictures) -> list[str]:
    why = []
    if size != found.size:
        larger = "the model sees" if seen(rule, found.size) == size else "is wanted"
        why.append(f"is larger than {larger}")
    if rule.formats and found.format not in rule.formats:
        why.append(f"is {found.format.upper() or 'of an unknown format'}, which the model does not take")
    if rule.max_bytes is not None and length > rule.max_bytes and size == found.size:
        why.append(f"has more than {rule.max_bytes:,} bytes")
    if found.turned and size != found.size:
        why.append("is turned by its EXIF data")
    return why


def _shown(size: Size) -> str:
    return f"{size[0]}x{size[1]}"


def _kilobytes(data: bytes) -> str:
    return f"{len(data) / 1000:,.0f} kB"
