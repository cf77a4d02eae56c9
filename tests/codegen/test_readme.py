"""The README's table of providers is rendered, and is held to what it is rendered from."""

from __future__ import annotations

from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai_codegen.readme import BEGIN, main, with_table

ROOT = Path(__file__).parents[2]


def test_readme_lists_the_providers_that_there_are() -> None:
    assert main(["--check"]) is None


def test_stale_table_is_found_and_mended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("specs", "generated"):
        (tmp_path / name).symlink_to(ROOT / name)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    stale = tmp_path / "README.md"
    stale.write_text(readme.replace("`groq:`", "`gorq:`"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert str(main(["--check"])).startswith("error: the table of providers")
    assert main([]) is None
    assert stale.read_text(encoding="utf-8") == readme


@pytest.mark.parametrize("readme", ["no markers", BEGIN, BEGIN + BEGIN])
def test_readme_without_markers_is_refused(readme: str) -> None:
    with pytest.raises(ai.ConfigError, match=r"README\.md needs one line"):
        with_table(readme, "table")
