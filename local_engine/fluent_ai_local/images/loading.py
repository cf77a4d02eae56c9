"""A folder as diffusers writes it, opened: configurations and tokenizers are read, weights when they are needed.

A single file in such a folder, as Stability AI publishes them or as GGUF, stands for the weights of the transformer,
and for those of the VAE and the text encoders if it holds them. Any component's weights may be GGUF too, where that has
names for them: T5's and the transformer's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import torch
from fluent_ai.errors import ModelLoadFailed, UnsupportedModel
from torch import nn

from fluent_ai_local.images import keys, places
from fluent_ai_local.images.keys import PREFIXES, PROJECTION, TRANSFORMER, Original
from fluent_ai_local.images.model import StableDiffusion3
from fluent_ai_local.images.modules import T5, Clip, TinyDecoder, Tokenizer, Transformer, Vae, build, open_tokenizer
from fluent_ai_local.images.parts import Part
from fluent_ai_local.images.schedule import Curve
from fluent_ai_local.images.tensors import opened, opened_gguf, read_config, weight_files
from fluent_ai_local.images.text import TextEncoders
from fluent_ai_local.modules.filling import Readers

F = TypeVar("F")
_CLASSES: Final = {
    "transformer": "SD3Transformer2DModel",
    "vae": "AutoencoderKL",
    "taesd3": "AutoencoderTiny",
    "text_encoder": "CLIPTextModelWithProjection",
    "text_encoder_2": "CLIPTextModelWithProjection",
    "text_encoder_3": "T5EncoderModel",
}
_KINDS: Final = {"transformer": "transformer", "vae": "vae", "taesd3": "tiny", "text_encoder_3": "t5"}
_BLOCKS: Final = {"transformer": "transformer_blocks", "text_encoder_3": "encoder.block"}
_CLIP_L: Final = "text_encoder"
_T5: Final = "text_encoder_3"
_TINY: Final = "taesd3"
_GGUF: Final = ".gguf"
_ARCHITECTURES: Final = {"transformer": ("sd3",), _T5: ("t5encoder", "t5")}


class Folder:
    """A diffusers folder, or a single file in it.

    Raises ModelLoadFailed for what is not there, UnsupportedModel for what is no Stable Diffusion 3.
    """

    def __init__(self, path: Path, device: torch.device, dtype: torch.dtype) -> None:
        self._single = path
        self._path = path if path.is_dir() else path.parent
        self._device = device
        self._dtype = dtype
        found = read_config(self._path / "model_index.json").get("_class_name")
        if found != "StableDiffusion3Pipeline":
            raise UnsupportedModel(
                f"{self._path}/model_index.json says {found!r}; expected StableDiffusion3Pipeline", provider="local"
            )
        self._within = frozenset() if path.is_dir() else self._components_of_single()

    def open(self, model: str) -> StableDiffusion3:
        """The model, without its weights."""
        first, second = (
            (self._part(name, Clip), self._tokenizer("clip", name)) for name in ("text_encoder", "text_encoder_2")
        )
        transformer = self._part("transformer", Transformer)
        vae = self._part("vae", Vae, torch.float32)
        channels = transformer.facts.channels
        if channels != vae.facts.channels:
            raise UnsupportedModel(
                f"{self._path}: the VAE has {vae.facts.channels} channels, the transformer {channels}", provider="local"
            )
        config = self.config("transformer")
        shape = transformer.facts.depth, len(config.get("dual_attention_layers") or ()), config.get("qk_norm")
        text = TextEncoders(
            (first, second), self._t5(), width=transformer.facts.width, device=self._device, dtype=self._dtype
        )
        return StableDiffusion3(
            places.variant_of(model, self._path, *shape),
            text,
            transformer,
            vae,
            self._tiny(vae.facts),
            self._curve(),
            self._device,
            self._dtype,
        )

    def config(self, component: str, folder: Path | None = None) -> dict[str, Any]:
        """The configuration of a component. Raises ModelLoadFailed, or UnsupportedModel for one of another class."""
        place = folder or self._path / component
        found = read_config(place / "config.json")
        named = found.get("_class_name") or next(iter(found.get("architectures") or ()), None)
        if named not in (None, _CLASSES[component]):
            raise UnsupportedModel(f"{place} is of class {named}; expected {_CLASSES[component]}", provider="local")
        return found

    def _part(
        self,
        component: str,
        view: Callable[[nn.Module, dict[str, Any]], F],
        dtype: torch.dtype | None = None,
        folder: Path | None = None,
    ) -> Part[F]:
        place = folder or self._path / component
        config = self.config(component, place)
        where, opening = str(place), partial(self._opened_folder, component, place)
        if component in self._within:
            where, opening = f"{self._single} ({component})", partial(self._opened_own, component)
        else:
            weight_files(place)
        try:
            return Part(
                where,
                partial(build, _KINDS.get(component, "clip"), config),
                lambda module: view(module, config),
                opening,
                device=self._device,
                dtype=dtype or self._dtype,
                blocks=_BLOCKS.get(component),
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise UnsupportedModel(f"{place}/config.json: {type(error).__name__}: {error}", provider="local") from None

    @contextmanager
    def _opened_folder(self, component: str, place: Path, module: nn.Module) -> Iterator[Readers]:
        files = weight_files(place)
        if files[0].suffix != _GGUF:
            with opened(files) as tensors:
                yield tensors
            return
        if component not in _ARCHITECTURES:
            raise UnsupportedModel(f"{files[0]}: a GGUF file has no names for {_CLASSES[component]}", provider="local")
        with opened_gguf(files[0], _ARCHITECTURES[component]) as tensors:
            names = [name for name in module.state_dict() if name != "encoder.embed_tokens.weight"]
            yield keys.as_diffusers(tensors, names, _finder(component, module), "")

    @contextmanager
    def _opened_own(self, component: str, module: nn.Module) -> Iterator[Readers]:
        """The tensors that the single file has for one component, by the names that diffusers gives them."""
        with self._opened_single() as tensors:
            wanted = module.state_dict()
            find = Original if component.startswith("text_encoder") else _finder(component, module)
            found = keys.as_diffusers(tensors, wanted, find, PREFIXES[component])
            if component == _CLIP_L and PROJECTION not in found:
                found[PROJECTION] = partial(torch.eye, *wanted[PROJECTION].shape)
            yield found

    def _components_of_single(self) -> frozenset[str]:
        with self._opened_single() as tensors:
            found = {name for name, prefix in PREFIXES.items() if any(each.startswith(prefix) for each in tensors)}
            return frozenset(found)

    @contextmanager
    def _opened_single(self) -> Iterator[Readers]:
        """The tensors of the single file. A transformer's names get their prefix."""
        if self._single.suffix == _GGUF:
            with opened_gguf(self._single, _ARCHITECTURES["transformer"]) as tensors:
                yield {f"{TRANSFORMER}{name}": read for name, read in tensors.items()}
            return
        with opened([self._single]) as tensors:
            prefixed = any(name.startswith(TRANSFORMER) for name in tensors)
            found = tensors if prefixed else {f"{TRANSFORMER}{name}": read for name, read in tensors.items()}
            if not keys.transformer_config(found)[0]:
                raise UnsupportedModel(
                    f"{self._single} holds no transformer of Stable Diffusion 3 (no joint_blocks)", provider="local"
                )
            yield found

    def _tokenizer(self, kind: str, component: str) -> Tokenizer:
        folder = self._path / component.replace("text_encoder", "tokenizer")
        if not folder.is_dir():
            raise ModelLoadFailed(f"{folder} is missing", provider="local")
        try:
            return open_tokenizer(kind, str(folder))
        except Exception as error:  # transformers and tokenizers raise whatever they meet
            raise ModelLoadFailed(f"{folder}: no tokenizer in it ({type(error).__name__})", provider="local") from None

    def _t5(self) -> tuple[Part[T5], Tokenizer] | None:
        if _T5 not in self._within and not (self._path / _T5).is_dir():
            return None
        return self._part(_T5, T5), self._tokenizer("t5", _T5)

    def _tiny(self, vae: Vae) -> Part[TinyDecoder] | None:
        """The decoder of previews in the model's folder, which has to fit, or the user's own, where that fits."""
        own = self._path / _TINY
        folder = own if own.is_dir() else places.tiny_decoder()
        if folder is None:
            return None
        tiny = self._part(_TINY, TinyDecoder, folder=folder)
        found, wanted = (tiny.facts.channels, tiny.facts.factor), (vae.channels, vae.factor)
        if found == wanted:
            return tiny
        if folder != own:
            return None
        raise UnsupportedModel(
            f"{own} decodes {found[0]} channels, {found[1]} times as large; the model has {wanted[0]}, and {wanted[1]} "
            "times. TAESD3 belongs to Stable Diffusion 3; a TAESD of 4 channels to earlier ones",
            provider="local",
        )

    def _curve(self) -> Curve:
        path = self._path / "scheduler" / "scheduler_config.json"
        if not path.is_file():
            return Curve()
        found = {name: value for name, value in read_config(path).items() if value is not None}
        try:
            return msgspec.convert(found, Curve)
        except msgspec.ValidationError as error:
            raise UnsupportedModel(f"{path}: {error}", provider="local") from None


def _finder(component: str, module: nn.Module) -> Callable[[str], Original]:
    """Where files other than those of diffusers have a component's tensors."""
    if component == _T5:
        return keys.t5_original
    blocks = module.get_submodule(_BLOCKS[component] if component == "transformer" else "decoder.up_blocks")
    count = sum(1 for _ in blocks.children())
    if component == "transformer":
        return partial(keys.transformer_original, layers=count)
    return partial(keys.vae_original, blocks=count)
