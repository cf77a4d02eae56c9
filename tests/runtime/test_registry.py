from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.files import data_folder, load_manifests
from fluent_ai.registry import Registry
from fluent_ai.registry import shared as registry
from fluent_ai.registry.catalog import Catalog, Row
from fluent_ai.registry.facts import ModelFacts, ModelInfo, Prices
from fluent_ai.registry.model_enum import ModelEnum
from fluent_ai.registry.overlay_merge import lay
from fluent_ai.registry.provenance import Attribution, Origin
from hypothesis import given
from hypothesis import strategies as st


def info(model_id: str, **facts: object) -> ModelInfo:
    return ModelInfo(id=model_id, **facts)  # type: ignore[arg-type]


GROQ = [
    info(
        "big", name="Big Model", kind="chat", context_window=200_000, tools=True, prices=Prices(input=1.0, output=4.0)
    ),
    info("small", kind="chat", context_window=8_000, tools=False, prices=Prices(input=0.1), aliases=("tiny", "big")),
    info("unknown"),
]
GEMINI = [info("flash", kind="chat", max_input_tokens=1_000_000, vision=True, input_modalities=("text", "image"))]


@pytest.fixture
def models(tmp_path: Path) -> Registry:
    for provider, infos in (("groq", GROQ), ("gemini", GEMINI)):
        said = {fact: f"wire_{fact}" for fact in ModelFacts.__struct_fields__}
        sources = (
            Origin(who=f"{provider} API", url="https://x.example", date=date(2026, 1, 1), facts=said),
            Origin(who="review", url="https://y.example", date=date(2026, 2, 2), reason="it was wrong"),
        )
        by_api = dict.fromkeys(said, 0)
        profiles = tuple(msgspec.Raw(msgspec.json.encode(each)) for each in (by_api, by_api | {"context_window": 1}))
        rows = [Row(model, int(model.id == "small")) for model in infos]
        catalog = Catalog(generated="by hand", provider=provider, sources=sources, profiles=profiles, models=rows)
        (tmp_path / f"{provider}.json").write_bytes(msgspec.json.encode(catalog))
    return Registry(tmp_path)


def ids(found: list[ModelInfo]) -> list[str]:
    return [model.full_name for model in found]


def test_get_by_name_alias_of_the_provider_and_alias_of_the_model(models: Registry) -> None:
    big = models.get("groq:big")
    assert (big.provider, big.id, big.context_window) == ("groq", "big", 200_000)
    assert models.get("groq:big") is big
    assert models.get("groq:tiny").id == "small"
    assert models.get("google:flash").provider == "gemini"


@pytest.mark.parametrize(
    "name",
    [
        "gemini:models/flash",
        "gemini:publishers/google/models/flash",
        "gemini:projects/p/locations/us-central1/publishers/google/models/flash",
        "gemini:arn:aws:bedrock:us-east-1::foundation-model/flash",
        "gemini:arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/flash",
    ],
)
def test_a_model_is_known_by_the_name_of_its_resource(models: Registry, name: str) -> None:
    assert models.get(name).id == "flash"


def test_a_profile_that_a_user_made_is_nobody_elses(models: Registry) -> None:
    with pytest.raises(ConfigError, match="is not in the registry"):
        models.get("gemini:arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/flash")


def test_an_id_wins_over_an_alias(models: Registry) -> None:
    assert models.get("groq:big").name == "Big Model"


