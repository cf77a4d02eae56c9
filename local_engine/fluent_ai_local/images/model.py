"""A Stable Diffusion 3: its weights are read only, so any number of threads draws with them."""

from __future__ import annotations

from typing import Any, Final

import torch
from fluent_ai.threads import new_lock

from fluent_ai_local.images.config import Variant
from fluent_ai_local.images.modules import TinyDecoder, Transformer, Vae
from fluent_ai_local.images.parts import Part
from fluent_ai_local.images.schedule import Curve
from fluent_ai_local.images.text import TextEncoders
from fluent_ai_local.images.vae import LinearPreviews


class StableDiffusion3:
    """`curve` is the schedule that the model comes with; `tiny` draws previews, where it is given."""

    def __init__(
        self,
        variant: Variant,
        text: TextEncoders,
        transformer: Part[Transformer],
        vae: Part[Vae],
        tiny: Part[TinyDecoder] | None,
        curve: Curve,
        device: torch.device,
        dtype: torch.dtype,
    ) -> None:
        self.variant: Final = variant
        self.text: Final = text
        self.transformer: Final = transformer
        self.vae: Final = vae
        self.tiny: Final = tiny
        self.curve: Final = curve
        self.device: Final = device
        self.dtype: Final = dtype
        self.counted: Final[dict[tuple[object, ...], int]] = {}
        """Bytes that computations need beside weights, by what they are; each is counted once."""
        self._lock = new_lock()
        self._previews: LinearPreviews | None = None

    @property
    def unit(self) -> int:
        """Pixels of which both sides are multiples."""
        return self.vae.facts.factor * self.transformer.facts.patch

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a picture, in pixels, where nothing else is asked."""
        side = self.transformer.facts.sample * self.vae.facts.factor
        return side, side

    @property
    def resident(self) -> tuple[Part[Any], ...]:
        """What stays in memory where there is enough of it: all but T5."""
        return (*self.text.clips, self.vae, self.transformer)

    @property
    def in_memory(self) -> int:
        """Bytes of the weights that are in memory now."""
        return sum(part.in_memory for part in self._parts)

    def release(self) -> None:
        """Let go of all weights; of those that are in use, with their last user."""
        for part in self._parts:
            part.release()

    @property
    def _parts(self) -> tuple[Part[Any], ...]:
        return (*self.resident, *(part for part in (self.text.t5, self.tiny) if part is not None))

    def linear_previews(self, vae: Vae) -> LinearPreviews:
        """What draws previews without a decoder of their own; made when it is first asked for."""
        with self._lock:
            if self._previews is None:
                self._previews = LinearPreviews(vae, self.device)
            return self._previews
