"""A folder of a CLIPModel, read: transformers' own network, with the weights of the folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import msgspec
import torch
from fluent_ai.content.parts import ImagePart
from fluent_ai.errors import ConfigError, UnsupportedModel

from fluent_ai_local.clip.network import ClipModel, build, import_clip
from fluent_ai_local.clip.pixels import Preparation, read_preparation
from fluent_ai_local.files.file_names import CONFIG
from fluent_ai_local.files.hugging_face import HuggingFaceFolder
from fluent_ai_local.files.pictures import open_picture
from fluent_ai_local.files.tensors import Loaded
from fluent_ai_local.modules.filling import check_names, fill
from fluent_ai_local.text.hf_vocabulary import read_folder
from fluent_ai_local.text.tokenizer import Tokenizer

_LIBRARIES: Final = ("PIL", "transformers")


class LoadedClip(msgspec.Struct, frozen=True):
    """Everything that embeddings of texts and pictures need; threads share it."""

    path: Path
    network: ClipModel
    tokenizer: Tokenizer
    preparation: Preparation
    longest: int
    """Tokens that a text may have."""
    size: int
    """Bytes that its weights take."""
    device: torch.device

    @property
    def prompts(self) -> Mapping[str, str]:
        """What is put before a text by its purpose: nothing."""
        return {}

    @torch.inference_mode()
    def see(self, pictures: Mapping[str, ImagePart]) -> torch.Tensor:
        """The vectors of some pictures by what errors call them: [pictures, width].

        Raises ConfigError for what is no picture, is too large, or lies behind a URL.
        """
        pixels = [self.preparation.pixels(open_picture(part, name), name) for name, part in pictures.items()]
        return self.network.pictures(torch.stack(pixels).to(self.device))


def import_libraries() -> None:
    """What a CLIP is made of; that takes seconds. Raises ConfigError where the extra `images` is not installed."""
    missing = next((name for name in _LIBRARIES if find_spec(name) is None), None)
    if missing is not None:
        raise ConfigError(f"CLIP needs {missing}: pip install 'fluent-ai[images]'", provider="local")
    import_clip()


def load_clip(file: HuggingFaceFolder, device: torch.device, loaded: Loaded) -> LoadedClip:
    """The model in `file`, in float32; `loaded` hears of the bytes. `import_libraries` has been called.

    Raises ModelLoadFailed, UnsupportedModel or WeightsCorrupt, and what `loaded` raises.
    """
    config = file.path / CONFIG
    try:
        module = build(file.config)
        network = ClipModel(module)
    except (ValueError, TypeError, KeyError, AttributeError, ZeroDivisionError) as error:
        raise UnsupportedModel(f"{config}: {type(error).__name__}: {error}", provider="local") from None
    tokenizer, preparation = Tokenizer(read_folder(file)), read_preparation(file, network.side)
    tensors = {name: partial(file.tensor, name) for name in file.tensors}
    check_names(module, tensors, str(file.path))
    size, done = sum(values.nbytes for values in module.parameters()), 0

    def tell(read: int) -> None:
        nonlocal done
        done += read
        loaded("load", done, size)

    fill(module, tensors, str(file.path), device=device, dtype=torch.float32, told=tell)
    return LoadedClip(file.path, network, tokenizer, preparation, network.length, size, device)
