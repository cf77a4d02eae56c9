from __future__ import annotations

import runpy
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from fluent_ai.errors import ConfigError
from fluent_ai_codegen.publish.release import raise_patch, release, with_entry

from .conftest import ROOT

FILES = ("pyproject.toml", "runtime/fluent_ai/__init__.py", "CHANGELOG.md")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "specs" / "providers").mkdir(parents=True)
    return tmp_path


def test_the_version_is_raised_everywhere_with_what_changed(checkout: Path) -> None:
    version = release(checkout, "## New models (1)\n\n- `acme:x`\n", date(2026, 12, 1))
    pyproject, package, changelog = ((checkout / name).read_text("utf-8") for name in FILES)
    assert f'\nversion = "{version}"\n' in pyproject
    assert f'\n__version__ = "{version}"\n' in package
    assert (
        f"\n## [{version}] - 2026-12-01\n\nModel data renewed.\n\n### New models (1)\n\n- `acme:x`\n\n## [" in changelog
    )
    assert [*map(int, version.split("."))][:2] == [*map(int, release(checkout, "", date(2026, 12, 2)).split("."))][:2]


def test_the_module_says_the_version(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / "summary.md").write_text("No model changed.\n")
    monkeypatch.chdir(checkout)
    monkeypatch.setattr(sys, "argv", ["release", "summary.md", "2026-12-01"])
    monkeypatch.delitem(sys.modules, "fluent_ai_codegen.publish.release")
    runpy.run_module("fluent_ai_codegen.publish.release", run_name="__main__")
    assert f'version = "{capsys.readouterr().out.strip()}"' in (checkout / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("text", ["", 'version = "1.2"\n', 'version = "1.2.3"\nversion = "1.2.4"\n'])
def test_no_version_or_two_are_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="expected one line with a version of three numbers"):
        raise_patch(text)


def test_versions_that_differ_and_an_empty_changelog_are_refused_and_nothing_is_written(checkout: Path) -> None:
    with pytest.raises(ConfigError, match="CHANGELOG.md has no line"):
        with_entry("# Changelog\n", "1.0.0", "", date(2026, 1, 1))
    path = checkout / "runtime" / "fluent_ai" / "__init__.py"
    path.write_text('__version__ = "9.9.9"\n')
    before = (checkout / "pyproject.toml").read_bytes()
    with pytest.raises(ConfigError, match="name different versions"):
        release(checkout, "", date(2026, 1, 1))
    assert (checkout / "pyproject.toml").read_bytes() == before
