from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from fluent_ai.errors import ConfigError
from fluent_ai.registry.catalog import Catalog, Row, read_catalogs
from fluent_ai.registry.facts import ModelInfo, Prices
from fluent_ai.registry.provenance import Evidence, Origin
from fluent_ai.registry.report import Reason, conflicts, diff, stale, topic, why

API = Origin(who="Acme API", url="https://api.acme.example", date=date(2026, 1, 1), facts={"prices": "pricing"})
LIST = Origin(who="a list", url="https://list.example", date=date(2025, 6, 1), facts={"prices.input": "cost_in"})
PROFILE = {"id": [0, 1], "context_window": 0, "prices.input": 0, "prices.output": [0, 1], "vision": "kind", "kind": 1}
DISPUTES = {"context_window": [(1, 32_000)], "prices.input": [(1, 3.0)]}


def anvil(**facts: object) -> ModelInfo:
    stated: dict[str, object] = {
        "kind": "chat",
        "vision": False,
        "context_window": 64_000,
        "prices": Prices(input=2.0, output=8.0),
    }
    evidence = Evidence((API, LIST), msgspec.json.encode(PROFILE), msgspec.json.encode(DISPUTES))
    return ModelInfo(id="anvil", provider="acme", evidence=evidence, **(stated | facts))  # type: ignore[arg-type]


def test_why_a_fact_is_what_it_is() -> None:
    reason = why(anvil(), "prices.input")
    assert (reason.model, reason.value, reason.source.who, reason.source.field) == (
        "acme:anvil", 2.0, "Acme API", "pricing",
    )  # fmt: skip
    (claim,) = reason.source.differ
    assert (claim.who, claim.field, claim.value, reason.source.status) == ("a list", "cost_in", 3.0, "disputed")
    assert why(anvil(), "prices").source == reason.source
    agreed = why(anvil(), "prices.output").source
    assert (agreed.status, [claim.who for claim in agreed.agree]) == ("agreed", ["a list"])
    inferred = why(anvil(), "vision").source
    assert (inferred.inferred_from, inferred.who, inferred.status) == ("kind", "a list", "single")


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ("contextwindow", "fact 'contextwindow' does not exist. Did you mean context_window"),
        ("prices.nothing", "fact 'prices.nothing' does not exist."),
        ("tools", "no source states 'tools' for acme:anvil"),
        ("prices.batch_input", "no source states 'prices.batch_input' for acme:anvil"),
    ],
)
def test_there_is_no_reason_for_what_is_not_known(fact: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        why(anvil(), fact)
    assert str(caught.value).startswith(message)


def test_conflicts_are_the_facts_in_dispute() -> None:
    found = conflicts([anvil()])
    assert [(each.fact, each.value) for each in found] == [("context_window", 64_000), ("prices.input", 2.0)]
    assert msgspec.json.decode(msgspec.json.encode(found), type=list[Reason]) == found
    assert conflicts([anvil(context_window=None)]) == found[1:]


def test_old_sources_with_the_oldest_first() -> None:
    silent = Evidence((API, LIST), msgspec.json.encode({"id": 0}))
    models = [anvil(), msgspec.structs.replace(anvil(), id="other", evidence=silent)]
    found = stale(models, date(2026, 1, 9))
    assert [(each.who, each.days, each.models) for each in found] == [("a list", 222, 1), ("Acme API", 8, 2)]
    assert [each.who for each in stale(models, date(2026, 1, 8))] == ["a list"]
    assert stale(models, date(2026, 1, 9), timedelta(days=222)) == []


def test_what_changed_between_two_states() -> None:
    old = {"acme": [anvil(), msgspec.structs.replace(anvil(), id="rope")], "left": [anvil()]}
    new = {
        "acme": [
            anvil(prices=Prices(input=1.0, output=8.0), retires_on=date(2027, 1, 1), tools=True),
            msgspec.structs.replace(anvil(), id="trap"),
        ]
    }
    found = [(topic(change), change.model, change.fact, change.before, change.after) for change in diff(old, new)]
    assert found == [
        ("repriced", "acme:anvil", "prices.input", 2.0, 1.0),
        ("retiring", "acme:anvil", "retires_on", None, date(2027, 1, 1)),
        ("changed", "acme:anvil", "tools", None, True),
        ("gone", "acme:rope", None, None, None),
        ("new", "acme:trap", None, None, None),
        ("gone", "acme:anvil", None, None, None),
    ]
    assert diff(old, old) == []


def test_catalogs_are_read_from_a_file_or_a_folder(tmp_path: Path) -> None:
    rows = [Row(ModelInfo(id="anvil", context_window=64_000), 0, msgspec.Raw(msgspec.json.encode(DISPUTES)))]
    profiles = (msgspec.Raw(msgspec.json.encode(PROFILE)),)
    catalog = Catalog(generated="here", provider="acme", sources=(API, LIST), profiles=profiles, models=rows)
    with pytest.raises(ConfigError, match="there is no catalog in this folder"):
        read_catalogs(tmp_path)
    (tmp_path / "acme.json").write_bytes(msgspec.json.encode(catalog))
    for path in (tmp_path, tmp_path / "acme.json"):
        (model,) = read_catalogs(path)["acme"]
        assert [reason.fact for reason in conflicts([model])] == ["context_window"]
    damaged = msgspec.structs.replace(catalog, profiles=())
    (tmp_path / "acme.json").write_bytes(msgspec.json.encode(damaged))
    with pytest.raises(ConfigError, match="reinstall fluent-ai"):
        read_catalogs(tmp_path)


@pytest.mark.parametrize(
    ("facts", "on", "status"),
    [
        ({}, date(2026, 1, 1), "active"),
        ({"released": date(2026, 1, 2)}, date(2026, 1, 1), "announced"),
        ({"deprecated_on": date(2026, 1, 1)}, date(2026, 1, 1), "deprecated"),
        ({"deprecated_on": date(2026, 1, 1), "last_listed": date(2026, 1, 1)}, date(2026, 1, 2), "gone"),
        ({"last_listed": date(2026, 1, 1)}, date(2026, 1, 1), "active"),
        ({"retires_on": date(2026, 1, 1), "last_listed": date(2025, 1, 1)}, date(2026, 1, 1), "retired"),
    ],
)
def test_where_a_model_is_in_its_life(facts: dict[str, date], on: date, status: str) -> None:
    assert anvil(**facts).status(on) == status
