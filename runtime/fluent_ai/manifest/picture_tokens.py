"""As how many pixels and tokens a model takes a picture, by the rule of its provider."""

from __future__ import annotations

from math import ceil, sqrt

from fluent_ai.content.parts import ImageDetail
from fluent_ai.manifest.pictures import Pictures

Size = tuple[int, int]
"""Width and height, in pixels."""
_STEPS = 64


def seen(rule: Pictures, size: Size) -> Size:
    """The size to which the provider scales a picture down before the model sees it. It never scales up.

    Sides keep their proportion, within a pixel.
    """
    factor = 1.0
    if rule.edge is not None:
        factor = min(factor, rule.edge / max(size))
    if rule.short_edge is not None:
        factor = min(factor, rule.short_edge / min(size))
    size = scaled(size, factor)
    if rule.count == "patches" and rule.most is not None and _patches(rule, size) > rule.most:
        size = _fewer(rule, size, rule.most)
    return size


def tokens(rule: Pictures, size: Size, detail: ImageDetail | None = None) -> int | None:
    """How many tokens a picture of this size counts as; None where the provider does not say."""
    if rule.count is None:
        return None
    if rule.count == "tiles" and detail == "low":
        return rule.base
    width, height = seen(rule, size)
    if rule.count == "tiles":
        return rule.base + rule.each * ceil(width / rule.side) * ceil(height / rule.side)
    if rule.count == "patches":
        return ceil(_patches(rule, (width, height)) * rule.factor)
    if max(width, height) <= rule.side // 2:
        return rule.each
    crop = max(rule.side // 3, min(rule.side, int(min(width, height) / 1.5)))
    return rule.each * ceil(width / crop) * ceil(height / crop)


def within(rule: Pictures, size: Size, most: int) -> Size:
    """The largest size of the same proportion that counts as no more than `most` tokens, as far as there is one."""
    count = tokens(rule, size)
    if count is None or count <= most:
        return size
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        count = tokens(rule, scaled(size, middle))
        low, high = (middle, high) if count is not None and count <= most else (low, middle)
    return scaled(size, low)


def scaled(size: Size, factor: float) -> Size:
    """At least a pixel on each side."""
    width, height = size
    return max(1, round(width * factor)), max(1, round(height * factor))


def _patches(rule: Pictures, size: Size) -> int:
    return ceil(size[0] / rule.side) * ceil(size[1] / rule.side)


def _fewer(rule: Pictures, size: Size, most: int) -> Size:
    """The largest size of the same proportion with so many patches: a little less than their area."""
    factor = sqrt(most * rule.side**2 / (size[0] * size[1]))
    if rule.whole_patches:
        sides = [factor * side / rule.side for side in size]
        factor *= min(int(side) / side for side in sides)
    while _patches(rule, scaled(size, factor)) > most:
        factor *= 0.999
    return scaled(size, factor)
