from __future__ import annotations

import os
from pathlib import Path

import pytest
from fluent_ai_codegen.files.tree import compare, read_tree, replace

FILES = {"a.py": b"one\ntwo\n", "deep/b.json": b"{}\n"}


def test_replace_makes_the_folder_hold_exactly_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "generated"
    replace({"old.py": b""}, folder)
    replace(FILES, folder)
    assert read_tree(folder) == FILES
    assert os.listdir(folder.parent) == ["generated"]


def test_compare_finds_missing_extra_and_changed_files_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one\n2\n")
    (tmp_path / "stale.py").write_text("")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"")
    before = read_tree(tmp_path)
    found = compare(FILES, tmp_path)
    assert [(item.path, item.kind) for item in found] == [
        ("a.py", "changed"),
        ("deep/b.json", "missing"),
        ("stale.py", "extra"),
    ]
    assert found[0].diff.splitlines() == [
        "--- committed/a.py", "+++ rendered/a.py", "@@ -1,2 +1,2 @@", " one", "-2", "+two",
    ]  # fmt: skip
    assert read_tree(tmp_path) == before
    assert compare(before, tmp_path) == []
    assert [item.kind for item in compare(FILES, tmp_path / "absent")] == ["missing", "missing"]


@pytest.mark.parametrize("stage", ["write", "swap"])
def test_a_failure_leaves_the_old_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    folder = tmp_path / "generated"
    replace({"old.py": b"old"}, folder)
    real = Path.rename

    def refuse_write(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    def refuse_swap(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, *{"write": ("write_bytes", refuse_write), "swap": ("rename", refuse_swap)}[stage])
    with pytest.raises(OSError, match=r"No space|Permission"):
        replace(FILES, folder)
    monkeypatch.undo()
    assert read_tree(folder) == {"old.py": b"old"}
    assert os.listdir(tmp_path) == ["generated"]
