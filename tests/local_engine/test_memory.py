"""What loaded models take, and that it is given back."""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import fluent_ai as ai
import pytest
import torch
from fluent_ai.errors import ConfigError, NotFound
from fluent_ai_local.catalog.loaded_models import ModelCache
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.memory import _provider, in_memory, unload

CPU = torch.device("cpu")


def load(models: ModelCache, path: Path, precision: str | None = None):
    return models.get(str(path), lambda event: None, precision)


@pytest.fixture
def two_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


def test_the_models_used_last_stay_as_far_as_their_bytes_fit(write_gguf: Callable[..., Path]) -> None:
    models = ModelCache(CPU)
    paths = [write_gguf(seed=seed) for seed in range(3)]
    models._limit = 2 * load(models, paths[0]).size
    for path in (paths[1], paths[0], paths[2]):
        load(models, path)
    assert [Path(each.path) for each in models.loaded()] == [paths[0], paths[2]]
    models._limit = 1
    load(models, paths[1])
    assert [Path(each.path) for each in models.loaded()] == [paths[1]]  # the one in use always stays


def test_sizes_are_measured(tiny_path: Path) -> None:
    with GGUFFile(tiny_path) as file:
        floats = 4 * file.parameters
    assert load(ModelCache(CPU), tiny_path, "exact").size == floats
    pytest.importorskip("numba", reason="the fast precision needs numba, which the extra local brings")
    loaded = load(ModelCache(CPU), tiny_path, "fast")
    assert loaded.network.size < floats
    cache = loaded.network.new_cache(300)
    loaded.network.forward(torch.full((1, 300), 5), cache)
    before = loaded.size
    loaded.prefixes.keep(cache, [5] * 300)
    assert loaded.size - before == cache.block[..., :256, :].numel() * 4


@pytest.mark.usefixtures("two_threads")
@pytest.mark.parametrize("precision", ["exact", "fast"])
def test_nothing_refers_to_an_unloaded_model(tiny_path: Path, precision: str) -> None:
    """Not even the threads that helped to compute."""
    if precision == "fast":
        pytest.importorskip("numba", reason="the fast precision needs numba, which the extra local brings")
    unload()  # what other tests have left
    with ai.Client() as client:
        asked = {"precision": precision, "max_tokens": 5}
        client.complete(f"local:{tiny_path}", "hello", **asked)
        assert [(Path(each.path), each.precision) for each in in_memory()] == [(tiny_path.resolve(), precision)]
        loaded = load(_provider().models(), tiny_path, precision)
        kept = [weakref.ref(loaded.network), weakref.ref(loaded.prefixes)]
        if precision == "fast":
            kept.append(weakref.ref(loaded.network._head.store))
        del loaded
        assert unload(str(tiny_path)) == 1
        deadline = time.monotonic() + 30
        while any(thing() is not None for thing in kept) and time.monotonic() < deadline:
            time.sleep(0.01)  # the thread that wrote the reply may be about to end
        assert [thing() for thing in kept] == [None] * len(kept)
        assert in_memory() == []
        assert unload() == 0
        assert client.complete(f"local:{tiny_path}", "hello", **asked).text
    assert unload() == 1


def test_a_model_is_unloaded_in_all_precisions_and_others_stay(write_gguf: Callable[..., Path]) -> None:
    models = ModelCache(CPU)
    first, second = write_gguf(seed=1), write_gguf(seed=2)
    load(models, first, "exact")
    count = 1
    with suppress(ConfigError):  # without numba there is one precision only
        load(models, first, "fast")
        count = 2
    load(models, second)
    assert models.unload(str(first)) == count
    assert [Path(each.path) for each in models.loaded()] == [second]


def test_what_becomes_of_keys_and_values_is_counted(tiny_path: Path) -> None:
    unload()
    name = f"local:{tiny_path}"
    asked = {"precision": "exact", "max_tokens": 2, "template": ""}
    with ai.Client() as client:
        first = client.complete(name, "a" * 300, **asked)
        (model,) = in_memory()
        assert (model.kv.allocated, model.kv.grown, model.kv.kept, model.kv.reused) == (1, 1, 2, 0)
        again = client.complete(name, "a" * 300, **asked)
        assert again.text == first.text
        assert (first.usage.cached_input_tokens, again.usage.cached_input_tokens) == (0, 300)
    (model,) = in_memory()
    assert (model.kv.allocated, model.kv.grown, model.kv.kept, model.kv.reused) == (2, 2, 2, 2)
    assert unload() == 1


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(NotFound, match=r"did you mean smollm2-135m\?"):
        unload("smolm2-135m")
    unload()
    assert unload("smollm2-135m") == 0