def test_get_by_info_and_by_enum_member(models: Registry) -> None:
    class Model(ModelEnum):
        __provider__ = "groq"
        BIG = "big"
        CONFUSING = "groq:small"

    assert models.get(Model.BIG) is models.get("groq:big")
    assert models.get(models.get("groq:big")) is models.get("groq:big")
    models.get("groq:small")
    with pytest.raises(ConfigError):
        models.get(Model.CONFUSING)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("groq:bigg", "model 'bigg' of groq is not in the registry. Did you mean big"),
        ("groq:zzzzzz", "model 'zzzzzz' of groq is not in the registry."),
        ("grog:big", "provider 'grog' is not known. Did you mean groq"),
        ("big", "model is 'big'; allowed: 'provider:model'"),
        ("groq:", "model is 'groq:'; allowed"),
    ],
)
def test_what_is_not_known_is_refused_with_near_matches(models: Registry, name: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        models.get(name)
    assert str(caught.value).startswith(message)


def test_lookup_asks_and_never_raises(models: Registry) -> None:
    assert models.lookup("groq", "nothing") is None
    assert models.lookup("mistral", "nothing") is None
    assert models.did_you_mean("groq", "smal") == " Did you mean small?"


def test_list_is_every_model_once_by_id(models: Registry) -> None:
    assert ids(models.list("groq")) == ["groq:big", "groq:small", "groq:unknown"]
    assert ids(models.list("google")) == ["gemini:flash"]
    assert models.list("mistral") == []
    with pytest.raises(ConfigError, match="provider 'nobody' is not known"):
        models.list("nobody")


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, ["gemini:flash", "groq:big", "groq:small", "groq:unknown"]),
        ({"provider": "groq"}, ["groq:big", "groq:small", "groq:unknown"]),
        ({"provider": ["google", "groq"], "kind": "chat"}, ["gemini:flash", "groq:big", "groq:small"]),
        ({"tools": True}, ["groq:big"]),
        ({"tools": False}, ["groq:small"]),
        ({"vision": True}, ["gemini:flash"]),
        ({"min_context": 8_000}, ["gemini:flash", "groq:big", "groq:small"]),
        ({"min_context": 8_001}, ["gemini:flash", "groq:big"]),
        ({"max_input_price": 1.0}, ["groq:big", "groq:small"]),
        ({"max_input_price": 0.99}, ["groq:small"]),
        ({"max_output_price": 100.0}, ["groq:big"]),
        ({"min_output": 1}, []),
        ({"input_modalities": "image"}, ["gemini:flash"]),
        ({"output_modalities": "image"}, []),
        ({"text": "BIG m"}, ["groq:big"]),
        ({"text": "small", "tools": True}, []),
    ],
)
def test_find_takes_only_what_is_known_to_hold(
    models: Registry, conditions: dict[str, object], expected: list[str]
) -> None:
    assert ids(models.find(**conditions)) == expected  # type: ignore[arg-type]


def test_every_known_fact_has_its_source(models: Registry) -> None:
    small = models.get("groq:small")
    known = {fact for fact in ModelFacts.__struct_fields__ if getattr(small, fact) is not None}
    assert set(small.sources) == known
    said = Attribution(who="groq API", url="https://x.example", date=date(2026, 1, 1), field="wire_prices")
    assert small.sources["prices"] == said
    reviewed = small.sources["context_window"]
    assert (reviewed.who, reviewed.reason) == ("review", "it was wrong")
    assert models.get("groq:big").sources["context_window"].who == "groq API"


def test_an_info_can_be_copied_pickled_hashed_and_read(models: Registry) -> None:
    big = models.get("groq:big")
    assert pickle.loads(pickle.dumps(big)) == big  # our own
    assert copy.deepcopy(big) == big
    assert len({big, models.get("groq:small")}) == 2
    assert repr(big).startswith("ModelInfo('groq:big', name='Big Model', kind='chat', context_window=200000")
    with pytest.raises(AttributeError):
        big.id = "other"  # type: ignore[misc]


@pytest.mark.parametrize("text", [b"{", b'{"generated":"","provider":"groq","sources":[]}'])
def test_a_damaged_catalog_is_one_clear_error(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "groq.json").write_bytes(text)
    with pytest.raises(ConfigError, match=r"groq\.json: .*reinstall fluent-ai, or run `fluent-ai generate`"):
        Registry(tmp_path).list("groq")


