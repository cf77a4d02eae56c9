"""What a model reads texts with, its tokenizer and chat template, without its weights."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Final

import msgspec
from fluent_ai.threads import new_lock

from fluent_ai_local.files.hugging_face import HuggingFaceFolder
from fluent_ai_local.files.model_file import ModelFile
from fluent_ai_local.files.split_gguf import open_gguf
from fluent_ai_local.text.chat_template import ChatTemplate
from fluent_ai_local.text.hf_vocabulary import read_folder, read_template
from fluent_ai_local.text.tokenizer import Tokenizer

_KEPT: Final = 4
"""Models whose texts stay in memory: a vocabulary takes some tens of megabytes."""


class ModelText(msgspec.Struct, frozen=True):
    """Threads share it."""

    tokenizer: Tokenizer
    template: ChatTemplate | None
    """None for a model that was not trained to converse."""
    architecture: str


def open_model(path: Path) -> ModelFile:
    """Raises ModelLoadFailed, WeightsCorrupt or UnsupportedModel."""
    return HuggingFaceFolder(path) if path.is_dir() else open_gguf(path)


def read_text(file: ModelFile, *, trusted: bool) -> ModelText:
    """`trusted` says that the chat template was reviewed."""
    if isinstance(file, HuggingFaceFolder):
        tokenizer, source = Tokenizer(read_folder(file)), read_template(file)
    else:
        tokenizer, source = Tokenizer(file), file.get("tokenizer.chat_template", str, "")
    template = ChatTemplate(source, name=str(file.path), trusted=trusted) if source else None
    return ModelText(tokenizer, template, file.architecture)


class TextCache:
    """The texts of models that are not loaded, those used last."""

    def __init__(self) -> None:
        self._lock = new_lock()
        self._texts: OrderedDict[tuple[object, ...], ModelText] = OrderedDict()

    def get(self, path: Path, version: tuple[int, int], *, trusted: bool) -> ModelText:
        """Raises as `open_model`."""
        key = (path.resolve(), *version)
        with self._lock:
            found = self._texts.get(key)
        if found is None:
            with open_model(path) as file:
                found = read_text(file, trusted=trusted)
        with self._lock:
            self._texts[key] = found
            self._texts.move_to_end(key)
            while len(self._texts) > _KEPT:
                self._texts.popitem(last=False)
        return found
