"""The modules of diffusers and transformers that the engine builds on, each behind the few calls that it makes of it.

Both libraries are imported by name: they load in seconds, and type checkers can do without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

from torch import Tensor, nn

from fluent_ai_local.modules.building import uncollected, without_weights


class Encoded(NamedTuple):
    """A prompt as the transformer reads it."""

    context: Tensor
    """(pictures, tokens, width): what each token means."""
    pooled: Tensor
    """(pictures, width): what the whole means."""


class Transformer:
    """SD3Transformer2DModel: predicts the velocity, from the clean picture to the noise."""

    def __init__(self, module: nn.Module, config: Mapping[str, Any]) -> None:
        self.module = module
        self.channels: int = config["in_channels"]
        self.depth: int = config["num_layers"]
        self.patch: int = config["patch_size"]
        self.positions: int = config["pos_embed_max_size"]
        self.sample: int = config["sample_size"]
        self.width: int = config["joint_attention_dim"]
        self.pooled: int = config["pooled_projection_dim"]
        dual: Sequence[int] = config.get("dual_attention_layers") or ()
        self.repeated: tuple[int, ...] = tuple(sorted({*range(1, self.depth - 1)} - {*dual[:1]}))
        """Layers that need no more memory than one of the others, each kind of which is left."""

    def predict(self, latents: Tensor, timestep: Tensor, text: Encoded, skip: Sequence[int] = ()) -> Tensor:
        """The velocity, shaped as the latents (pictures, channels, height, width); layers in `skip` are left out."""
        found = self.module(
            hidden_states=latents,
            timestep=timestep.expand(len(latents)),
            encoder_hidden_states=text.context,
            pooled_projections=text.pooled,
            skip_layers=list(skip) or None,
            return_dict=False,
        )
        velocity: Tensor = found[0]
        return velocity


class Vae:
    """AutoencoderKL: pictures to latents and back. Latents here are scaled as the transformer has them."""

    def __init__(self, module: nn.Module, config: Mapping[str, Any]) -> None:
        self.module = module
        self.channels: int = config["latent_channels"]
        self.factor: int = 2 ** (len(config["block_out_channels"]) - 1)
        self._scale: float = config.get("scaling_factor") or 1.0
        self._shift: float = config.get("shift_factor") or 0.0

    def decode(self, latents: Tensor) -> Tensor:
        """Pixels around -1 to 1 (pictures, 3, height, width) in the precision of the module."""
        scaled = latents.to(next(self.module.parameters()).dtype) / self._scale + self._shift
        pixels: Tensor = self.module.decode(scaled, return_dict=False)[0]  # type: ignore[operator]
        return pixels

    def encode(self, pixels: Tensor) -> Tensor:
        """The most likely latents of pixels from -1 to 1."""
        given = pixels.to(next(self.module.parameters()).dtype)
        latents: Tensor = self.module.encode(given, return_dict=False)[0].mode()  # type: ignore[operator]
        return (latents - self._shift) * self._scale


class TinyDecoder:
    """AutoencoderTiny, such as TAESD3: decodes in a fraction of the time, for previews."""

    def __init__(self, module: nn.Module, config: Mapping[str, Any]) -> None:
        self.module = module
        self.channels: int = config.get("latent_channels") or 4
        scaling: int = config.get("upsampling_scaling_factor") or 2
        self.factor: int = scaling ** (len(config.get("decoder_block_out_channels") or (64, 64, 64, 64)) - 1)
        self._scale: float = config.get("scaling_factor") or 1.0
        self._shift: float = config.get("shift_factor") or 0.0

    def draw(self, latents: Tensor, factor: int) -> Tensor:
        """Rough pixels around -1 to 1 (1, 3, height, width); `factor` is that of the decoder itself."""
        scaled = latents.to(next(self.module.parameters())) / self._scale + self._shift
        pixels: Tensor = self.module.decode(scaled, return_dict=False)[0]  # type: ignore[operator]
        return pixels.float().cpu()


class Clip:
    """CLIPTextModelWithProjection."""

    def __init__(self, module: nn.Module, config: Mapping[str, Any]) -> None:
        self.module = module
        self.length: int = config.get("max_position_embeddings", 77)

    def encode(self, ids: Tensor) -> Encoded:
        """The states before the last layer, and the projected state of the end token."""
        found = self.module(ids, output_hidden_states=True)
        return Encoded(found.hidden_states[-2], found.text_embeds)


class T5:
    """T5EncoderModel."""

    def __init__(self, module: nn.Module, config: Mapping[str, Any]) -> None:
        self.module = module

    def encode(self, ids: Tensor) -> Tensor:
        """The states of the last layer (pictures, tokens, width)."""
        states: Tensor = self.module(ids)[0]
        return states


class Words(NamedTuple):
    """A tokenizer's part in a prompt: the ids with their ends, the words that found no room, the id that fills up."""

    ids: list[int]
    cut: str


class Tokenizer:
    """A tokenizer of transformers. It is never told to cut or to pad, which would change it for all threads."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._pad: int = tokenizer.pad_token_id
        self.most: int = tokenizer.model_max_length
        """Tokens that its encoder was trained on; a huge number where nobody says."""

    def encode(self, text: str, length: int) -> Words:
        """Exactly `length` ids: the ends stay, what is too long is cut off before the last, the rest is filled up."""
        ids: list[int] = self._tokenizer(text, verbose=False)["input_ids"]
        cut = ""
        if len(ids) > length:
            cut = self._tokenizer.decode(ids[length - 1 : -1])
            ids = [*ids[: length - 1], ids[-1]]
        return Words(ids + [self._pad] * (length - len(ids)), cut)


def import_libraries() -> None:
    """Import what pictures are drawn with, here and from all that it imports on first use."""
    with uncollected():
        for name in _DIFFUSERS.values():
            getattr(import_module("diffusers"), name)
        for name in ("CLIPTextModelWithProjection", "T5EncoderModel", "CLIPTokenizer", "T5TokenizerFast"):
            getattr(import_module("transformers"), name)


_DIFFUSERS = {"transformer": "SD3Transformer2DModel", "vae": "AutoencoderKL", "tiny": "AutoencoderTiny"}
_TRANSFORMERS = {
    "clip": ("CLIPTextModelWithProjection", "CLIPTextConfig"),
    "t5": ("T5EncoderModel", "T5Config"),
}


def build(kind: str, config: Mapping[str, Any]) -> nn.Module:
    """A module without weights, on the meta device, of `transformer`, `vae`, `tiny`, `clip` or `t5`.

    Raises ValueError, TypeError, KeyError or AttributeError for a configuration that the library does not take.
    """
    own = {name: value for name, value in config.items() if not name.startswith("_")}
    return without_weights(partial(_built, kind, own))


def _built(kind: str, config: Mapping[str, Any]) -> nn.Module:
    built: nn.Module
    if kind in _DIFFUSERS:
        built = getattr(import_module("diffusers"), _DIFFUSERS[kind]).from_config(config)
        return built
    transformers = import_module("transformers")
    network, settings = _TRANSFORMERS[kind]
    built = getattr(transformers, network)(getattr(transformers, settings)(**config))
    return built


def open_tokenizer(kind: str, folder: str) -> Tokenizer:
    """The tokenizer in a folder, `clip` or `t5`. Raises what transformers raises for files that it cannot read."""
    name = "CLIPTokenizer" if kind == "clip" else "T5TokenizerFast"
    return Tokenizer(getattr(import_module("transformers"), name).from_pretrained(folder, local_files_only=True))
