"""The README's tables are rendered, and are held to what they are rendered from."""

from __future__ import annotations

from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai_codegen.readme import main, with_table

ROOT = Path(__file__).parents[2]
BEGIN = "<!-- events: rendered by `nox -s generate` -->\n"


def test_tables_of_the_readme_are_up_to_date() -> None:
    assert main(["--check"]) is None


@pytest.mark.parametrize(("table", "word"), [("providers", "`groq:`"), ("events", "`MediaDelta(part, data)`")])
def test_stale_table_is_found_and_mended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, table: str, word: str
) -> None:
    for name in ("specs", "generated"):
        (tmp_path / name).symlink_to(ROOT / name)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert word in readme
    stale = tmp_path / "README.md"
    stale.write_text(readme.replace(word, "`other`"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert str(main(["--check"])).startswith(f"error: the table of {table} ")
    assert main([]) is None
    assert stale.read_text(encoding="utf-8") == readme


@pytest.mark.parametrize("readme", ["no markers", BEGIN, BEGIN + BEGIN])
def test_readme_without_markers_is_refused(readme: str) -> None:
    with pytest.raises(ai.ConfigError, match=r"README\.md needs one line"):
        with_table(readme, "events", "table")
