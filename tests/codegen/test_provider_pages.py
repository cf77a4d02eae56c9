"""Each provider has a page of what its manifest and its catalog say, and the pages are those that are committed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fluent_ai.manifest.files import parse_manifest
from fluent_ai.manifest.schema import Manifest, Variable
from fluent_ai.registry import Registry
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.files.specs import load_specs
from fluent_ai_codegen.provider_pages import main, page, rendered

LAYOUT = Layout.find(Path(__file__))
MANIFESTS = load_specs(LAYOUT.specs).manifests
REGISTRY = Registry(LAYOUT.generated / "fluent_ai_providers" / "data" / "catalog", overlays=())
PAGES = {name: text.decode() for name, text in rendered(LAYOUT).items()}


def test_pages_are_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(LAYOUT.root)
    assert main(["--check"]) is None


def test_there_is_a_page_for_each_provider_and_the_index_leads_to_it() -> None:
    assert sorted(PAGES) == sorted(["index.md", *(f"{manifest.id}.md" for manifest in MANIFESTS)])
    assert set(re.findall(r"\]\((\w+\.md)\)", PAGES["index.md"])) == PAGES.keys() - {"index.md"}


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda manifest: manifest.id)
def test_a_page_names_all_that_a_caller_needs(manifest: Manifest) -> None:
    text = PAGES[f"{manifest.id}.md"]
    needed = [name for method in manifest.auth.methods for name in method.env]
    needed += [*manifest.base_url_env, *manifest.options, *manifest.header_env]
    needed += [f"{name}:" for name in (manifest.id, *manifest.aliases)]
    own = [variable for variable in manifest.variables.values() if not variable.of]
    needed += [name for variable in own for name in (*variable.env, *variable.choices)]
    needed += [
        route.path for capability in manifest.capabilities for route in manifest.routes(capability) if route.path
    ]
    needed += [model.id for model in REGISTRY.all(manifest.id)]
    assert [name for name in needed if f"`{name}`" not in text] == []


@pytest.mark.parametrize("name", PAGES)
def test_tables_are_whole(name: str) -> None:
    """As many cells in each row as in the head, whatever stands in them."""
    for table in re.findall(r"(?:^\|.*\n)+", PAGES[name], re.MULTILINE):
        widths = {len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(widths) == 1, table


def test_overlays_of_the_person_who_renders_stay_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    overlay = tmp_path / "groq.toml"
    overlay.write_text('[[model]]\nid = "my-own"\n[model.facts]\ncontext_window = 1\n')
    monkeypatch.setenv("FLUENT_AI_MODELS", str(overlay))
    assert {name: text.decode() for name, text in rendered(LAYOUT).items()} == PAGES


def test_stale_missing_and_extra_pages_are_found_and_mended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("specs", "generated"):
        (tmp_path / name).symlink_to(LAYOUT.root / name)
    monkeypatch.chdir(tmp_path)
    assert main([]) is None
    folder = tmp_path / "docs" / "guides" / "providers"
    (folder / "groq.md").write_text("# Gorq\n")
    (folder / "openai.md").unlink()
    (folder / "acme.md").write_text("# Acme\n")
    problem = main(["--check"])
    assert problem == (
        "error: docs/guides/providers is not up to date: "
        "acme.md (extra), groq.md (changed), openai.md (missing); run `nox -s generate`"
    )
    assert main([]) is None
    assert main(["--check"]) is None


def test_what_differs_is_said_and_what_is_absent_is_left_out() -> None:
    manifest = parse_manifest(
        """
        id = "acme"
        name = "Acme"
        docs = "https://acme.example/docs"
        base_url = "https://acme.example/{account}/v1"
        variables = { account = { env = ["ACME_ACCOUNT"] } }
        [auth]
        env = ["ACME_API_KEY"]
        [[chat]]
        models = "acme-*"
        protocol = "openai_chat"
        path = "/chat"
        [quirks]
        tools = "auto"
        seed_field = "none"
        reasoning_field = "thinking"
        """,
        "acme.toml",
    )
    text = page(manifest, (), ())
    assert manifest.variables == {"account": Variable(env=("ACME_ACCOUNT",))}
    assert "| Placeholder | From |\n| --- | --- |\n| `account` | `ACME_ACCOUNT` |\n" in text
    assert "- Refused, because the endpoint has no word for it: `top_k`, `seed`.\n" in text
    assert "`tool_choice` may be `auto` or `none`" in text
    assert "`reasoning` turns thinking on" in text
    assert "## Models" not in text
    assert "```" not in text
