"""Where the weights of a Stable Diffusion 3 are: in the package, a folder of the caller's, or the hub's own cache.

Nothing is downloaded: the published weights are given to those who have accepted their licence.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

from fluent_ai.errors import ModelLoadFailed, NotFound
from fluent_ai.user_folder import user_folder

from fluent_ai_local.images.config import TINY, VARIANTS, Variant


def is_path(model: str) -> bool:
    """A model id that is a path, rather than a name."""
    return "/" in model or os.sep in model or Path(model).expanduser().is_dir()


def check(model: str) -> None:
    """Raise NotFound, with near matches, if there is no such known model and nothing at that path."""
    if model in VARIANTS:
        return
    if is_path(model):
        if not Path(model).expanduser().exists():
            raise NotFound(f"no such folder or file: {model}", provider="local", model=model)
        return
    near = get_close_matches(model, VARIANTS, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(VARIANTS)};"
    raise NotFound(
        f"no local image model {model!r}; {hint} The path of a diffusers folder works as well",
        provider="local",
        model=model,
    )


def locate(model: str) -> Path:
    """The folder of a model's weights. Raises NotFound as `check`; ModelLoadFailed, with where it may lie, if the
    weights of a known model are not on this machine.
    """
    check(model)
    if model not in VARIANTS:
        return Path(model).expanduser()
    if model == TINY:
        return Path(__file__).parent / "tiny_sd3"
    variant = VARIANTS[model]
    own, hub = _own(variant), _hub(variant)
    found = next((place for place in (own, hub) if place is not None and place.is_dir()), None)
    if found is None:
        raise ModelLoadFailed(
            f"the weights of {variant.name} are not on this machine: accept the licence of {variant.repository}, fetch "
            f"it with the hub's own tool, or put its folder at {own or f'FLUENT_AI_HOME/models/{variant.id}'}",
            provider="local",
            model=model,
        )
    return found


def _own(variant: Variant) -> Path | None:
    home = user_folder()
    return None if home is None else home / "models" / variant.id


def _hub(variant: Variant) -> Path | None:
    """The snapshot that the hub's cache has of a repository's main branch."""
    home = os.environ.get("HF_HOME") or "~/.cache/huggingface"
    cache = Path(os.environ.get("HF_HUB_CACHE") or f"{home}/hub").expanduser()
    folder = cache / f"models--{variant.repository.replace('/', '--')}"
    try:
        return folder / "snapshots" / (folder / "refs" / "main").read_text("ascii").strip()
    except (OSError, ValueError):
        return None


def variant_of(model: str, path: Path, layers: int, dual_attention: int, qk_norm: str | None) -> Variant:
    """The row of known weights, or the one that a transformer of this shape belongs to; `turbo` in the path decides
    between the two that are shaped alike. A shape that no row has is taken for the first.
    """
    if model in VARIANTS:
        return VARIANTS[model]
    turbo = "turbo" in path.name.lower()
    shape = (layers, bool(dual_attention), qk_norm)
    published = [row for row in VARIANTS.values() if row.repository]
    alike = [row for row in published if shape == (row.layers, bool(row.dual_attention), row.qk_norm)]
    if not alike:
        return Variant(id=path.name, name=path.name, repository="", skips_layers=bool(dual_attention))
    return next((row for row in alike if row.id.endswith("turbo") is turbo), alike[0])
