"""A Stable Diffusion 3 that is loaded: weights are read only, so any number of threads draws with them."""

from __future__ import annotations

from typing import Final

import torch
from fluent_ai.threads import new_lock

from fluent_ai_local.images.config import Variant
from fluent_ai_local.images.modules import Transformer, Vae
from fluent_ai_local.images.schedule import Curve
from fluent_ai_local.images.text import TextEncoders
from fluent_ai_local.images.vae import Previews


class StableDiffusion3:
    """`curve` is the schedule that the model comes with."""

    def __init__(
        self,
        variant: Variant,
        text: TextEncoders,
        transformer: Transformer,
        vae: Vae,
        curve: Curve,
        device: torch.device,
    ) -> None:
        self.variant: Final = variant
        self.text: Final = text
        self.transformer: Final = transformer
        self.vae: Final = vae
        self.curve: Final = curve
        self.device: Final = device
        self._lock = new_lock()
        self._previews: Previews | None = None

    @property
    def unit(self) -> int:
        """Pixels of which both sides are multiples."""
        return self.vae.factor * self.transformer.patch

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a picture, in pixels, where nothing else is asked."""
        side = self.transformer.sample * self.vae.factor
        return side, side

    @property
    def weight(self) -> int:
        """Bytes of the weights in memory."""
        modules = (self.transformer.module, self.vae.module, *self.text.modules)
        return sum(tensor.nbytes for module in modules for tensor in module.parameters())

    def previews(self) -> Previews:
        """What draws previews; made when it is first asked for."""
        with self._lock:
            if self._previews is None:
                self._previews = Previews(self.vae, self.device)
            return self._previews
