"""Single files of Stable Diffusion 3, made of diffusers' tensors by the rules of `images.keys` backwards."""

from __future__ import annotations

from collections.abc import Callable

import torch
from fluent_ai_local.images import keys
from torch import Tensor


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
