"""Paths by which files outside of a folder are sought, and the situations that tools for files must stand."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import fluent_ai as ai
import pytest
from recordings import REASON, recorded

PATHS = recorded("suites", "security", "path_traversal_sample.json")
SCENARIOS = recorded("suites", "security", "file_tool_scenarios.json")
CANARY = "the canary"

pytestmark = pytest.mark.skipif(not PATHS.exists(), reason=REASON)


def test_no_path_leads_out(tmp_path: Path) -> None:
    """As it is, and with its escapes decoded once and twice: it is refused, or is a file inside."""
    for place in ("etc", "outside", "a/b/c/d/e/f/root"):
        (tmp_path / place).mkdir(parents=True)
    for name in ("etc/passwd", "etc/issue", "outside/secret", "secret"):
        (tmp_path / name).write_text(CANARY)
    root = tmp_path / "a/b/c/d/e/f/root"
    (root / "inside.txt").write_text("inside")
    files = ai.tools.Files(root, hidden=True)
    payloads = json.loads(PATHS.read_text(encoding="utf-8"))["payloads"]
    assert len(payloads) > 2000
    refused = 0
    for payload in payloads:
        for path in {payload, unquote(payload), unquote(unquote(payload))}:
            try:
                assert files.read_file(path) == "inside", path
            except ai.tools.FileRefused:
                refused += 1
            try:
                found = files.list_folder(path, pattern="**").entries
            except ai.tools.FileRefused:
                continue
            assert {Path(entry.path).name for entry in found} <= {"inside.txt"}, path
    assert refused > 2000


ALLOWED = {"a/../b.txt inside root", "absolute path inside root"}
ELSEWHERE = {
    "text under ASCII locale": "encodings are told by the content: tests/toolkit/test_files.py",
    "file swapped to symlink between check and open": "tests/toolkit/test_files.py",
    "create through symlinked dir": "nothing is written",
    "nested create under symlinked parent": "nothing is written",
    "parent directories created under umask 0": "nothing is written",
}


def test_the_scenarios(tmp_path: Path) -> None:
    root, outside = tmp_path / "work", tmp_path / "work2"
    (root / "a").mkdir(parents=True)
    outside.mkdir()
    (root / "b.txt").write_text("inside")
    (outside / "file").write_text(CANARY)
    (outside / "x.txt").write_text(CANARY)
    (root / "link").symlink_to(outside / "file")
    (root / "escape").symlink_to(outside)
    (root / "large").write_text("x" * 1001)
    (root / "binary").write_bytes(b"\xff\0\x01")
    files = ai.tools.Files(root, file_limit=1000)
    asked = {
        "a/../b.txt inside root": "a/../b.txt",
        "../etc/passwd": "../etc/passwd",
        "absolute path inside root": str(root / "b.txt"),
        "absolute path outside root": str(outside / "file"),
        "symlink in root -> outside file": "link",
        "symlink dir in root -> outside, read through it": "escape/file",
        "../work2/file where work2 is a sibling with root as prefix": "../work2/file",
        "directory given as file": "a",
        "file larger than cap": "large",
        "undecodable binary": "binary",
        "FIFO/device/proc file": "/dev/zero",
        "path with NUL byte": "b.txt\0",
    }
    for name, path in asked.items():
        if name in ALLOWED:
            assert files.read_file(path) == "inside", name
        else:
            with pytest.raises(ai.tools.FileRefused) as caught:
                files.read_file(path)
            assert CANARY not in str(caught.value), name
    patterns = {
        "glob ../outside/*.txt": "../work2/*.txt",
        "glob escape/*.txt through symlink": "escape/*.txt",
        "grep walker meets symlinked file": "**/file",
    }
    for name, pattern in patterns.items():
        try:
            assert files.list_folder(pattern=pattern).entries == (), name
        except ai.tools.FileRefused:
            assert name.startswith("glob ../"), name
    known = {case["n"] for case in json.loads(SCENARIOS.read_text(encoding="utf-8"))["scenarios"]}
    assert known == asked.keys() | patterns.keys() | ELSEWHERE.keys()
