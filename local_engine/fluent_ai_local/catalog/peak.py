"""How much memory loading a model takes at its peak, compared with what is free before any of it is taken."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import torch
from fluent_ai.errors import OutOfMemory

from fluent_ai_local import architectures
from fluent_ai_local.architectures import Precision
from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.free_memory import free_memory, megabytes

_TOKEN: Final = 900
"""Bytes of a vocabulary for each of its tokens, in the library `tokenizers`: 780 to 880 with SmolLM2 and MiniLM."""
_SCORED_TOKEN: Final = 350
"""The same for a vocabulary of SentencePiece in a GGUF file, which needs no table of merges: 300 with Gemma 3."""
_KERNELS: Final = 130_000_000
"""Bytes of numba and of the kernels, which a process takes once."""


def peak_of(file: ModelFile, precision: Precision, *, kernels: bool) -> int:
    """Bytes that loading takes at its peak, on the device or beside it. `kernels` says that they are loaded too."""
    tokens = len(file.get_list("tokenizer.ggml.tokens", str)) or file.get(f"{file.architecture}.vocab_size", int, 0)
    scored = file.get("tokenizer.ggml.model", str, "") == "llama"
    vocabulary = tokens * (_SCORED_TOKEN if scored else _TOKEN)
    return architectures.estimate(file, precision) + vocabulary + (_KERNELS if kernels else 0)


def check_room(path: Path, need: int, device: torch.device) -> None:
    """Raises OutOfMemory, with the numbers, where the device has less memory left than is needed."""
    if need > (free := free_memory(device)):
        raise out_of_memory(path, need, free)


def out_of_memory(path: Path, need: int, free: float) -> OutOfMemory:
    return OutOfMemory(
        f"{path}: loading it takes {megabytes(need)} of memory at its peak, and {megabytes(free)} are free. Way out: "
        "unload other models, or take weights that are quantised further",
        estimate=need,
        provider="local",
    )
