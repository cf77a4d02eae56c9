"""Safetensors files are read, and not mapped."""

from __future__ import annotations

from pathlib import Path

import pytest
import safetensors.torch as library
import torch
from fluent_ai.errors import ModelLoadFailed, WeightsCorrupt
from fluent_ai_local.files import pages
from fluent_ai_local.files.weight_reader import WeightReader

KINDS = [
    torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float8_e4m3fn, torch.float8_e5m2,
    torch.float16, torch.bfloat16, torch.float32, torch.float64,
]  # fmt: skip


def test_every_type_and_shape_is_what_the_library_wrote(tmp_path: Path) -> None:
    torch.manual_seed(0)
    tensors = {
        f"{kind}-{shape}": (100 * torch.randn(shape)).to(kind)
        for kind in KINDS
        for shape in ((), (0,), (3, 0, 2), (7,), (300, 301))
    }
    library.save_file(tensors, tmp_path / "all.safetensors", metadata={"format": "pt"})
    with WeightReader(tmp_path / "all.safetensors") as file:
        assert sorted(file.names()) == sorted(tensors)
        for name, tensor in tensors.items():
            found = file.tensor(name)
            assert (found.shape, found.dtype) == (tensor.shape, tensor.dtype)
            assert torch.equal(*(each.reshape(-1).view(torch.uint8) for each in (found, tensor)))


def test_a_file_that_shrinks_is_an_error_and_changes_nothing_that_was_read(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    library.save_file({"a": torch.ones(50_000), "b": torch.ones(50_000)}, path)
    with WeightReader(path) as file:
        first = file.tensor("a")
        with path.open("r+b") as changed:
            changed.truncate(1000)
        assert bool((first == 1).all())
        with pytest.raises(WeightsCorrupt, match=r"x.safetensors: tensor 'b' ends at byte 400,\d+, after the end"):
            file.tensor("b")


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelLoadFailed, match="none.safetensors: cannot be read"):
        WeightReader(tmp_path / "none.safetensors")
    with pytest.raises(ModelLoadFailed, match="cannot be read"):
        WeightReader(tmp_path)


def test_tensors_on_their_own_are_not_copied_and_parts_are() -> None:
    whole = pages.empty((400, 400), torch.float32)
    whole.fill_(2)
    assert pages.on_its_own(whole, torch.float32) is whole
    part = pages.on_its_own(whole[:100], torch.float32)
    assert part.untyped_storage().nbytes() == part.nbytes == 160_000
    assert bool((part == 2).all())
    half = pages.on_its_own(whole, torch.bfloat16)
    assert (half.dtype, half.shape) == (torch.bfloat16, (400, 400))
