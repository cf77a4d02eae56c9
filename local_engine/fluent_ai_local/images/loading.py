"""A folder as diffusers writes it, loaded: configurations, tokenizers, and weights put in place one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import torch
from fluent_ai.content.events import Progress
from fluent_ai.errors import ModelLoadFailed, UnsupportedModel
from torch import nn

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
_KINDS = {"transformer": "transformer", "vae": "vae", "text_encoder_3": "t5"}


class Folder:
    """A diffusers folder, and how much of it is loaded. `told` hears of the progress in bytes."""

    def __init__(self, path: Path, device: torch.device, dtype: torch.dtype, told: Callable[[Progress], None]) -> None:
        self._path = path
        self._device = device
        self._dtype = dtype
        self._told = told
        self._done = 0
        self._total: int | None = None
        told(Progress("load", 0))
        found = read_config(path / "model_index.json").get("_class_name")
        if found != "StableDiffusion3Pipeline":
            raise UnsupportedModel(
                f"{path}/model_index.json says {found!r}; expected StableDiffusion3Pipeline", provider="local"
            )

    def load(self, model: str) -> StableDiffusion3:
        """Everything but T5, which is loaded when a prompt needs it."""
        names = ["text_encoder", "text_encoder_2", "vae", "transformer"]
        self._total = sum(size(weight_files(self._path / name)) for name in names)
        clips = [(Clip(*self._module(name, self._count)), self._tokenizer("clip", name)) for name in names[:2]]
        vae = Vae(*self._module("vae", self._count, torch.float32))
        transformer = Transformer(*self._module("transformer", self._count))
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
        self, component: str, told: Callable[[int], None], dtype: torch.dtype | None = None
    ) -> tuple[nn.Module, dict[str, Any]]:
        config = self.config(component)
        where = str(self._path / component)
        try:
            module = build(_KINDS.get(component, "clip"), config)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UnsupportedModel(f"{where}/config.json: {type(error).__name__}: {error}", provider="local") from None
        with opened(weight_files(self._path / component)) as tensors:
            fill(module, tensors, where, device=self._device, dtype=dtype or self._dtype, told=told)
        return module, config

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
        return (lambda: T5(*self._module(component, _silent))), self._tokenizer("t5", component)

    def _curve(self) -> Curve:
        path = self._path / "scheduler" / "scheduler_config.json"
        if not path.is_file():
            return Curve()
        found = {name: value for name, value in read_config(path).items() if value is not None}
        try:
            return msgspec.convert(found, Curve)
        except msgspec.ValidationError as error:
            raise UnsupportedModel(f"{path}: {error}", provider="local") from None


def _silent(read: int) -> None:
    """T5 is loaded while a prompt is encoded, which tells its own progress."""
