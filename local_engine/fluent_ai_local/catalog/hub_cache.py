"""What names of the Hugging Face Hub stand for, and the cache that its own tool keeps on disk, which is shared with it.

Layout: https://huggingface.co/docs/huggingface_hub/guides/manage-cache.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec
from fluent_ai.errors import ConfigError, FluentError, NotFound, UnsupportedModel

from fluent_ai_local.files.file_names import CONFIG, GGUF, INDEX, SINGLE, parts

PREFIX: Final = "hf:"
MAIN: Final = "main"
_REPOSITORY: Final = re.compile(r"\w[\w.-]*/\w[\w.-]*", re.ASCII)
_REVISION: Final = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*", re.ASCII)
_TRUE: Final = frozenset({"1", "ON", "YES", "TRUE"})
_SHOWN: Final = 8


class HubName(msgspec.Struct, frozen=True):
    """`owner/name` of a repository; a branch, a tag or a commit of it; and a file in it, or None for what it holds."""

    repository: str
    revision: str = MAIN
    file: str | None = None

    def __str__(self) -> str:
        at = "" if self.revision == MAIN else f"@{self.revision}"
        return f"{PREFIX}{self.repository}{at}{'' if self.file is None else f':{self.file}'}"


def parse(model: str) -> HubName:
    """The parts of `hf:owner/name[@revision][:file]`. Raises ConfigError."""
    stem, _, file = model.removeprefix(PREFIX).partition(":")
    repository, at, revision = stem.partition("@")
    name = HubName(repository, revision if at else MAIN, file or None)
    if not _REPOSITORY.fullmatch(repository) or not is_revision(name.revision) or not (file or stem == model[3:]):
        raise ConfigError(f"model = {model!r}; allowed: hf:owner/name[@revision][:file.gguf]", provider="local")
    if file and (not is_safe(file) or not file.endswith(GGUF)):
        raise ConfigError(f"model = {model!r} names the file {file!r}; allowed: a {GGUF} file", provider="local")
    return name


def is_revision(revision: str) -> bool:
    """Whether it can be the name of a branch, a tag or a commit, and no path that leads elsewhere."""
    return bool(_REVISION.fullmatch(revision)) and ".." not in revision


def is_safe(name: str) -> bool:
    """Whether the name of a file in a repository stays within the folder that it is put into."""
    pieces = PurePosixPath(name).parts
    return bool(pieces) and ".." not in pieces and not name.startswith("/") and not re.search(r'[\\:*?"<>|\0]', name)


def is_set(variable: str) -> bool:
    """Whether an environment variable says yes, as the hub's own tool reads it."""
    return os.environ.get(variable, "").upper() in _TRUE


def home() -> Path:
    """Where the hub's own tool keeps what it knows."""
    caches = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return _expanded(os.environ.get("HF_HOME") or f"{caches}/huggingface")


def cache_folder(cache: Path | None = None) -> Path:
    """`cache` if it is given, else where the hub's own tool keeps repositories."""
    named = os.environ.get("HF_HUB_CACHE") or os.environ.get("HUGGINGFACE_HUB_CACHE")
    if cache is not None:
        return cache.expanduser()
    return _expanded(named) if named else home() / "hub"


def repository_folder(repository: str, cache: Path | None = None) -> Path:
    return cache_folder(cache) / f"models--{repository.replace('/', '--')}"


def snapshot(repository: str, revision: str | None = None, cache: Path | None = None) -> Path | None:
    """The snapshot that the cache has of a repository, at a branch, a tag or a commit."""
    folder = repository_folder(repository, cache)
    wanted = revision or MAIN
    if not is_revision(wanted):
        return None
    try:
        commit = (folder / "refs" / wanted).read_text("ascii").strip()
    except (OSError, ValueError):
        commit = wanted
    place = folder / "snapshots" / commit
    return place if is_revision(commit) and place.is_dir() else None


def cached(name: HubName, cache: Path | None = None) -> Path | None:
    """The file or folder that a name stands for, if all of it is in the cache."""
    folder = snapshot(name.repository, name.revision, cache)
    if folder is None:
        return None
    here = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    try:
        chosen = choose(name, here)
    except FluentError:
        return None
    place = place_in(folder, chosen)
    return None if place == folder and not _has_all_shards(folder) else place


def choose(name: HubName, files: Collection[str]) -> list[str]:
    """Which of a repository's files make up the model: one GGUF file with all its parts, or a folder's.

    Raises NotFound for a file that is not there, ConfigError where a repository holds several models, and
    UnsupportedModel where it holds none.
    """
    if name.file is not None:
        missing = [part for part in parts(name.file) if part not in files]
        if missing:
            near = get_close_matches(name.file, [file for file in files if file.endswith(GGUF)], cutoff=0.3)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise NotFound(f"{name} has no file {missing[0]}{hint}", provider="local", model=str(name))
        return parts(name.file)
    if CONFIG in files and (SINGLE in files or INDEX in files):
        return sorted(file for file in files if _belongs(file))
    first = sorted(file for file in files if file.endswith(GGUF) and parts(file)[0] == file and "mmproj" not in file)
    if len(first) > 1:
        shown = ", ".join(first[:_SHOWN]) + (", ..." if len(first) > _SHOWN else "")
        raise ConfigError(f"{name} holds {len(first)} models; name one as {name}:FILE, of: {shown}", provider="local")
    if not first:
        raise UnsupportedModel(
            f"{name} holds no model for the local engine: neither a {GGUF} file nor {CONFIG} with {SINGLE}",
            provider="local",
        )
    return choose(HubName(name.repository, name.revision, first[0]), files)


def place_in(folder: Path, chosen: Collection[str]) -> Path:
    """What is loaded of the chosen files of a snapshot: the first part of a GGUF file, or the folder."""
    gguf = [file for file in chosen if file.endswith(GGUF)]
    return folder / gguf[0] if gguf else folder


def _belongs(file: str) -> bool:
    """Whether a file is part of a model's folder: configurations, vocabularies, templates, and weights by `model`."""
    path = PurePosixPath(file)
    if path.suffix == ".safetensors":
        return len(path.parts) == 1 and path.name.startswith("model")
    if len(path.parts) > 1:
        return len(path.parts) == 2 and path.name == CONFIG  # such as 1_Pooling/config.json
    return path.suffix in (".json", ".jinja")


def _has_all_shards(folder: Path) -> bool:
    if (folder / SINGLE).is_file():
        return True
    try:
        placed = msgspec.json.decode((folder / INDEX).read_bytes(), type=dict[str, msgspec.Raw])["weight_map"]
        shards = set(msgspec.json.decode(placed, type=dict[str, str]).values())
    except (OSError, KeyError, msgspec.MsgspecError):
        return False
    return all(is_safe(shard) and (folder / shard).is_file() for shard in shards)


def _expanded(path: str) -> Path:
    return Path(os.path.expandvars(path)).expanduser()
