"""Whatever of loading takes long: it is never silent, and nobody has to wait for it who leaves."""

from __future__ import annotations

import gc
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

import fluent_ai as ai
import pytest
import torch
from fluent_ai.verbs.image import ImageRequest
from fluent_ai_local.files.weight_reader import WeightReader
from fluent_ai_local.images import loading, modules, pipeline, places
from fluent_ai_local.images.pictures import write_png
from fluent_ai_local.provider import LocalProvider
from own_threads import join_own_threads

GREY = ai.ImagePart(data=write_png(torch.full((32, 32, 3), 128, dtype=torch.uint8), {}))
LONG = [
    (LocalProvider, "image_models"),
    (places, "locate"),
    (loading.Folder, "open"),
    (pipeline, "make_plan"),
    (WeightReader, "tensor"),
    (modules.Clip, "encode"),
    (modules.T5, "encode"),
    (modules.Vae, "encode"),
]


@pytest.fixture(params=LONG, ids=lambda place: f"{place[0].__name__}.{place[1]}")
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """One kind of work goes on only once this is set, and would fail after half a minute."""
    go_on = threading.Event()
    owner, name = request.param
    real = getattr(owner, name)

    def hold(*given: Any, **named: Any) -> object:
        assert go_on.wait(30)
        return real(*given, **named)

    monkeypatch.setattr(owner, name, hold)
    return go_on


def run(path: Path, emit: Any) -> None:
    request = ImageRequest(model=str(path), prompt="a fox", steps=1, images=(GREY,))
    LocalProvider().image_model(str(path)).run(request, emit)


def test_it_is_never_silent(held: threading.Event, sd3: Path):
    items: list[object] = []

    def emit(item: object) -> None:
        items.append(item)
        if items[-3:] == [ai.Ping()] * 3:
            held.set()

    run(sd3, emit)
    assert held.is_set()
    assert isinstance(items[-1], ai.GeneratedImage)


@pytest.mark.parametrize("collects", [True, False])
def test_imports_leave_the_collection_of_garbage_as_it_was(collects: bool, monkeypatch: pytest.MonkeyPatch):
    during: list[bool] = []
    monkeypatch.setattr(modules, "import_module", lambda name: (during.append(gc.isenabled()), import_module(name))[1])
    before = gc.isenabled()
    try:
        (gc.enable if collects else gc.disable)()
        modules.import_libraries()
        assert gc.isenabled() is collects
    finally:
        (gc.enable if before else gc.disable)()
    assert not any(during)


def test_who_leaves_does_not_wait_for_it(held: threading.Event, sd3: Path):
    def leave(item: object) -> None:
        if item == ai.Ping():
            raise ai.Cancelled("left")

    before = threading.enumerate()
    with pytest.raises(ai.Cancelled):
        run(sd3, leave)
    assert not held.is_set()
    held.set()
    join_own_threads(before)
