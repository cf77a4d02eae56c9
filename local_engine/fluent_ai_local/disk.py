"""Which models the engine knows, which of them are on this machine's disk, and removing those."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from fluent_ai.errors import ConfigError
from fluent_ai.interfaces import KeptModel

from fluent_ai_local.catalog import hub_cache, sources, weights, wheels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fluent_ai_local.catalog.loaded_models import InMemory


def known_models(loaded: Sequence[InMemory] = ()) -> list[KeptModel]:
    """The known models of language. `loaded` are those in memory, as `fluent_ai_local.memory.in_memory` has them.

    >>> [model.id for model in known_models()]
    ['smollm2-135m', 'gemma3-270m', 'all-minilm-l6-v2']
    """
    return [_kept(known, loaded) for known in weights.KNOWN.values()]


def _kept(known: weights.KnownModel, loaded: Sequence[InMemory]) -> KeptModel:
    path = weights.place(known)
    resolved = str(path.resolve())
    return KeptModel(
        id=known.id,
        name=known.name,
        license=known.license,
        size=known.size,
        path=str(path) if weights.is_pulled(known) else None,
        in_memory=sum(model.size for model in loaded if model.path == resolved),
    )


def remove(model: str) -> int:
    """Remove the files of a known model, or of a wheel, that was pulled, and nothing else. Returns the bytes that this
    freed.

    That is 0 if there were none. A reply that is being written keeps its model until it ends.
    Raises NotFound, with near matches, for an unknown model; ConfigError for a path, whose files are the caller's, and
    for a model of the hub, whose cache other programs use too; OSError if the system refuses.
    """
    if sources.is_path(model):
        raise ConfigError(
            f"model = {model!r} is a path; only known models can be removed: {', '.join(weights.KNOWN)}",
            provider="local",
        )
    sources.check(model)
    if model.startswith(hub_cache.PREFIX):
        raise ConfigError(
            f"model = {model!r} lies in the hub's cache at {hub_cache.cache_folder()}, which other programs use too; "
            "its own tool removes it: hf cache rm",
            provider="local",
        )
    if model.startswith(wheels.PREFIX):
        return wheels.remove(model)
    files = weights.files(weights.KNOWN[model])
    folder = files[0].parent
    freed = weights.forget_pulls(weights.KNOWN[model])
    for path in files:
        try:
            size = path.stat().st_size
            path.unlink()
        except FileNotFoundError:
            continue
        freed += size
    with suppress(OSError):  # it is not there, or holds a pull under way or files of the user's own
        folder.rmdir()
    return freed
