"""Tests over recordings are skipped without them, unless the run was told that they are there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from recordings import DATA, REQUIRED, recorded

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_what_is_missing_is_only_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REQUIRED, raising=False)
    assert recorded("no", "such.json") == DATA / "no" / "such.json"


def test_a_run_that_requires_them_fails_without(tmp_path: Path) -> None:
    """In a copy without recordings beside it, the modules over them fail to be collected."""
    for part in ("tests/support/recordings.py", "tests/conformance/test_ndjson.py"):
        copy = tmp_path / "checkout" / part
        copy.parent.mkdir(parents=True)
        copy.write_bytes((ROOT / part).read_bytes())
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-o",
        "pythonpath=tests/support",
        "tests",
    ]
    for required, code, said in (("", 0, "skipped"), ("1", 2, "does not exist")):
        done = subprocess.run(
            command,
            cwd=tmp_path / "checkout",
            env={REQUIRED: required, "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, said in done.stdout) == (code, True), done.stdout


def test_one_helper_finds_them() -> None:
    looking = re.compile(r"""parents\[3\]|/ ["']shared["']""")
    own = [path for path in HERE.glob("*.py") if path != Path(__file__)]
    assert [path.name for path in own if looking.search(path.read_text(encoding="utf-8"))] == []
    assert sum("recorded(" in path.read_text(encoding="utf-8") for path in own) >= 20
