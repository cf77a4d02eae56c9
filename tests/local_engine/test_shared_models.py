"""Loaded models are shared by all threads: none is loaded twice, half loaded, or given to the wrong reply."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import torch
from fluent_ai.content import events as ev
from fluent_ai.errors import Cancelled
from fluent_ai_local.catalog.loaded_models import ModelCache
from together import together

TOKENS = torch.tensor([[5, 6, 7]])


@pytest.fixture(scope="module")
def paths(write_gguf: Callable[..., Path]) -> list[Path]:
    """Three models, one more than stay in memory."""
    return [write_gguf(seed=seed) for seed in range(3)]


def logits(models: ModelCache, path: Path) -> torch.Tensor:
    network = models.get(str(path), lambda event: None).network
    return network.forward(TOKENS, network.new_cache(3))


def test_threads_that_change_models_get_the_model_that_they_asked_for(paths: list[Path]) -> None:
    expected = {path: logits(ModelCache(torch.device("cpu")), path) for path in paths}
    models = ModelCache(torch.device("cpu"))
    models._limit = 2.5 * models.get(str(paths[0]), lambda event: None).size
    turns = itertools.count()

    def ask() -> None:
        path = paths[next(turns) % len(paths)]
        assert torch.equal(logits(models, path), expected[path])

    def leave() -> None:
        chosen = random.choice(paths)

        def go(event: ev.Event) -> None:
            raise Cancelled("gone")

        with suppress(Cancelled):
            models.get(str(chosen), go)

    together(*[ask] * 5, leave, leave, seconds=3.0)
    assert len(models._models) <= 2
    assert len(models._loading) == 0


def test_a_model_is_loaded_by_one_thread_at_a_time(tiny_path: Path) -> None:
    """Each round begins with an empty cache, and one thread of six loads for all."""
    for _ in range(5):
        models = ModelCache(torch.device("cpu"))
        loads: list[int] = []
        got: list[object] = []

        def note(event: ev.Event, loads: list[int] = loads) -> None:
            if isinstance(event, ev.Progress) and event.phase != "compile" and event.done == event.total:
                loads.append(1)

        def ask(models: ModelCache = models, got: list[object] = got, note: Callable[[ev.Event], None] = note) -> None:
            got.append(models.get(str(tiny_path), note))

        together(*[ask] * 6, seconds=0.2)
        assert len(loads) == 1
        assert all(model is got[0] for model in got)
