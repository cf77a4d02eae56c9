"""GGUF files in parts, which the gguf library has written."""

from __future__ import annotations

import shutil
from pathlib import Path

import fluent_ai as ai
import pytest
import torch
from fluent_ai.errors import FluentError, ModelLoadFailed, WeightsCorrupt
from fluent_ai_local.architectures import load
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.files.split_gguf import open_gguf
from fluent_ai_local.memory import unload
from small_gguf import write_small_gguf


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("split")
    write_small_gguf(folder / "tiny.gguf", split=8)
    return folder


@pytest.fixture
def parts(written, tmp_path) -> list[Path]:
    shutil.copytree(written, tmp_path / "parts")
    return sorted((tmp_path / "parts").iterdir())


def test_the_parts_are_the_model(parts, tiny_path):
    assert [path.name for path in parts] == [f"tiny-0000{n}-of-00003.gguf" for n in (1, 2, 3)]
    with GGUFFile(tiny_path) as whole, open_gguf(parts[0]) as split:
        assert split.tensors.keys() == whole.tensors.keys()
        for name in whole.tensors:
            assert torch.equal(split.tensor(name), whole.tensor(name))
        networks = [
            load(file, device=torch.device("cpu"), precision="exact", loaded=lambda *facts: None)
            for file in (whole, split)
        ]
    tokens = torch.arange(5)[None]
    first, second = (network.forward(tokens, network.new_cache(5)) for network in networks)
    assert torch.equal(first, second)


@pytest.mark.parametrize("number", [0, 2])
def test_any_part_names_the_model(parts, tiny_path, number):
    with ai.Client() as client:
        reply = client.complete(f"local:{parts[number]}", "hello", max_tokens=5, precision="exact")
        assert reply.text == client.complete(f"local:{tiny_path}", "hello", max_tokens=5, precision="exact").text
    assert unload(str(parts[number])) == 1


def test_missing_parts_are_named(parts):
    parts[1].unlink()
    parts[2].unlink()
    with pytest.raises(
        ModelLoadFailed, match=r"2 of the 3 parts are missing: tiny-00002.*, tiny-00003-of-00003\.gguf$"
    ):
        open_gguf(parts[0])


def exchanged(parts: list[Path]) -> Path:
    parts[1].rename(parts[1].with_suffix(".x"))
    parts[2].rename(parts[1])
    parts[1].with_suffix(".x").rename(parts[2])
    return parts[0]


def of_another(parts: list[Path]) -> Path:
    write_small_gguf(parts[0].with_name("other.gguf"), split=9)
    parts[0].with_name("other-00002-of-00003.gguf").rename(parts[1])
    return parts[0]


def renamed(parts: list[Path]) -> Path:
    return parts[0].rename(parts[0].with_name("whole.gguf"))


def whole(parts: list[Path]) -> Path:
    write_small_gguf(parts[0].with_name("whole.gguf"))
    for path in parts:
        shutil.copy(parts[0].with_name("whole.gguf"), path)
    return parts[0]


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (exchanged, r"tiny-00002-of-00003\.gguf: says that it is part 3 of 3; expected 2 of 3"),
        (of_another, "is in an earlier part as well|all parts have .* tensors together, expected"),
        (
            renamed,
            r"is part 1 of 3, and named as if it were whole; expected a name that ends with -00001-of-00003\.gguf",
        ),
        (whole, "split.no"),
    ],
)
def test_parts_that_do_not_belong_together_are_refused(parts, harm, message):
    with pytest.raises(WeightsCorrupt, match=message):
        open_gguf(harm(parts))


def test_a_change_of_any_part_is_seen(parts):
    name = f"local:{parts[0]}"
    with ai.Client() as client:
        client.complete(name, "hello", max_tokens=2, precision="exact")
        parts[2].write_bytes(parts[2].read_bytes()[:-10])
        with pytest.raises(FluentError, match=r"tiny-00003-of-00003\.gguf"):
            client.complete(name, "hello", max_tokens=2, precision="exact")
    unload()
