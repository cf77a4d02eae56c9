from __future__ import annotations

import ast
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import Manifest
from fluent_ai.registry import Registry
from fluent_ai.registry.facts import ModelFacts
from fluent_ai.registry.model_enum import ModelEnum
from fluent_ai_codegen.files.cache import Cache, carry_gone
from fluent_ai_codegen.files.ledger import parse_names
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.files.specs import Correction, Specs, load_specs
from fluent_ai_codegen.render.format import format_modules
from fluent_ai_codegen.render.generated import Rendered, render
from fluent_ai_codegen.render.inputs import Inputs
from fluent_ai_codegen.render.memory import Memory
from fluent_ai_codegen.render.verbs import read_verbs
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
VERBS = read_verbs(Layout(ROOT).verbs)

# Prints the digest of all rendered files, without the rendered packages.
PROGRAM = """
import hashlib, sys
from pathlib import Path
sys.modules["fluent_ai_wire"] = sys.modules["fluent_ai_providers"] = None
from fluent_ai_codegen import commands
from fluent_ai_codegen.render.inputs import Inputs
from fluent_ai_codegen.render.memory import Memory
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.render.generated import render
digest = hashlib.sha256()
for path, data in render(Inputs.load(Layout(Path(sys.argv[1])))).files.items():
    digest.update(path.encode() + b"\\0" + data)
print(digest.hexdigest())
"""


def rendered(root: Path) -> Rendered:
    return render(Inputs.load(Layout(root)))


def test_the_golden_tree() -> None:
    found = rendered(GOLDEN)
    differences = found.differences(Layout(GOLDEN))
    assert not differences, "\n".join(f"{item.kind} {item.path}\n{item.diff}" for item in differences)
    assert found.notes == (
        "specs/providers/acme.toml: snail-v1 and snail.v1 would all be SNAIL_V1; "
        "left out of the enum until member_names names them",
    )


def test_the_committed_tree_is_what_the_inputs_render_to() -> None:
    differences = rendered(ROOT).differences(Layout(ROOT))
    assert not differences, [f"{item.kind} {item.path}" for item in differences] + ["run `fluent-ai generate`"]


def test_the_bytes_depend_on_no_hash_seed_and_on_nothing_that_is_generated() -> None:
    digests = set()
    for seed in ("1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(GOLDEN)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        digests.add(done.stdout)
    assert len(digests) == 1


def test_every_file_says_what_made_it_and_no_client_is_long() -> None:
    for path, data in rendered(ROOT).files.items():
        lines = data.decode().splitlines()
        if path.endswith(".py"):
            assert lines[0].startswith("# Generated from ")
            assert lines[0].endswith("; do not edit. Run: fluent-ai generate")
            ast.parse(data)
            if not path.startswith(("fluent_ai_providers/_models/", "fluent_ai_wire/")):
                assert len(lines) < 160, path
        elif path.endswith(".json"):
            assert "do not edit. Run: fluent-ai generate" in lines[0]


def test_the_golden_catalog_knows_who_said_what() -> None:
    registry = Registry(GOLDEN / "generated" / "fluent_ai_providers" / "data" / "catalog")
    anvil = registry.lookup("acme", "anvil-2")
    assert anvil is not None
    assert (anvil.context_window, anvil.knowledge_cutoff) == (64000, date(2025, 6, 30))
    by_review, by_api = anvil.sources["context_window"], anvil.sources["prices"]
    assert (by_review.who, by_review.date, by_review.reason) == (
        "fluent-ai review",
        date(2026, 2, 3),
        "The list gives the size of the old version.",
    )
    assert (by_api.who, by_api.url, by_api.date, by_api.field) == (
        "Acme AI API",
        "https://api.acme.example/v1/models",
        date(2026, 1, 2),
        "pricing",
    )
    assert (anvil.web_search, anvil.vision, anvil.prices and anvil.prices.batch_input) == (True, True, 0.25)
    assert anvil.prices is not None
    assert anvil.prices.cache_read is None, "from a sheet with another input price"
    context, tools, price = (anvil.source(fact) for fact in ("context_window", "tools", "prices.input"))
    assert context is not None
    assert tools is not None
    assert price is not None
    assert [(claim.who, claim.value) for claim in context.differ] == [("Acme AI API", 32000), ("LiteLLM", 32768)]
    assert [(claim.who, claim.value) for claim in tools.differ] == [("LiteLLM", False)]
    assert [claim.who for claim in price.agree] == ["LiteLLM"]
    assert [(claim.who, claim.value) for claim in price.differ] == [("aichat", 0.6)]
    small = registry.lookup("house", "small")
    assert small is not None
    assert (small.context_window, small.sources["id"].who) == (4096, "LiteLLM")
    assert registry.lookup("acme", "hammer") is None
    gone = registry.lookup("acme", "anvil-1")
    assert gone is not None
    assert (gone.last_listed, gone.status(date(2026, 1, 1))) == (date(2025, 11, 30), "gone")
    tiny = registry.lookup("house", "tiny")
    assert tiny is not None
    assert set(tiny.sources) == {"id", "name", "kind", "context_window", "embeddings"}
    assert tiny.sources["embeddings"].inferred_from == "kind"


MANIFEST = Manifest(id="acme", name="Acme", docs="https://docs.acme.example")


def specs(*corrections: Correction) -> Specs:
    return Specs((MANIFEST,), (), {"acme": corrections} if corrections else {})


def cache(*ids: str) -> Cache:
    models = tuple(ModelFacts(id=model_id) for model_id in ids)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Cache(provider="acme", url="u", fetched=now, observed=now.date(), pages=(), models=models)


def inputs(specs: Specs, **caches: Cache) -> Inputs:
    return Inputs(specs=specs, caches=caches, sources={}, verbs=VERBS)


@settings(max_examples=25)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6, unique=True))
def test_whatever_the_ids_are_the_enum_and_the_catalog_hold_them(ids: list[str]) -> None:
    found = render(inputs(specs(), acme=cache(*ids)))
    scope: dict[str, object] = {"__name__": "rendered"}
    exec(found.files["fluent_ai_providers/_models/acme.py"], scope)  # noqa: S102  # what we have just rendered
    enum = scope["Model"]
    assert isinstance(enum, type)
    assert issubclass(enum, ModelEnum)
    left_out = sum(" would all be " in note for note in found.notes)
    assert left_out or {member.value for member in enum} == set(ids)
    assert {member.provider for member in enum} <= {"acme"}
    listed = msgspec.json.decode(found.files["fluent_ai_providers/data/catalog/acme.json"])["models"]
    assert [model["id"] for model, *_ in listed] == sorted(ids)


