"""Filters, order, search, comparison and the cheapest model."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from catalogs import write_catalog
from fluent_ai.errors import ConfigError
from fluent_ai.registry import Registry
from fluent_ai.registry.facts import FLAGS, ModelFacts, ModelInfo, Prices
from fluent_ai.registry.finding import Filters, SortKey
from hypothesis import given
from hypothesis import strategies as st

BIG = ModelInfo(
    id="big-sonata-4",
    name="Big Sonata 4",
    kind="chat",
    context_window=200_000,
    max_output_tokens=8_000,
    prices=Prices(input=3.0, output=15.0),
    input_modalities=("text", "image"),
    output_modalities=("text",),
    tools=True,
    vision=True,
    released=date(2026, 3, 1),
    knowledge_cutoff=date(2025, 9, 1),
)
SMALL = ModelInfo(
    id="small-sonata-4",
    kind="chat",
    context_window=8_000,
    prices=Prices(input=0.1, output=0.2),
    tools=False,
    released=date(2025, 1, 1),
    retires_on=date(2026, 2, 1),
)
PLAIN = ModelInfo(id="plain")
VECTORS = ModelInfo(id="vectors", kind="embedding", max_input_tokens=500, prices=Prices(input=0.01))


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("catalog")
    write_catalog(folder, "groq", [BIG, SMALL, PLAIN, VECTORS])
    return Registry(folder, overlays=())


def ids(found: list[ModelInfo]) -> list[str]:
    return [model.id for model in found]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": ["embedding", "chat"]}, ["big-sonata-4", "small-sonata-4", "vectors"]),
        ({"input_modalities": ["image", "text"]}, ["big-sonata-4"]),
        ({"input_modalities": ["image", "audio"]}, []),
        ({"output_modalities": "text"}, ["big-sonata-4"]),
        ({"min_context": 500}, ["big-sonata-4", "small-sonata-4", "vectors"]),
        ({"min_output": 8_000}, ["big-sonata-4"]),
        ({"max_output_price": 1}, ["small-sonata-4"]),
        ({"released_after": date(2025, 1, 1)}, ["big-sonata-4"]),
        ({"knowledge_after": date(2025, 8, 31)}, ["big-sonata-4"]),
        ({"available_on": date(2026, 1, 31)}, ["plain", "small-sonata-4", "vectors"]),
        ({"available_on": date(2026, 4, 1)}, ["big-sonata-4", "plain", "vectors"]),
        ({"tools": None, "vision": False}, []),
    ],
)
def test_filters(models: Registry, filters: Filters, expected: list[str]) -> None:
    assert ids(models.find(provider="groq", **filters)) == expected  # type: ignore[misc]


def test_flags_are_the_facts_that_are_yes_or_no() -> None:
    hints = get_type_hints(ModelFacts)
    assert {name for name, hint in hints.items() if bool in get_args(hint)} == set(FLAGS)
    assert set(FLAGS) <= set(Filters.__annotations__)


@pytest.mark.parametrize("flag", FLAGS)
def test_an_unknown_fact_matches_neither_way(models: Registry, flag: str) -> None:
    for wanted in (True, False):
        found = models.find(provider="groq", **{flag: wanted})  # type: ignore[arg-type, misc]
        assert "plain" not in ids(found)
        assert all(getattr(model, flag) is wanted for model in found)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"tool": True}, "filter 'tool' is not known. Did you mean tools"),
        ({"input_modality": "image"}, "filter 'input_modality' is not known. Did you mean input_modalities"),
        ({"tools": 1}, "tools is 1; allowed: True or False"),
        ({"kind": "chatt"}, "kind is 'chatt'. Did you mean chat? Allowed: chat, completion"),
        ({"input_modalities": ["pictures"]}, "input_modalities is 'pictures'"),
        ({"min_context": "200k"}, "min_context is '200k'; allowed: a number from 0"),
        ({"max_input_price": -1}, "max_input_price is -1; allowed: a number from 0"),
        ({"max_input_price": float("nan")}, "max_input_price is nan"),
        ({"released_after": "2025"}, "released_after is '2025'; allowed: a datetime.date"),
        ({"provider": "grog"}, "provider 'grog' is not known. Did you mean groq"),
        ({"provider": 7}, "provider is 7"),
        ({"sort": "price"}, "sort is 'price'"),
        ({"sort": 7}, "sort is 7"),
        ({"sort": "-contxt_window"}, "sort is '-contxt_window'. Did you mean context_window"),
        ({"text": 5}, "text is 5; allowed: words of an id or a name"),
        ({"limit": 0}, "limit is 0; allowed: a whole number from 1"),
        ({"limit": True}, "limit is True"),
    ],
)
def test_bad_conditions_say_what_is_allowed(models: Registry, filters: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        models.find(**filters)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("context_window", ["small-sonata-4", "big-sonata-4", "plain", "vectors"]),
        ("-context_window", ["big-sonata-4", "small-sonata-4", "plain", "vectors"]),
        ("input_price", ["vectors", "small-sonata-4", "big-sonata-4", "plain"]),
        ("-released", ["big-sonata-4", "small-sonata-4", "plain", "vectors"]),
        (["kind", "-input_price"], ["big-sonata-4", "small-sonata-4", "vectors", "plain"]),
        ("-id", ["vectors", "small-sonata-4", "plain", "big-sonata-4"]),
    ],
)
def test_order_with_unknown_values_last(models: Registry, sort: SortKey | list[SortKey], expected: list[str]) -> None:
    assert ids(models.find(provider="groq", sort=sort)) == expected
    assert ids(models.find(provider="groq", sort=sort, limit=2)) == expected[:2]


@given(st.sampled_from(get_args(SortKey)), st.integers(1, 5))
def test_sorting_loses_no_model(models: Registry, sort: SortKey, limit: int) -> None:
    everything = models.find(provider="groq")
    assert sorted(ids(models.find(provider="groq", sort=sort))) == ids(everything)
    assert len(models.find(provider="groq", sort=sort, limit=limit)) == min(limit, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Big Son", ["big-sonata-4"]),
        ("sonata big", ["big-sonata-4"]),
        ("sonata", ["big-sonata-4", "small-sonata-4"]),
        ("bgi sonatta", []),
        ("big sonatta", ["big-sonata-4"]),
        ("smal sonatta 4", ["small-sonata-4"]),
        ("zzz", []),
        ("!?", []),
        (" big ", ["big-sonata-4"]),
        ("", ["big-sonata-4", "plain", "small-sonata-4", "vectors"]),
    ],
)
def test_search_finds_words_and_what_is_spelt_alike(models: Registry, text: str, expected: list[str]) -> None:
    assert ids(models.find(text, provider="groq")) == expected


@given(st.text(max_size=12))
def test_any_text_can_be_searched(models: Registry, text: str) -> None:
    assert set(ids(models.find(text, provider="groq"))) <= {"big-sonata-4", "plain", "small-sonata-4", "vectors"}


def test_cheapest_holds_the_request_and_is_there_today(models: Registry) -> None:
    found = models.cheapest(input_tokens=400, output_tokens=100, provider="groq", available_on=date(2026, 1, 15))
    assert [(model.id, round(cost.at_least, 9)) for model, cost in found] == [("small-sonata-4", 0.00006)]
    assert [model.id for model, _ in models.cheapest(input_tokens=400, provider="groq")] == ["vectors", "big-sonata-4"]
    assert [model.id for model, _ in models.cheapest(input_tokens=501, provider="groq", limit=1)] == ["big-sonata-4"]
    assert models.cheapest(input_tokens=300_000, provider="groq") == []
    with pytest.raises(ConfigError, match="input_tokens is -1; allowed: a whole number from 0"):
        models.cheapest(input_tokens=-1)
    with pytest.raises(ConfigError, match="output_tokens is 1.5; allowed"):
        models.cheapest(input_tokens=1, output_tokens=1.5)  # type: ignore[arg-type]


def test_comparison_marks_what_differs_and_what_is_disputed(tmp_path: Path) -> None:
    write_catalog(tmp_path, "groq", [BIG, SMALL, PLAIN], disputes={"context_window": 7})
    table = Registry(tmp_path).compare("groq:big-sonata-4", "groq:small-sonata-4", "groq:plain")
    assert [model.id for model in table.models] == ["big-sonata-4", "small-sonata-4", "plain"]
    context = table.row("context_window")
    assert context is not None
    assert [cell.value for cell in context.cells] == [200_000, 8_000, None]
    assert [cell.disputed for cell in context.cells] == [True, True, False]
    assert context.differs
    price = table.row("prices.input")
    assert price is not None
    assert [(cell.value, cell.status) for cell in price.cells] == [(3.0, "single"), (0.1, "single"), (None, None)]
    kind = table.row("kind")
    assert kind is not None
    assert not kind.differs
    assert table.row("audio") is None


def test_as_of_a_day(models: Registry) -> None:
    then = models.as_of(date(2026, 1, 31))
    assert then.today() == date(2026, 1, 31)
    assert ids(then.list("groq")) == ["plain", "small-sonata-4", "vectors"]
    assert ids(then.find(kind="chat", provider="groq")) == ["small-sonata-4"]
    with pytest.raises(ConfigError, match=r"is not in the registry. On 2026-01-31 it is announced"):
        then.get("groq:big-sonata-4")
    with pytest.raises(ConfigError, match="Did you mean plain"):
        then.get("groq:plane")
    with pytest.raises(ConfigError, match="on is '2026'; allowed: a datetime.date"):
        models.as_of("2026")  # type: ignore[arg-type]
    later = models.as_of(date(2026, 5, 1))
    with pytest.raises(ConfigError, match="On 2026-05-01 it is retired"):
        later.get("groq:small-sonata-4")
    assert ids(later.as_of(date(2026, 1, 31)).list("groq")) == ids(then.list("groq"))


def test_what_is_defined_on_a_day_is_defined(models: Registry, tmp_path: Path) -> None:
    mine = Registry(tmp_path, overlays=())
    then = mine.as_of(date(2026, 1, 31))
    assert then.define("house:m", tools=True) == mine.get("house:m")
    with pytest.raises(ConfigError, match="On 2026-01-31 it is announced"):
        then.define("house:later", released=date(2026, 2, 1))


def test_a_provider_that_is_named_twice_is_asked_once(models: Registry) -> None:
    assert models.find(provider=["groq", "groq"]) == models.find(provider="groq")


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_a_model_is_there_from_its_release_to_its_end(models: Registry, day: date) -> None:
    there = ids(models.as_of(day).list("groq"))
    assert ("big-sonata-4" in there) == (day >= date(2026, 3, 1))
    assert ("small-sonata-4" in there) == (date(2025, 1, 1) <= day < date(2026, 2, 1))
    assert {"plain", "vectors"} <= set(there)
    assert there == ids(models.find(provider="groq", available_on=day))
