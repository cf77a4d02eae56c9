"""Single files of Stable Diffusion 3, made of diffusers' tensors by the rules of `images.keys` backwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import gguf
import numpy as np
import torch
from fluent_ai_local.images import keys
from gguf import GGMLQuantizationType
from safetensors.torch import load_file
from torch import Tensor

WEIGHTS = "diffusion_pytorch_model.safetensors"


def originals(state: dict[str, Tensor], find: Callable[[str], keys.Original], prefix: str) -> dict[str, Tensor]:
    """A single file of these tensors, made by the rules backwards."""
    parts: dict[str, dict[int, Tensor]] = {}
    file: dict[str, Tensor] = {}
    for name, tensor in state.items():
        original = find(name)
        if original.part is not None:
            parts.setdefault(original.name, {})[original.part] = tensor
        elif original.swapped:
            file[prefix + original.name] = torch.cat(tensor.chunk(2)[::-1])
        elif ".attn_1." in original.name and tensor.dim() == 2:
            file[prefix + original.name] = tensor[:, :, None, None]
        else:
            assert prefix + original.name not in file, name
            file[prefix + original.name] = tensor
    assert all(set(found) == {0, 1, 2} for found in parts.values())
    return file | {prefix + name: torch.cat([found[i] for i in range(3)]) for name, found in parts.items()}


def single_file(folder: Path, prefix: str = keys.TRANSFORMER, *, vae: bool = True) -> dict[str, Tensor]:
    """The tensors of a diffusers folder as Stability AI's single files have them."""
    config = json.loads((folder / "transformer" / "config.json").read_text())
    state = load_file(folder / "transformer" / WEIGHTS)
    found = originals(state, partial(keys.transformer_original, layers=config["num_layers"]), prefix)
    if vae:
        found |= originals(
            load_file(folder / "vae" / WEIGHTS), partial(keys.vae_original, blocks=2), keys.PREFIXES["vae"]
        )
    return {name: tensor.contiguous() for name, tensor in found.items()}


def with_text_encoders(
    tensors: Mapping[str, Tensor], encoders: Mapping[str, Mapping[str, Tensor]]
) -> dict[str, Tensor]:
    """The same single file with these text encoders, whose tensors have the names that transformers gives them.

    As in the published files, the projection of CLIP-L is not there, and the temperature of both CLIPs is.
    """
    found = dict(tensors)
    for component, own in encoders.items():
        prefix = keys.PREFIXES[component]
        found |= {prefix + name: tensor for name, tensor in own.items()}
        if component != "text_encoder_3":
            found[prefix.removesuffix("transformer.") + "logit_scale"] = torch.tensor(4.6)
    del found[keys.PREFIXES["text_encoder"] + keys.PROJECTION]
    return found


def write_gguf(
    path: Path, tensors: Mapping[str, Tensor], architecture: str, kind: GGMLQuantizationType | None = None
) -> dict[str, np.ndarray]:
    """A GGUF file whose matrices are of this type where their rows can be; Q8_0 if none is given. Returns the values.

    Types that the gguf library cannot make are filled with random bytes.
    """
    kind = GGMLQuantizationType.Q8_0 if kind is None else kind
    block, size = gguf.GGML_QUANT_SIZES[kind]
    writer = gguf.GGUFWriter(path, architecture)
    held: dict[str, np.ndarray] = {}
    for name, tensor in tensors.items():
        values = tensor.numpy()
        if values.ndim != 2 or values.shape[1] % block:
            writer.add_tensor(name, values)
            held[name] = values
            continue
        try:
            raw = gguf.quantize(values, kind)
        except NotImplementedError:
            columns = values.shape[1] // block * size
            raw = np.random.default_rng(1).integers(0, 256, (len(values), columns), np.uint8)
        writer.add_tensor(name, raw, raw_dtype=kind)
        with np.errstate(invalid="ignore", over="ignore"):
            held[name] = gguf.dequantize(raw, kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return held
