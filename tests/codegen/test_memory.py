"""What is remembered of earlier runs changes nothing but the time that a run takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.registry.facts import ModelFacts, Prices
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.render.generated import render
from fluent_ai_codegen.render.inputs import Inputs
from fluent_ai_codegen.render.memory import Memory
from fluent_ai_codegen.render.wire import render_wire, wire_module
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
GOLDEN = Inputs.load(Layout(ROOT / "tests" / "golden"))


def test_a_result_is_remembered_until_anything_changes_that_it_depends_on(tmp_path: Path) -> None:
    text = (ROOT / "tests" / "golden" / "specs" / "wire" / "echo.yaml").read_text("utf-8")
    memory = Memory(tmp_path / "kept")
    module = render_wire(text, "echo.yaml", "# header")
    assert wire_module(text, "echo.yaml", "# header", memory) == module
    assert len(list((tmp_path / "kept").iterdir())) == 1
    assert memory.recall(lambda: b"one", b"a", b"b") == b"one"
    assert memory.recall(lambda: b"two", b"a", b"b") == b"one"
    assert memory.recall(lambda: b"three", b"ab", b"") == b"three"
    assert wire_module(text, "echo.yaml", "# another", memory) == render_wire(text, "echo.yaml", "# another")
    assert len(list((tmp_path / "kept").iterdir())) == 4
    with pytest.raises(ConfigError):
        wire_module("{", "echo.yaml", "# header", memory)
    assert len(list((tmp_path / "kept").iterdir())) == 4


@pytest.mark.parametrize("damage", [b"", b"\0", b"x" * 100])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    memory = Memory(tmp_path)
    memory.put(b"result", b"key")
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert memory.get(b"key") is None
    assert memory.recall(lambda: b"result", b"key") == b"result"
    assert Memory(tmp_path).get(b"key") == b"result"


def test_what_a_run_does_not_use_is_forgotten(tmp_path: Path) -> None:
    Memory(tmp_path).put(b"1", b"old")
    memory = Memory(tmp_path)
    memory.put(b"2", b"new")
    memory.forget_unused()
    assert (memory.get(b"old"), memory.get(b"new")) == (None, b"2")
    Memory().forget_unused()
    assert Memory().get(b"new") is None


MODELS = st.builds(
    ModelFacts,
    id=st.sampled_from(["anvil-1", "anvil-2", "rocket-3", "magnet-2026-01-01"]),
    kind=st.sampled_from([None, "chat", "embedding"]),
    context_window=st.sampled_from([None, 8, 128_000]),
    prices=st.sampled_from([None, Prices(input=1.0), Prices(input=2.0, output=3.0)]),
)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(sorted(GOLDEN.caches)),
        st.lists(MODELS, max_size=3, unique_by=lambda model: model.id),
        st.sampled_from(["", "Another Name"]),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(CHANGES)
@example([("acme", [], "Another Name")])
def test_a_run_with_a_memory_renders_what_a_run_without_one_does(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, list[ModelFacts], str]]
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    inputs = GOLDEN
    assert render(inputs, Memory(folder)) == render(inputs)
    for provider, models, name in changes:
        cache = inputs.caches[provider]
        corrected = {each.id for each in inputs.specs.corrections.get(provider, ())}
        kept = [model for model in cache.models if model.id in corrected]
        added = [model for model in models if model.id not in corrected]
        caches = {**inputs.caches, provider: msgspec.structs.replace(cache, models=(*kept, *added))}
        manifests = tuple(
            msgspec.structs.replace(each, name=name, client="Acme") if name and each.id == provider else each
            for each in inputs.specs.manifests
        )
        inputs = replace(inputs, caches=caches, specs=replace(inputs.specs, manifests=manifests))
        assert render(inputs, Memory(folder)) == render(inputs)
