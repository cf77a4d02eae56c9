"""What the name of a language model stands for: a known model, a repository of the hub, a wheel, or a path.

Imports nothing heavy.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

from fluent_ai.content.events import Event
from fluent_ai.errors import NotFound
from fluent_ai.interfaces import Emit

from fluent_ai_local.catalog import hub, hub_cache, weights, wheels
from fluent_ai_local.files.file_names import CONFIG, parts


def is_path(model: str) -> bool:
    """A model id that is a path to a file or folder, rather than a name."""
    named = model.startswith((hub_cache.PREFIX, wheels.PREFIX))
    return not named and (model.endswith(".gguf") or "/" in model or os.sep in model)


def check(model: str) -> None:
    """Raise NotFound, with near matches, if there is no such known model and no such file; ConfigError for a name of
    the hub or of a wheel that is malformed. Nobody is asked whether what they name is there.
    """
    if model.startswith(hub_cache.PREFIX):
        hub_cache.parse(model)
    elif model.startswith(wheels.PREFIX):
        wheels.parse(model)
    elif is_path(model):
        path = Path(model).expanduser()
        if not path.is_file() and not (path / CONFIG).is_file():
            why = f"no such file, but a folder without {CONFIG}" if path.is_dir() else "no such file"
            raise NotFound(f"{why}: {model}", provider="local", model=model)
    elif model not in weights.KNOWN:
        near = get_close_matches(model, weights.KNOWN, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(weights.KNOWN)};"
        raise NotFound(
            f"no local model {model!r}; {hint} A path to a .gguf file, or to a folder with {CONFIG}, works as well, "
            "and hf:owner/name",
            provider="local",
            model=model,
        )


def place(model: str, cache: Path | None = None) -> Path | None:
    """Where a model is, or a known one will be; None for one of the hub or of a wheel that is not on this machine.

    `cache` is where the hub keeps its repositories, if not where its own tool does. Raises as `check` does.
    """
    check(model)
    if model.startswith(hub_cache.PREFIX):
        return hub_cache.cached(hub_cache.parse(model), cache)
    if model.startswith(wheels.PREFIX):
        return wheels.pulled(model)
    return Path(model).expanduser() if is_path(model) else weights.place(weights.KNOWN[model])


def locate(model: str, emit: Emit[Event], cache: Path | None = None) -> Path:
    """The file or folder of a model: as it is on this machine, without asking anybody, else pulled."""
    if model in weights.KNOWN:
        return weights.pull(weights.KNOWN[model], emit)
    return place(model, cache) or pull(model, emit, cache)


def pull(model: str, emit: Emit[Event], cache: Path | None = None) -> Path:
    """The model as its publisher has it now. Raises as `check`, `weights.pull`, `hub.pull` and `wheels.pull`."""
    check(model)
    if model.startswith(hub_cache.PREFIX):
        return hub.pull(hub_cache.parse(model), emit, cache)
    if model.startswith(wheels.PREFIX):
        return wheels.pull(model, emit)
    return Path(model).expanduser() if is_path(model) else weights.pull(weights.KNOWN[model], emit)


def files(path: Path) -> list[Path]:
    """The files of a model that is at this path: the parts of a split one, or those of a folder."""
    if path.is_dir():
        return [each for each in path.iterdir() if each.is_file()]
    return [path.with_name(part) for part in parts(path.name)]
