"""Which way to step: the prediction for the prompt, pushed away from the one without it, and from a weakened model.

Sources: Ho and Salimans, Classifier-Free Diffusion Guidance (2022); skip-layer guidance as published with Stable
Diffusion 3.5 Medium.
"""

from __future__ import annotations

import torch
from fluent_ai.verbs.image import SkipLayerGuidance
from torch import Tensor

from fluent_ai_local.images.modules import Encoded, Transformer


def skips(skip: SkipLayerGuidance | None, step: int, steps: int) -> bool:
    """Whether this step, from 0, is guided by skipped layers too: those strictly inside of the window are."""
    return skip is not None and steps * skip.start < step < steps * skip.stop


def velocity(
    transformer: Transformer,
    latents: Tensor,
    timestep: Tensor,
    positive: Encoded,
    negative: Encoded | None,
    guidance: float,
    skip: SkipLayerGuidance | None,
    *,
    together: bool = True,
) -> Tensor:
    """The guided prediction for latents of one picture (1, channels, height, width); `timestep` is a scalar.

    Without `negative` it is the bare prediction. `skip` is given at the steps at which it holds. The two predictions
    are made `together`, or one after the other, which needs half the memory.
    """
    if negative is None:
        return transformer.predict(latents, timestep, positive)
    if together:
        both = Encoded(
            torch.cat([negative.context, positive.context]),
            torch.cat([negative.pooled, positive.pooled]),
        )
        without, wanted = transformer.predict(latents.expand(2, -1, -1, -1), timestep, both).chunk(2)
    else:
        without, wanted = (transformer.predict(latents, timestep, each) for each in (negative, positive))
    guided = without + guidance * (wanted - without)
    if skip is not None:
        weakened = transformer.predict(latents, timestep, positive, skip.layers)
        guided = guided + (wanted - weakened) * skip.scale
    return guided
