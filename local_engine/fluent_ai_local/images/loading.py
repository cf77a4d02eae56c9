"""A folder as diffusers writes it, loaded: configurations, tokenizers, and weights put in place one by one.

A single file in such a folder, as Stability AI publishes them or as GGUF, stands for the transformer, and for the VAE
if it holds one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import torch
from fluent_ai.content.events import Progress
from fluent_ai.errors import ModelLoadFailed, UnsupportedModel
from torch import nn

from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.images.keys import (
    TRANSFORMER,
    VAE,
    Original,
    Readers,
    as_diffusers,
    transformer_config,
    transformer_original,
    vae_original,
)
from fluent_ai_local.images.memory import check_weights, free_memory
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.modules import T5, Clip, Tokenizer, Transformer, Vae, build, open_tokenizer
from fluent_ai_local.images.places import variant_of
from fluent_ai_local.images.schedule import Curve
from fluent_ai_local.images.tensors import fill, opened, read_config, size, weight_files
from fluent_ai_local.images.text import TextEncoders

_CLASSES = {
    "transformer": "SD3Transformer2DModel",
    "vae": "AutoencoderKL",
    "text_encoder": "CLIPTextModelWithProjection",
    "text_encoder_2": "CLIPTextModelWithProjection",
    "text_encoder_3": "T5EncoderModel",
}
_PREFIXES = {"transformer": TRANSFORMER, "vae": VAE}
_KINDS = {"transformer": "transformer", "vae": "vae", "text_encoder_3": "t5"}


class Folder:
    """A diffusers folder, or a single file in it, and how much is loaded. `told` hears of the progress in bytes."""

    def __init__(self, path: Path, device: torch.device, dtype: torch.dtype, told: Callable[[Progress], None]) -> None:
        self._single = None if path.is_dir() else path
        self._path = path if path.is_dir() else path.parent
        self._device = device
        self._dtype = dtype
        self._told = told
        self._done = 0
        self._total: int | None = None
        told(Progress("load", 0))
        found = read_config(self._path / "model_index.json").get("_class_name")
        if found != "StableDiffusion3Pipeline":
            raise UnsupportedModel(
                f"{self._path}/model_index.json says {found!r}; expected StableDiffusion3Pipeline", provider="local"
            )

    def load(self, model: str) -> StableDiffusion3:
        """Everything but T5, which is loaded when a prompt needs it."""
        names = ["text_encoder", "text_encoder_2", "vae", "transformer"]
        with self._opened_single() as single:
            return self._load(model, names, single)

    def _load(self, model: str, names: list[str], single: Readers) -> StableDiffusion3:
        held = [*names, "text_encoder_3"] if (self._path / "text_encoder_3").is_dir() else names
        check_weights(sum(map(self._weight, held)), free_memory(self._device), str(self._path))
        files = {file for name in names for file in self._files(name, single)}
        self._total = size(files)
        clips = [(Clip(*self._module(name, self._count, single)), self._tokenizer("clip", name)) for name in names[:2]]
        vae = Vae(*self._module("vae", self._count, single, torch.float32))
        transformer = Transformer(*self._module("transformer", self._count, single))
        if transformer.channels != vae.channels:
            raise UnsupportedModel(
                f"{self._path}: the VAE has {vae.channels} channels, the transformer {transformer.channels}",
                provider="local",
            )
        config = self.config("transformer")
        shape = transformer.depth, len(config.get("dual_attention_layers") or ()), config.get("qk_norm")
        self._told(Progress("load", self._total, self._total))
        text = TextEncoders(
            (clips[0], clips[1]), self._t5(), width=transformer.width, device=self._device, dtype=self._dtype
        )
        variant = variant_of(model, self._path, *shape)
        return StableDiffusion3(variant, text, transformer, vae, self._curve(), self._device)

    def config(self, component: str) -> dict[str, Any]:
        """The configuration of a component. Raises ModelLoadFailed, or UnsupportedModel for one of another class."""
        found = read_config(self._path / component / "config.json")
        named = found.get("_class_name") or next(iter(found.get("architectures") or ()), None)
        if named not in (None, _CLASSES[component]):
            raise UnsupportedModel(
                f"{self._path / component} is of class {named}; expected {_CLASSES[component]}", provider="local"
            )
        return found

    def _module(
        self, component: str, told: Callable[[int], None], single: Readers, dtype: torch.dtype | None = None
    ) -> tuple[nn.Module, dict[str, Any]]:
        where = str(self._path / component)
        module, config = self._built(component)
        with ExitStack() as stack:
            if self._from_single(component, single):
                where, tensors = f"{self._single} ({component})", _own(component, single, module, config)
            else:
                tensors = stack.enter_context(opened(weight_files(self._path / component)))
            fill(module, tensors, where, device=self._device, dtype=dtype or self._dtype, told=told)
        return module, config

    def _built(self, component: str) -> tuple[nn.Module, dict[str, Any]]:
        """Without weights."""
        config = self.config(component)
        try:
            return build(_KINDS.get(component, "clip"), config), config
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            where = self._path / component / "config.json"
            raise UnsupportedModel(f"{where}: {type(error).__name__}: {error}", provider="local") from None

    def _weight(self, component: str) -> int:
        """Bytes in memory."""
        size = 4 if component == "vae" else self._dtype.itemsize
        return size * sum(tensor.numel() for tensor in self._built(component)[0].parameters())

    def _from_single(self, component: str, single: Readers) -> bool:
        return component in _PREFIXES and any(name.startswith(_PREFIXES[component]) for name in single)

    def _files(self, component: str, single: Readers) -> list[Path]:
        if self._single is not None and self._from_single(component, single):
            return [self._single]
        return weight_files(self._path / component)

    @contextmanager
    def _opened_single(self) -> Iterator[Readers]:
        """The tensors of the single file; none where there is none. A transformer's names get their prefix."""
        if self._single is None:
            yield {}
        elif self._single.suffix == ".gguf":
            with GGUFFile(self._single) as file:
                architecture = file.get("general.architecture", str, "")
                if architecture != "sd3":
                    raise UnsupportedModel(
                        f"{self._single} is a GGUF file of the architecture {architecture!r}; expected sd3",
                        provider="local",
                    )
                yield {f"{TRANSFORMER}{name}": partial(file.tensor, name) for name in file.tensors}
        else:
            with opened([self._single]) as tensors:
                prefixed = any(name.startswith(TRANSFORMER) for name in tensors)
                found = tensors if prefixed else {f"{TRANSFORMER}{name}": read for name, read in tensors.items()}
                if not transformer_config(found)[0]:
                    raise UnsupportedModel(
                        f"{self._single} holds no transformer of Stable Diffusion 3 (no joint_blocks)", provider="local"
                    )
                yield found

    def _count(self, read: int) -> None:
        self._done += read
        self._told(Progress("load", self._done, self._total))

    def _tokenizer(self, kind: str, component: str) -> Tokenizer:
        folder = self._path / component.replace("text_encoder", "tokenizer")
        if not folder.is_dir():
            raise ModelLoadFailed(f"{folder} is missing", provider="local")
        try:
            return open_tokenizer(kind, str(folder))
        except Exception as error:  # transformers and tokenizers raise whatever they meet
            raise ModelLoadFailed(f"{folder}: no tokenizer in it ({type(error).__name__})", provider="local") from None

    def _t5(self) -> tuple[Callable[[], T5], Tokenizer] | None:
        component = "text_encoder_3"
        if not (self._path / component).is_dir():
            return None
        weight_files(self._path / component)
        return (lambda: T5(*self._module(component, _silent, {}))), self._tokenizer("t5", component)

    def _curve(self) -> Curve:
        path = self._path / "scheduler" / "scheduler_config.json"
        if not path.is_file():
            return Curve()
        found = {name: value for name, value in read_config(path).items() if value is not None}
        try:
            return msgspec.convert(found, Curve)
        except msgspec.ValidationError as error:
            raise UnsupportedModel(f"{path}: {error}", provider="local") from None


def _own(component: str, single: Readers, module: nn.Module, config: dict[str, Any]) -> Readers:
    """The tensors that a single file has for one component, by the names that diffusers gives them."""
    find: Callable[[str], Original]
    if component == "transformer":
        find = partial(transformer_original, layers=config["num_layers"])
    else:
        find = partial(vae_original, blocks=len(config["block_out_channels"]))
    return as_diffusers(single, module.state_dict(), find, _PREFIXES[component])


def _silent(read: int) -> None:
    """T5 is loaded while a prompt is encoded, which tells its own progress."""