def test_a_member_whose_model_is_gone_stays_and_says_so() -> None:
    old = cache("left", "stays")
    new = carry_gone(old, replace(cache("stays"), observed=date(2026, 2, 2)))
    found = render(inputs(replace_names(specs(), {"LEFT": "left", "LOST": "lost", "STAYS": "stays"}), acme=new))
    module = found.files["fluent_ai_providers/_models/acme.py"].decode()
    assert 'LEFT = "left"  # last listed on 2026-01-01\n' in module
    assert 'LOST = "lost"  # nobody lists it any more\n' in module
    assert 'STAYS = "stays"\n' in module
    rows = msgspec.json.decode(found.files["fluent_ai_providers/data/catalog/acme.json"])["models"]
    assert [row[0] for row in rows] == [{"id": "left", "last_listed": "2026-01-01"}, {"id": "stays"}]
    assert carry_gone(new, cache("left")).gone == (ModelFacts(id="stays", last_listed=date(2026, 2, 2)),)


def replace_names(found: Specs, names: dict[str, str]) -> Specs:
    return Specs(found.manifests, found.wire, found.corrections, {"acme": names})


def test_what_is_rendered_extends_the_ledger() -> None:
    found = render(inputs(specs(), acme=cache("a-1")))
    assert parse_names(found.names["acme.toml"], "x") == {"A_1": "a-1"}


def test_a_reviewed_name_for_no_model_is_reported() -> None:
    manifest = msgspec.structs.replace(MANIFEST, member_names={"gone": "GONE"})
    found = render(inputs(Specs((manifest,), (), {}), acme=cache("a")))
    assert found.notes == ("specs/providers/acme.toml: member_names names 'gone', which is no model of acme",)


def test_a_correction_of_a_model_that_is_not_listed_is_refused() -> None:
    golden = load_specs(GOLDEN / "specs")
    with pytest.raises(ConfigError, match=r"specs/models/acme.toml: model 'anvil-2' is not in cache/acme.json"):
        render(inputs(golden, acme=cache("anvil-3")))


def test_a_cache_without_a_manifest_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"cache/other.json: there is no specs/providers/other.toml"):
        render(inputs(specs(), other=cache("a")))


@pytest.mark.parametrize("client", ["Model", "ModelName", "Any", "Mapping", "ProviderClient", "str"])
def test_a_client_that_would_hide_another_name_is_refused(client: str) -> None:
    manifest = msgspec.structs.replace(MANIFEST, client=client)
    with pytest.raises(ConfigError, match=f"specs/providers/acme.toml: client: a class {client} would hide another"):
        render(inputs(Specs((manifest,), (), {})))


def test_a_module_that_is_not_python_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"rendered a/b.py is not valid Python: line 2"):
        format_modules({"a/b.py": "x = 1\nclass:\n"}, Memory())
