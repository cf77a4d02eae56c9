"""What is put before texts, how vectors of tokens become one, what a classifier says a score: as a model has it."""

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
_PROMPTS: Final = "config_sentence_transformers.json"
_PURPOSES: Final = {
    "query": ("query", "search_query"),
    "document": ("document", "passage", "search_document"),
    "classification": ("classification", "Classification"),
    "clustering": ("clustering", "Clustering"),
}
"""What models call the prompt for each purpose."""
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


def prompts_of(file: ModelFile) -> dict[str, str]:
    """What is put before a text by the purpose that it has (`input_type`), and under "" where it has none.

    Sentence Transformers keeps them in a file, by names that differ between models.
    """
    if not isinstance(file, HuggingFaceFolder):
        return {}
    config = file.read_json(_PROMPTS, optional=True)
    prompts = config.get("prompts")
    if not isinstance(prompts, dict):
        return {}
    found = {
        purpose: next((prompts[name] for name in names if isinstance(prompts.get(name), str)), None)
        for purpose, names in _PURPOSES.items()
    }
    default = prompts.get(config.get("default_prompt_name"))
    return {purpose: text for purpose, text in {**found, "": default}.items() if isinstance(text, str)}


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
