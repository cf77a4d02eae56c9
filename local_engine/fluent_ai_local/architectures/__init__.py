"""Model architectures, one per file. `load` picks by the GGUF's `general.architecture`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final, Literal, TypeAlias

import torch
from fluent_ai.errors import UnsupportedModel

from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.files.tensors import Loaded, Tensors
from fluent_ai_local.layers.weights import DenseWeights, Weights

from .base import Network
from .llama import Llama

_ARCHITECTURES: Final = {"llama": Llama}


Precision: TypeAlias = Literal["exact", "fast"]
"""`exact`: float32 throughout. `fast`: weights stay quantised and meet int8 values; for CPUs, needs numba."""


def load(file: GGUFFile, *, device: torch.device, precision: Precision, loaded: Loaded) -> Network:
    """The model in `file`. Raises UnsupportedModel, WeightsCorrupt, and whatever `loaded` raises."""
    name = file.get("general.architecture", str)
    architecture = _ARCHITECTURES.get(name)
    if architecture is None:
        near = get_close_matches(name, _ARCHITECTURES)
        raise UnsupportedModel(
            f"{file.path}: general.architecture = {name!r}; supported: {', '.join(sorted(near or _ARCHITECTURES))}"
        )
    return architecture.load(file, _weights(Tensors(file, device, torch.float32, loaded), precision))


def estimate(file: GGUFFile, precision: Precision) -> int:
    """Bytes that the weights of a file take in memory."""
    if precision == "exact":
        return 4 * file.parameters
    from fluent_ai_local.layers.packed import packed_size  # imports numba

    return packed_size(file)


def _weights(tensors: Tensors, precision: Precision) -> Weights:
    if precision == "exact":
        return DenseWeights(tensors)
    from fluent_ai_local.layers.packed import PackedWeights  # imports numba

    return PackedWeights(tensors)