@pytest.mark.parametrize(
    "damage",
    [
        {"context_window": 2},
        {"context_window": -1},
        {"context_window": []},
        {"context_window": None},
        {"context_window": 10**30},
        {"context_window": "context_window"},
        {"context_window": "kind", "kind": "tools"},
    ],
)
def test_damaged_sources_are_one_clear_error_when_they_are_asked_for(models: Registry, damage: dict[str, Any]) -> None:
    big = models.get("groq:big")
    profile = msgspec.json.decode(big.evidence.profile) | damage
    hurt = msgspec.structs.replace(
        big, evidence=msgspec.structs.replace(big.evidence, profile=msgspec.json.encode(profile))
    )
    for ask in (lambda: hurt.source("context_window"), lambda: hurt.sources):
        with pytest.raises(ConfigError, match="the sources of a model's facts are damaged: .*; reinstall fluent-ai"):
            ask()


@pytest.mark.parametrize("field", ["profile", "disputes"])
@pytest.mark.parametrize("text", [b"{", b'{"tools": {}}', b'{"t\xff": 0}', b"[" * 100_000])
def test_damaged_texts_of_sources_are_one_clear_error(models: Registry, field: str, text: bytes) -> None:
    big = models.get("groq:big")
    evidence = msgspec.structs.replace(big.evidence, **{field: text})
    with pytest.raises(ConfigError, match="are damaged"):
        evidence.source("tools")
    with pytest.raises(ConfigError, match="are damaged"):
        evidence.stating()
    with pytest.raises(ConfigError, match="are damaged"):
        lay(msgspec.structs.replace(big, evidence=evidence), "groq", "big", {"tools": True}, evidence.table[0])


@given(st.integers(0, 2**32), st.integers(0, 255))
def test_any_flipped_byte_of_a_catalog_is_harmless_or_one_clear_error(place: int, byte: int) -> None:
    shipped = bytearray((data_folder() / "catalog" / "groq.json").read_bytes())
    shipped[place % len(shipped)] = byte
    with TemporaryDirectory() as folder:
        (Path(folder) / "groq.json").write_bytes(shipped)
        with suppress(ConfigError):
            for model in Registry(Path(folder), overlays=()).list("groq"):
                repr(model)
                model.evidence.sources()


def test_nothing_is_read_before_a_look_up() -> None:
    program = (
        "import sys, fluent_ai; fluent_ai.models; from fluent_ai.registry import default;"
        "known = lambda: sorted(provider for provider, _ in default._store._models);"
        "assert not known(); default.get('local:smollm2-135m'); print(known());"
        "print([name for name in sys.modules if name.partition('.')[0] in ('fluent_ai_providers', 'httpx2', 'torch')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "['local']\n[]\n"


def test_the_functions_of_the_module_ask_the_shipped_catalogs() -> None:
    gpt = registry.get("openai:gpt-5.1")
    assert (gpt.provider, gpt.context_window) == ("openai", 400_000)
    assert gpt.sources["context_window"].who == "models.dev"
    assert gpt.sources["id"].url == "https://api.openai.com/v1/models"
    assert registry.get("claude:claude-opus-5").context_window == 1_000_000
    assert registry.get("local:smollm2-135m").context_window == 8192
    assert registry.find(provider="openrouter", tools=True, min_context=200_000, max_input_price=1.0)


@pytest.mark.parametrize("provider", sorted(load_manifests()))
def test_the_shipped_catalogs_hold_together(provider: str) -> None:
    found = registry.list(provider)
    assert [model.id for model in found] == sorted(model.id for model in found)
    for model in found:
        known = {fact for fact in ModelFacts.__struct_fields__ if getattr(model, fact) is not None}
        assert known == set(model.sources)
        assert registry.get(model.full_name) is model
        for size in (model.context_window, model.max_input_tokens, model.max_output_tokens):
            assert size is None or size > 0
        if model.prices:
            assert all(price is None or 0 <= price < 10_000 for price in (model.prices.input, model.prices.output))


def test_most_catalogs_hold_models() -> None:
    """The others belong to providers whose list has never been seen."""
    filled = [provider for provider in load_manifests() if registry.list(provider)]
    assert len(filled) >= 16


@given(st.text(min_size=1).filter(lambda text: ":" not in text), st.text(min_size=1))
def test_any_name_is_known_or_refused_clearly(provider: str, model_id: str) -> None:
    try:
        found = registry.get(f"{provider}:{model_id}")
    except ConfigError:
        return
    assert model_id in (found.id, *(found.aliases or ()))
