"""Whether tensors leave holes in the heap."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest
from fluent_ai_local.images.memory.allocator import Allocator, glibc

MIB = 2**20
EXACT, USUAL = [(-3, MIB), (-1, 2 * MIB)], [(-3, 32 * MIB), (-1, 64 * MIB)]


def test_it_holds_while_anybody_needs_it():
    said: list[tuple[int, int]] = []
    allocator = Allocator(lambda option, value: said.append((option, value)))
    with allocator.exact():
        assert said == EXACT
        with allocator.exact():
            pass
        assert said == EXACT
    assert said == EXACT + USUAL
    with pytest.raises(KeyError), allocator.exact():
        raise KeyError
    assert said == 2 * (EXACT + USUAL)


def test_without_glibc_nothing_happens():
    with Allocator(None).exact():
        pass


PROGRAM = """
import ctypes
from contextlib import nullcontext
from pathlib import Path
import torch
from fluent_ai_local.images.memory.allocator import ALLOCATOR

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

before = resident()
with ALLOCATOR.exact():
    pieces = [torch.ones(2 * 2**20, dtype=torch.uint8) for _ in range(64)]
    del pieces[::2]
    print((resident() - before) / 2**20)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator than glibc's")
@pytest.mark.parametrize(
    ("own", "least", "most"), [({}, 60, 90), ({"MALLOC_MMAP_THRESHOLD_": str(16 * MIB)}, 120, 150)]
)
def test_what_is_freed_between_tensors_goes_back_unless_the_owner_has_decided(
    own: dict[str, str], least: float, most: float
):
    run = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=120)
    assert 60 < float(done.stdout) < 90


@pytest.mark.parametrize("name", ["MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES"])
def test_the_owner_of_the_process_decides(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, "glibc.malloc.mmap_threshold=1000000")
    assert glibc() is None
