"""Compare and replace whole trees of files."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Difference:
    """One file that is `missing`, `extra` (nothing generates it) or `changed`, then with a unified diff."""

    path: str
    kind: str
    diff: str = ""


def read_tree(folder: Path) -> dict[str, bytes]:
    """All files below `folder`, without Python's byte code."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def compare(expected: Mapping[str, bytes], folder: Path) -> list[Difference]:
    """What differs between the expected files and those in `folder`; empty when they are the same. Writes nothing."""
    return _compare(expected, read_tree(folder) if folder.is_dir() else {})


def compare_files(expected: Mapping[str, bytes], folder: Path) -> list[Difference]:
    """Likewise, where `folder` holds other files too, which are nobody's business here."""
    return _compare(expected, {path: (folder / path).read_bytes() for path in expected if (folder / path).is_file()})


def _compare(expected: Mapping[str, bytes], actual: Mapping[str, bytes]) -> list[Difference]:
    differences = []
    for path in sorted(expected.keys() | actual.keys()):
        if path not in actual:
            differences.append(Difference(path, "missing"))
        elif path not in expected:
            differences.append(Difference(path, "extra"))
        elif expected[path] != actual[path]:
            differences.append(Difference(path, "changed", _diff(path, actual[path], expected[path])))
    return differences


def _diff(path: str, old: bytes, new: bytes) -> str:
    before, after = (data.decode("utf-8", "replace").splitlines() for data in (old, new))
    return "\n".join(difflib.unified_diff(before, after, f"committed/{path}", f"rendered/{path}", lineterm=""))


def replace(files: Mapping[str, bytes], folder: Path) -> None:
    """Make `folder` hold exactly `files`: written beside it, then swapped in by renames, so there is no half tree."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
        new, old = Path(scratch, "new"), Path(scratch, "old")
        for path, data in files.items():
            target = new / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except OSError:
            if old.exists():
                old.rename(folder)
            raise
        shutil.rmtree(old, ignore_errors=True)
