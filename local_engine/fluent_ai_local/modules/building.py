"""Libraries that take seconds to import, and the networks that they build."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage is collected during imports: what they make stays, and eight searches through it stopped all threads
    for up to 0.4 s each.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()  # what was made counts as old, without a search through it
            gc.unfreeze()
        if collects:
            gc.enable()


def without_weights(build: Callable[[], nn.Module]) -> nn.Module:
    """A module on the meta device.

    Raises ValueError, TypeError, KeyError or AttributeError for a configuration that the library does not take.
    """
    try:
        with torch.device("meta"):
            built = build()
    except (ValueError, TypeError, KeyError, AttributeError):
        raise
    except Exception as error:  # what transformers says of a field of another type is of a class of its own
        raise ValueError(" ".join(str(error).split())) from None
    return built.eval().requires_grad_(False)
