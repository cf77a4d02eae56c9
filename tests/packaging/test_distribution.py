"""Wheel and source distribution hold what users need, and the editable install is plain paths."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGES = {
    "fluent_ai": "runtime",
    "fluent_ai_codegen": "codegen",
    "fluent_ai_command": "runtime",
    "fluent_ai_local": "local_engine",
    "fluent_ai_providers": "generated",
    "fluent_ai_toolkit": "runtime",
    "fluent_ai_wire": "generated",
}


def build(target: str, source: Path, out: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = out.iterdir()
    return built


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


def test_wheel_holds_the_packages_and_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_wheel_holds_every_file_of_a_package(wheel: Path, package: str) -> None:
    folder = ROOT / PACKAGES[package]
    files = {
        path.relative_to(folder).as_posix()
        for path in (folder / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert f"{package}/py.typed" in files
    assert files == {name for name in names(wheel) if name.startswith(f"{package}/")}


def test_wheel_carries_the_license_and_no_cache(wheel: Path) -> None:
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names(wheel))
    assert not [name for name in names(wheel) if "__pycache__" in name or name.endswith(".gguf")]


def test_source_distribution_builds_the_same_wheel(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    assert names(build("wheel", source, tmp_path / "again")) == names(wheel)


def test_editable_install_is_plain_paths(tmp_path: Path) -> None:
    command = "from hatchling.build import build_editable as build; import sys; build(sys.argv[1])"
    subprocess.run([sys.executable, "-c", command, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    (built,) = tmp_path.iterdir()
    with zipfile.ZipFile(built) as archive:
        (paths,) = [name for name in archive.namelist() if name.endswith(".pth")]
        lines = archive.read(paths).decode().split()
    assert {Path(line) for line in lines} == {ROOT / folder for folder in PACKAGES.values()}
