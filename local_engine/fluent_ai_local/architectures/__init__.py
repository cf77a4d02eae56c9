"""Model architectures, one per file. `load` picks by what GGUF calls `general.architecture`."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final, Literal, TypeAlias

import torch
from fluent_ai.errors import UnsupportedModel

from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.files.tensors import Loaded, Outline, Tensors
from fluent_ai_local.layers.packed_size import packed_size
from fluent_ai_local.layers.weights import DenseWeights, OutlineWeights, Weights

from . import bert, deepseek, gemma, llama
from .base import Encoder, Network

_ARCHITECTURES: Final = {
    "deepseek2": deepseek.load,
    "gemma2": gemma.load,
    "gemma3": gemma.load,
    "llama": llama.load,
    "phi3": llama.load,
    "qwen2": llama.load,
    "qwen3": llama.load,
    "qwen3moe": llama.load,
}
_ENCODERS: Final = {"bert": bert.load}


Precision: TypeAlias = Literal["exact", "fast"]
"""`exact`: float32 throughout. `fast`: weights stay quantised and meet int8 values; for CPUs, needs numba."""


def load(file: ModelFile, *, device: torch.device, precision: Precision, loaded: Loaded) -> Network:
    """The model in `file`. Raises UnsupportedModel, WeightsCorrupt, and whatever `loaded` raises."""
    name = file.architecture
    load_network = _ARCHITECTURES.get(name)
    if load_network is None:
        if name in _ENCODERS:
            raise UnsupportedModel(f"{file.path}: {name} is an encoder: it embeds texts, and writes none")
        near = get_close_matches(name, _ARCHITECTURES)
        raise UnsupportedModel(
            f"{file.path}: general.architecture = {name!r}; supported: {', '.join(sorted(near or _ARCHITECTURES))}"
        )
    return load_network(file, _weights(Tensors(file, device, torch.float32, loaded), precision))


def check_tensors(file: ModelFile) -> None:
    """Raises as `load` where the file lacks tensors, or has some of another shape or without a place; all of those that
    are missing or too many are named. Reads no values.
    """
    load_network = _ARCHITECTURES.get(file.architecture) or _ENCODERS.get(file.architecture)
    if load_network is not None:
        load_network(file, OutlineWeights(Outline(file)))


def is_encoder(file: ModelFile) -> bool:
    """Whether its architecture only embeds."""
    return file.architecture in _ENCODERS


def load_encoder(file: ModelFile, *, device: torch.device, loaded: Loaded) -> Encoder:
    """The encoder in `file`, of which `is_encoder` is true. Raises as `load`."""
    return _ENCODERS[file.architecture](file, _weights(Tensors(file, device, torch.float32, loaded), "exact"))


def estimate(file: ModelFile, precision: Precision) -> int:
    """Bytes that the weights of a file take in memory."""
    if precision == "exact":
        return 4 * file.parameters
    return packed_size(file)


def _weights(tensors: Tensors, precision: Precision) -> Weights:
    if precision == "exact":
        return DenseWeights(tensors)
    from fluent_ai_local.layers.packed import PackedWeights  # imports numba

    return PackedWeights(tensors)
