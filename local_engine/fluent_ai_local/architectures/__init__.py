"""Model architectures, one per file. `load` picks by the GGUF's `general.architecture`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

import torch
from fluent_ai.errors import UnsupportedModel

from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.files.tensors import Loaded

from .base import Network
from .llama import Llama

_ARCHITECTURES: Final = {"llama": Llama}


def load(file: GGUFFile, *, device: torch.device, dtype: torch.dtype, loaded: Loaded) -> Network:
    """The model in `file`. Raises UnsupportedModel, WeightsCorrupt, and whatever `loaded` raises."""
    name = file.get("general.architecture", str)
    architecture = _ARCHITECTURES.get(name)
    if architecture is None:
        near = get_close_matches(name, _ARCHITECTURES)
        raise UnsupportedModel(
            f"{file.path}: general.architecture = {name!r}; supported: {', '.join(sorted(near or _ARCHITECTURES))}"
        )
    return architecture.load(file, device=device, dtype=dtype, loaded=loaded)
