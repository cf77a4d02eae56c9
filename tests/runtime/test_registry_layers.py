"""Facts that users add: by `define`, and in overlay files."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import msgspec
import pytest
from catalogs import DAY, write_catalog
from fluent_ai.errors import ConfigError
from fluent_ai.registry import Facts, Registry
from fluent_ai.registry.facts import ModelFacts, ModelInfo, Prices, RateLimits
from fluent_ai.registry.overlay_merge import flat, lay
from fluent_ai.registry.overlays import checked
from fluent_ai.registry.provenance import Origin
from hypothesis import given
from hypothesis import strategies as st

BASE = ModelInfo(
    id="base",
    name="Base",
    kind="chat",
    context_window=1_000,
    prices=Prices(input=1.0, output=2.0),
    input_modalities=("text",),
    tools=False,
    aliases=("alias",),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_catalog(tmp_path / "catalog", "groq", [BASE, ModelInfo(id="zero")], disputes={"tools": True})
    return tmp_path / "catalog"


@pytest.fixture
def models(folder: Path) -> Registry:
    return Registry(folder, overlays=())


def overlay(folder: Path, text: str, name: str = "groq.toml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_the_facts_that_users_state_are_those_of_models() -> None:
    assert set(Facts.__annotations__) == set(ModelFacts.__struct_fields__) - {"id"}


def test_a_model_of_the_users_own(models: Registry) -> None:
    made = models.define(
        "acme:my-model",
        kind="chat",
        context_window=32_768,
        prices=Prices(input=0.5, output=1.5),
        input_modalities=["text", "image"],
        rate_limits={"requests_per_minute": 10},
        released=date(2026, 1, 1),
        aliases=["mine"],
    )
    assert models.get("acme:my-model") is made
    assert models.get("acme:mine") is made
    assert models.list("acme") == [made]
    assert "acme" in models.providers()
    assert made in models.find(min_context=32_768, vision=True)
    assert made.rate_limits == RateLimits(requests_per_minute=10)
    assert made.prices == Prices(input=0.5, output=1.5)
    assert {source.who for source in made.sources.values()} == {"user"}
    assert made.sources["vision"].inferred_from == "input_modalities"
    assert set(made.sources) == {fact for fact in ModelFacts.__struct_fields__ if getattr(made, fact) is not None}
    assert models.lookup("groq", "my-model") is None


def test_facts_of_a_known_model_win_and_what_was_said_stays(models: Registry) -> None:
    before = models.get("groq:base")
    made = models.define("groq:alias", context_window=2_000, tools=True, prices={"input": 1.0, "cache_read": 0.1})
    assert made is models.get("groq:base")
    assert before.context_window == 1_000
    assert (made.id, made.name, made.context_window, made.tools) == ("base", "Base", 2_000, True)
    assert made.prices == Prices(input=1.0, output=2.0, cache_read=0.1)
    window = made.source("context_window")
    assert window is not None
    assert (window.who, window.status) == ("user", "disputed")
    assert [(claim.who, claim.value) for claim in window.differ] == [("Groq API", 1_000)]
    price = made.source("prices.input")
    assert price is not None
    assert (price.who, price.status, price.agree[0].who) == ("user", "agreed", "Groq API")
    output = made.source("prices.output")
    assert output is not None
    assert output.who == "Groq API"
    tools = made.source("tools")
    assert tools is not None
    assert {claim.who: claim.value for claim in tools.differ} == {"Groq API": False, "somebody": True}
    assert made.prompt_cache is True


def test_what_was_inferred_is_inferred_anew(models: Registry) -> None:
    assert models.define("groq:zero", input_modalities=["text"]).vision is False
    assert models.define("groq:zero", input_modalities=["text", "image"]).vision is True
    assert models.define("groq:zero", vision=False).vision is False
    assert models.define("groq:zero", input_modalities=["image"]).vision is False
    assert models.define("groq:zero", kind="embedding").embeddings is True


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"context_windw": 1}, "fact 'context_windw' is not known. Did you mean context_window"),
        ({"id": "x"}, "fact 'id' is not known."),
        ({"context_window": "big"}, "context_window is 'big'; allowed: a whole number from 1"),
        ({"context_window": 0}, "context_window is 0; allowed: a whole number from 1"),
        ({"context_window": True}, "context_window is True; allowed: a whole number from 1"),
        ({"tools": 1}, "tools is 1; allowed: true or false"),
        ({"kind": "chatt"}, "kind is 'chatt'; allowed: chat, completion"),
        ({"input_modalities": ["txt"]}, "input_modalities is ['txt']; allowed: a non-empty list of: text, image"),
        ({"input_modalities": []}, "input_modalities is []; allowed: a non-empty list"),
        ({"name": ""}, "name is ''; allowed: a non-empty text"),
        ({"aliases": ["a", ""]}, "aliases is ['a', '']; allowed: a non-empty list of: a non-empty text"),
        ({"released": "soon"}, "released is 'soon'; allowed: a day, such as 2026-11-21"),
        ({"released": object()}, "released is <object"),
        ({"prices": 3}, "prices is 3; allowed: a table of US dollars"),
        ({"prices": {"inptu": 1}}, "prices.inptu is not known. Did you mean input"),
        ({"prices": {"input": -0.1}}, "prices.input is -0.1; allowed: a number from 0"),
        ({"prices": {"input": float("inf")}}, "prices.input is inf; allowed: a number from 0"),
        ({"prices": {"input": float("nan")}}, "prices.input is nan; allowed: a number from 0"),
        ({"prices": {"input": 1e308}}, "prices.input is 1e+308; allowed: a number from 0 to 1,000,000,000"),
        ({"prices": {"input": 10**400}}, "prices.input is 1000"),
        (
            {"context_window": 10**13},
            "context_window is 10000000000000; allowed: a whole number from 1 to 1,000,000,000,000",
        ),
        ({"prices": {"tiers": [{"min_input_tokens": 5, "input": -1.0}]}}, "prices.tiers is [{"),
        ({"prices": {"tiers": [{"utc_start": "25:00", "utc_end": "06:00", "input": 1.0}]}}, "prices.tiers is [{"),
        ({"rate_limits": {"per_day": 1}}, "rate_limits is {'per_day': 1}; allowed: a table of: requests_per_minute"),
    ],
)
def test_bad_facts_name_the_model_the_fact_the_value_and_what_is_allowed(
    models: Registry, facts: dict[str, object], message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        models.define("acme:m", **facts)  # type: ignore[arg-type]
    assert str(caught.value).startswith(f"model 'acme:m': {message}")
    assert models.lookup("acme", "m") is None


@pytest.mark.parametrize("name", ["acme", ":m", "acme:", 7, "../acme:m", "Acme:m", "acme: "])
def test_a_model_needs_a_full_name(models: Registry, name: str) -> None:
    with pytest.raises(ConfigError, match="(model|provider|id) is .*; allowed: "):
        models.define(name)


OVERLAY = """
[[model]]
id = "base"
reason = "measured"
source = "https://wiki.example/base"
date = 2026-05-05
[model.facts]
context_window = 4000
released = 2026-02-02
prices = { input = 9, tiers = [{ min_input_tokens = 100, input = 18.0 }] }

