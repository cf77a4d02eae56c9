"""Where a model computes."""

from __future__ import annotations

import torch
from fluent_ai.errors import StageFailed


def find_device(name: str) -> torch.device:
    """The device of that name. Raises StageFailed if it is not there, with what is."""
    try:
        device = torch.device(name)
        torch.zeros(1, device=device).item()  # which fails on the device `meta`, too
    except (RuntimeError, AssertionError):
        there = ["cpu", *(kind for kind in ("cuda", "mps") if getattr(torch, kind).is_available())]
        raise StageFailed(
            f"device is {name!r}; this machine has {', '.join(there)}", stage="device", provider="local"
        ) from None
    return device
