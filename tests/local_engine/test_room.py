"""Memory is asked for before it is taken: estimates held against what loading takes, and refusals with the numbers."""

from __future__ import annotations

import json
import logging
import math
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import torch
from fluent_ai.content.events import Progress
from fluent_ai.errors import OutOfMemory, UnsupportedModel, WeightsCorrupt
from fluent_ai_local.architectures import check_tensors
from fluent_ai_local.catalog import loaded_models as engine
from fluent_ai_local.catalog.loaded_models import ModelCache, load_model
from fluent_ai_local.files.gguf import GGUFFile
from fluent_ai_local.files.safetensors import read_table
from fluent_ai_local.free_memory import free_memory
from small_gguf import FEED_FORWARD, LAYERS

CPU = torch.device("cpu")
PEAK = """
import sys, torch
from pathlib import Path
from fluent_ai_local import chat
from fluent_ai_local.catalog import loaded_models, sources
from fluent_ai_local.catalog.peak import peak_of
model, precision = sys.argv[1:]
def measure(key):
    with open("/proc/self/status") as status:
        return int(status.read().split(key)[1].split()[0]) * 1024
path = Path(model)
with open("/proc/self/clear_refs", "w") as peak:
    peak.write("5")
before = measure("VmRSS:")
with loaded_models.open_model(path) as file:
    estimate = peak_of(file, precision, kernels=precision == "fast")
cpu = torch.device("cpu")
loaded_models.load_model(path, lambda event: None, trusted=True, device=cpu, precision=precision)
print(estimate, measure("VmHWM:") - before)
"""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="only Linux says what the peak was")
@pytest.mark.parametrize("precision", ["exact", pytest.param("fast", marks=pytest.mark.slow)])
def test_the_estimate_is_near_the_peak(smollm2_path: Path, precision: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(smollm2_path), precision], capture_output=True, text=True, check=True
    )
    estimate, peak = map(int, done.stdout.split())
    assert 0.95 * peak <= estimate <= 1.25 * peak


def make_huge(folder: Path) -> None:
    """Make the model one of terabytes, of whose weights only the table is on disk."""
    size = 2**32
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"intermediate_size": size}))
    path = folder / "model.safetensors"
    table = {name: stored.shape for name, stored in read_table(path).items()}
    entries: dict[str, object] = {}
    end = 0
    for name, shape in table.items():
        sides = [size if ".mlp." in name and side == FEED_FORWARD else side for side in shape]
        begin, end = end, end + 4 * math.prod(sides)
        entries[name] = {"dtype": "F32", "shape": sides, "data_offsets": [begin, end]}
    header = json.dumps(entries).encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header)
    os.truncate(path, 8 + len(header) + end)


@pytest.mark.parametrize("precision", ["exact", "fast"])
def test_a_model_larger_than_the_memory_is_refused_before_any_is_taken(
    tiny_path: Path, write_folder: Callable[[Path], Path], precision: Literal["exact", "fast"]
) -> None:
    folder = write_folder(tiny_path)
    make_huge(folder)
    with pytest.raises(OutOfMemory, match=r"takes [\d,]+ MB of memory at its peak, and [\d,]+ MB are free") as raised:
        load_model(folder, lambda event: None, trusted=True, device=CPU, precision=precision)
    assert raised.value.estimate > 5 * 10**11 > free_memory(CPU)


def test_models_unused_for_longest_make_room_and_everyone_may_see_it(
    write_gguf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    models = ModelCache(CPU)
    paths = [write_gguf(seed=seed) for seed in (11, 12, 13)]
    events: list[object] = []
    caplog.set_level(logging.INFO, "fluent_ai_local.models")
    for path in paths[:2]:
        models.load(str(path), events.append, "exact")
    assert not [event for event in events if isinstance(event, Progress) and event.phase == "evict"]
    # As much is free as one model takes, once one of two has gone.
    monkeypatch.setattr(engine, "free_memory", lambda device: 0 if len(models.loaded()) > 1 else 10**12)
    models.load(str(paths[2]), events.append, "exact")
    evicted = [event for event in events if isinstance(event, Progress) and event.phase == "evict"]
    assert [Path(each.path) for each in models.loaded()] == [paths[1], paths[2]]
    assert [event.done for event in evicted] == [models.loaded()[0].size]
    models.unload()
    said = [(record.message.split()[0], record.model_path) for record in caplog.records]
    assert said == [
        ("loaded", str(paths[0])),
        ("loaded", str(paths[1])),
        ("evicted", str(paths[0])),
        ("loaded", str(paths[2])),
        ("unloaded", str(paths[1])),
        ("unloaded", str(paths[2])),
    ]


def test_all_missing_and_surplus_tensors_are_named(write_gguf: Callable[..., Path]) -> None:
    gone = {f"blk.{layer}.ffn_norm.weight": None for layer in range(LAYERS)}
    more = {"blk.0.odd.weight": np.zeros(3, np.float32)}

    def check(tensors: dict[str, np.ndarray | None]) -> None:
        with GGUFFile(write_gguf(tensors=tensors)) as file:
            check_tensors(file)

    check({})
    with pytest.raises(
        WeightsCorrupt, match=r"2 tensors are missing: blk\.0\.ffn_norm\.weight, blk\.1\.ffn_norm\.weight$"
    ):
        check(gone)
    with pytest.raises(
        WeightsCorrupt, match=r"are missing: .*; 1 tensors have no place in llama: blk\.0\.odd\.weight$"
    ):
        check(gone | more)
    with pytest.raises(WeightsCorrupt, match=r"tensor 'output_norm\.weight' is missing$"):
        check({"output_norm.weight": None})
    with pytest.raises(UnsupportedModel, match=r"1 tensors have no place in llama: blk\.0\.odd\.weight$"):
        check(more)