[[model]]
provider = "google"
id = "own"
[model.facts]
tools = true
"""


def test_an_overlay_file_wins_with_its_own_provenance(folder: Path, tmp_path: Path) -> None:
    path = overlay(tmp_path, OVERLAY)
    models = Registry(folder, overlays=[path])
    base = models.get("groq:base")
    assert (base.context_window, base.released) == (4_000, date(2026, 2, 2))
    assert base.prices is not None
    assert (base.prices.input, base.prices.output, len(base.prices.tiers)) == (9.0, 2.0, 1)
    source = base.sources["context_window"]
    assert (source.who, source.url, source.date) == (
        f"user overlay {path}",
        "https://wiki.example/base",
        date(2026, 5, 5),
    )
    assert source.reason == "measured"
    assert models.get("gemini:own").sources["tools"].url == path.as_uri()
    assert Registry(folder, overlays=()).get("groq:base").context_window == 1_000


def test_later_overlays_win_and_a_folder_is_all_its_files(models: Registry, tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.mkdir()
    overlay(first, '[[model]]\nid = "base"\n[model.facts]\ncontext_window = 5\nmax_output_tokens = 6')
    overlay(first, '[[model]]\nid = "acme-1"\n[model.facts]\ntools = true', "acme.toml")
    models.overlay(first)
    models.overlay(overlay(tmp_path, '[[model]]\nid = "base"\n[model.facts]\ncontext_window = 7'))
    base = models.get("groq:base")
    assert (base.context_window, base.max_output_tokens) == (7, 6)
    assert [claim.value for claim in base.sources["context_window"].differ] == [5, 1_000]
    assert models.get("acme:acme-1").tools


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[model", "not valid TOML"),
        ("[[model]]\n[model.facts]\ntools = true", "missing required field `id`"),
        ('[[model]]\nid = "x"\nfact = 1\n[model.facts]', "unknown field `fact`"),
        ('[[model]]\nid = " "\n[model.facts]', "id is ' '; allowed: a non-empty text"),
        ('[[model]]\nid = "x"\nprovider = "../x"\n[model.facts]', "provider is '../x'; allowed: lower-case letters"),
        ('[[models]]\nid = "x"', "allowed: [[model]] tables with id and facts"),
        ('[[model]]\nid = "x"\n[model.facts]\ntools = "yes"', "model 'x': tools is 'yes'; allowed: true or false"),
        ('[[model]]\nid = "x"\n[model.facts]\nprices = { input = -1 }', "model 'x': prices.input is -1; allowed"),
        (
            '[[model]]\nid = "x"\n[model.facts]\ntoolz = true',
            "model 'x': fact 'toolz' is not known. Did you mean",
        ),
    ],
)
def test_a_bad_overlay_names_the_file(models: Registry, tmp_path: Path, text: str, message: str) -> None:
    path = overlay(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        models.overlay(path)
    assert str(caught.value).startswith(f"overlay {path}: ")
    assert message in str(caught.value)
    assert models.get("groq:base").context_window == 1_000


def test_overlays_that_cannot_be_read(models: Registry, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        models.overlay(tmp_path / "missing.toml")
    with pytest.raises(ConfigError, match="allowed: the path of a file or a folder"):
        models.overlay("a\0b")
    with pytest.raises(ConfigError, match="overlay 5; allowed"):
        models.overlay(5)  # type: ignore[arg-type]
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not valid TOML"):
        models.overlay(tmp_path / "bytes.toml")


def test_the_environment_names_overlays(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = overlay(tmp_path, '[[model]]\nid = "base"\n[model.facts]\ncontext_window = 5')
    other = overlay(tmp_path, '[[model]]\nid = "z"\n[model.facts]\ntools = true', "acme.toml")
    monkeypatch.setenv("FLUENT_AI_MODELS", f"{one}{os.pathsep}{other}")
    named = Registry(folder)
    assert named.get("groq:base").context_window == 5
    assert named.get("acme:z").tools
    assert Registry(folder, overlays=()).get("groq:base").context_window == 1_000
    named.define("groq:base", context_window=6)
    assert named.get("groq:base").context_window == 6


def test_the_module_reads_the_environment_when_first_asked(tmp_path: Path) -> None:
    path = overlay(tmp_path, '[[model]]\nid = "own"\n[model.facts]\ncontext_window = 5', "acme.toml")
    program = "import fluent_ai as ai; print(ai.models.get('acme:own').context_window)"
    environment = {**os.environ, "FLUENT_AI_MODELS": str(path), "FLUENT_AI_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "5\n"
    environment["FLUENT_AI_MODELS"] = str(tmp_path / "missing.toml")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert "missing.toml: No such file" in done.stderr


def test_threads_may_define_while_others_look(models: Registry) -> None:
    def work(number: int) -> None:
        for each in range(20):
            models.define(f"groq:m{number}-{each}", context_window=number + 1)
            models.find(provider="groq")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(models.list("groq")) == 2 + 4 * 20


facts = st.fixed_dictionaries(
    {},
    optional={
        "context_window": st.integers(1, 10**7),
        "tools": st.booleans(),
        "kind": st.sampled_from(["chat", "embedding"]),
        "input_modalities": st.lists(st.sampled_from(["text", "image", "audio"]), min_size=1, unique=True),
        "prices": st.fixed_dictionaries({}, optional={"input": st.floats(0, 100), "cache_read": st.floats(0, 100)}),
        "released": st.dates(),
    },
)


@given(facts, facts)
def test_a_layer_wins_and_every_fact_keeps_a_source(below: dict[str, object], above: dict[str, object]) -> None:
    first, second = checked(below, "below"), checked(above, "above")
    model = lay(None, "acme", "m", first, Origin(who="one", url="", date=DAY))
    model = lay(model, "acme", "m", second, Origin(who="two", url="", date=DAY))
    known = flat(model)
    for fact, value in {**first, **second}.items():
        assert known[fact] == value
        source = model.source(fact)
        assert source is not None
        assert source.who == ("two" if fact in second else "one")
        if fact in first and fact in second:
            same = first[fact] == second[fact]
            assert [claim.who for claim in (source.agree if same else source.differ)] == ["one"]
    assert set(known) <= {fact for fact in known if model.source(fact) is not None}
    assert msgspec.json.decode(msgspec.json.encode(model.evidence.profile)) is not None
    again = lay(model, "acme", "m", second, Origin(who="two", url="", date=DAY))
    assert flat(again) == known
    assert all(source.who in ("one", "two") for source in again.sources.values())
