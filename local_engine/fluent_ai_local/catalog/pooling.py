"""How vectors of tokens become one, and what a classifier says a score: as a model's files say it."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from fluent_ai.errors import UnsupportedModel

from fluent_ai_local.files.hugging_face import HuggingFaceFolder
from fluent_ai_local.files.model_file import ModelFile

Pooling: TypeAlias = Literal["mean", "cls", "last"]
"""Of all tokens, or the first or the last one alone."""

_MODE: Final = "pooling_mode_"
_FILE: Final = "1_Pooling/config.json"
_MODES: Final[dict[str, Pooling]] = {"mean_tokens": "mean", "cls_token": "cls", "lasttoken": "last"}
_NUMBERS: Final[dict[int, Pooling]] = {1: "mean", 2: "cls", 3: "last"}
"""GGUF's numbers, as llama.cpp has them."""


def pooling_of(file: ModelFile) -> Pooling:
    """The mean where nothing is said. Raises UnsupportedModel for another way than these."""
    if isinstance(file, HuggingFaceFolder):
        config = file.read_json(_FILE, optional=True)
        modes = [name.removeprefix(_MODE) for name, value in config.items() if name.startswith(_MODE) and value is True]
        if not modes:
            return "mean"
        if len(modes) == 1 and modes[0] in _MODES:
            return _MODES[modes[0]]
        raise UnsupportedModel(
            f"{file.path / _FILE}: pooling by {', '.join(modes)}; supported: one of {', '.join(_MODES)}",
            provider="local",
        )
    number = file.get(f"{file.architecture}.pooling_type", int, 1)
    return _NUMBERS.get(number, "mean")


def scores_are_sigmoids(file: ModelFile) -> bool:
    """Whether the one number of a classifier goes through a sigmoid, as it does where nothing is said.

    Raises UnsupportedModel for another function than that and none.
    """
    if not isinstance(file, HuggingFaceFolder):
        return False  # as llama.cpp ranks
    own = file.config.get("sentence_transformers")
    named = (
        own.get("activation_fn") if isinstance(own, dict) else file.config.get("sbert_ce_default_activation_function")
    )
    function = "Sigmoid" if named is None else str(named).rpartition(".")[2]
    if function not in ("Sigmoid", "Identity"):
        raise UnsupportedModel(
            f"{file.path}: the activation of scores is {named!r}; supported: Sigmoid, Identity", provider="local"
        )
    return function == "Sigmoid"
