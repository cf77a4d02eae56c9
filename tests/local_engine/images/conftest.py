"""A small Stable Diffusion 3 in a real folder, and what draws with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import torch

MISSING = [name for name in ("diffusers", "PIL", "safetensors", "transformers") if find_spec(name) is None]
collect_ignore_glob = ["test_*.py"] if MISSING else []


def pytest_report_header() -> list[str]:
    return [f"tests of images are left out: the extra images lacks {', '.join(MISSING)}"] if MISSING else []


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """The models here are so small that threads of torch would only wait for one another."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


WriteSD3 = Callable[..., Path]


@pytest.fixture(scope="session")
def write_sd3(tmp_path_factory: pytest.TempPathFactory) -> WriteSD3:
    """Writes a model, as `small_sd3.write_sd3`, into a folder of its own."""
    from small_sd3 import write_sd3

    def write(shape: str = "medium", **options: object) -> Path:
        return write_sd3(tmp_path_factory.mktemp("sd3"), shape, **options)

    return write


@pytest.fixture(scope="session")
def sd3(write_sd3: WriteSD3) -> Path:
    return write_sd3("3.5-medium")


@pytest.fixture
def copied(sd3: Path, tmp_path: Path) -> Path:
    """The same, to be changed by one test."""
    return Path(shutil.copytree(sd3, tmp_path / "copied"))
