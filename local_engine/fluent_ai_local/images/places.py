"""Where the weights of a Stable Diffusion 3 are: in the package, a folder of the caller's, or the hub's own cache.

Nothing is downloaded: the published weights are given to those who have accepted their licence.
"""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from fluent_ai.errors import ModelLoadFailed, NotFound
from fluent_ai.user_folder import user_folder

from fluent_ai_local.catalog.hub_cache import cache_folder, snapshot
from fluent_ai_local.images.config import TINY, VARIANTS, Variant

_REPOSITORY: Final = re.compile(r"\w[\w.-]*/\w[\w.-]*(@.+)?", re.ASCII)


def check(model: str, cache: Path | None = None) -> None:
    """Raise NotFound, with near matches, if there is no such known model, no such repository in the hub's cache, and
    nothing at that path.
    """
    name, revision = _split(model)
    if (name in VARIANTS and not (name == TINY and revision)) or Path(model).expanduser().exists():
        return
    if _REPOSITORY.fullmatch(model):
        if snapshot(name, revision, cache) is None:
            where = f"at the revision {revision}" if revision else "of its main branch"
            raise NotFound(
                f"no such folder or file: {model}, and no snapshot {where} in the hub's cache at {cache_folder(cache)}",
                provider="local",
                model=model,
            )
        return
    if "/" in model or os.sep in model:
        raise NotFound(f"no such folder or file: {model}", provider="local", model=model)
    near = get_close_matches(model, VARIANTS, cutoff=0.4)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(VARIANTS)};"
    raise NotFound(
        f"no local image model {model!r}; {hint} The path of a diffusers folder works as well",
        provider="local",
        model=model,
    )


def locate(model: str, cache: Path | None = None) -> Path:
    """The folder of a model's weights: of a known model or a repository of the hub, at `@revision` if that is named, or
    a path. `cache` is where the hub keeps its repositories, if not where its own tool does.

    Raises NotFound as `check`; ModelLoadFailed, with where it may lie, if the weights of a known model are not on this
    machine.
    """
    check(model, cache)
    path = Path(model).expanduser()
    name, revision = _split(model)
    if name == TINY:
        return Path(__file__).parent / "tiny_sd3"
    if name not in VARIANTS:
        found = None if path.exists() else snapshot(name, revision, cache)
        return found or path
    variant = VARIANTS[name]
    own, hub = None if revision else _own(variant), snapshot(variant.repository, revision, cache)
    there = next((place for place in (own, hub) if place is not None and place.is_dir()), None)
    if there is None:
        raise ModelLoadFailed(
            f"the weights of {variant.name} are not on this machine: accept the licence of {variant.repository}, fetch "
            f"it with the hub's own tool, or put its folder at {own or f'FLUENT_AI_HOME/models/{variant.id}'}",
            provider="local",
            model=model,
        )
    return there


def known(model: str, cache: Path | None = None) -> bool:
    """Whether this can only be a model of images, rather than one of language."""
    path = Path(model).expanduser()
    if _split(model)[0] in VARIANTS or (path / "model_index.json").is_file():
        return True
    return bool(_REPOSITORY.fullmatch(model)) and snapshot(*_split(model), cache) is not None


def _split(model: str) -> tuple[str, str | None]:
    name, _, revision = model.partition("@")
    return name, revision or None


def tiny_decoder() -> Path | None:
    """The folder of TAESD3, which the user has put beside the models, or fetched with the hub's own tool."""
    home = user_folder()
    places = (None if home is None else home / "models" / "taesd3", snapshot("madebyollin/taesd3"))
    return next((place for place in places if place is not None and place.is_dir()), None)


def _own(variant: Variant) -> Path | None:
    home = user_folder()
    return None if home is None else home / "models" / variant.id


def variant_of(model: str, path: Path, layers: int, dual_attention: int, qk_norm: str | None) -> Variant:
    """The row of known weights, or the one that a transformer of this shape belongs to; `turbo` in its name decides
    between the two that are shaped alike. A shape that no row has is taken for the first.
    """
    if _split(model)[0] in VARIANTS:
        return VARIANTS[_split(model)[0]]
    name = _split(model)[0].rpartition("/")[2] if _REPOSITORY.fullmatch(model) else path.name
    turbo = "turbo" in name.lower()
    shape = (layers, bool(dual_attention), qk_norm)
    published = [row for row in VARIANTS.values() if row.repository]
    alike = [row for row in published if shape == (row.layers, bool(row.dual_attention), row.qk_norm)]
    if not alike:
        return Variant(id=name, name=name, repository="", skips_layers=bool(dual_attention))
    return next((row for row in alike if row.id.endswith("turbo") is turbo), alike[0])
