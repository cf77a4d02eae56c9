"""CLIPModel of transformers, behind the few calls that the engine makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from torch import Tensor, nn

from fluent_ai_local.modules.building import uncollected, without_weights


class ClipModel:
    """CLIPModel: texts and pictures as vectors in one space, neither of them scaled yet."""

    def __init__(self, module: nn.Module) -> None:
        self._module: Any = module
        config = vars(module)["config"]
        texts, pictures = config.text_config, config.vision_config
        self.length: int = texts.max_position_embeddings
        self.side: int = pictures.image_size
        """Pixels on each side of a picture."""
        self.patches: int = (self.side // pictures.patch_size) ** 2 + 1
        """Vectors as which a picture is read, that of the whole included."""

    def texts(self, ids: Tensor) -> Tensor:
        """Vectors (texts, width) of ids (texts, tokens); what stands after the first end token does not count."""
        found: Tensor = self._module.text_projection(self._module.text_model(input_ids=ids).pooler_output)
        return found

    def pictures(self, pixels: Tensor) -> Tensor:
        """Vectors (pictures, width) of pixels (pictures, 3, side, side)."""
        found: Tensor = self._module.visual_projection(self._module.vision_model(pixel_values=pixels).pooler_output)
        return found


def import_clip() -> None:
    """Import what `build` needs, which takes seconds."""
    with uncollected():
        for name in ("CLIPModel", "CLIPConfig"):
            getattr(import_module("transformers"), name)


def build(config: Mapping[str, object]) -> nn.Module:
    """A CLIPModel without weights. Raises ValueError, TypeError, KeyError or AttributeError, as `without_weights`."""
    transformers = import_module("transformers")

    def make() -> nn.Module:
        built: nn.Module = transformers.CLIPModel(transformers.CLIPConfig(**config))
        return built

    return without_weights(make)
