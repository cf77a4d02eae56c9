"""The documentation runs: each page's Python blocks in order, the local model for real, all others on loopback."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import fluent_ai as ai
import pytest
from fluent_ai.manifest import load_manifests, parse_manifest
from fluent_ai_codegen.readme import BEGIN, main, with_table
from loopback import Provider, serve

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guides").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serve() as provider:
        yield provider


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.name)
def test_python_blocks_run(
    page: Path, provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for manifest in load_manifests().values():
        for name in manifest.base_url_env:
            monkeypatch.setenv(name, provider.url)
        for name in manifest.auth.env:
            monkeypatch.setenv(name, "a-key")
    for text in blocks(page, "toml"):
        address = re.sub(r'(?m)^base_url = ".*"$', f'base_url = "{provider.url}"', text)
        (tmp_path / "acme.toml").write_text(address)
    (tmp_path / "talk.mp3").write_bytes(b"ID3 and sound")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, page.name, "exec", dont_inherit=True), names)  # noqa: S102  # our own documentation
    for value in names.values():
        if isinstance(value, ai.Client):
            value.close()
    capsys.readouterr()


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "toml")], ids=lambda page: page.name)
def test_manifests_are_valid(page: Path) -> None:
    for text in blocks(page, "toml"):
        assert parse_manifest(text, page.name).id == "acme"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert missing == []


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
