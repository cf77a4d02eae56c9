from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from fluent_ai.manifest.schema import Manifest, ModelList
from fluent_ai.registry.catalog import attach_evidence
from fluent_ai.registry.facts import ModelFacts, ModelInfo, Prices
from fluent_ai.registry.provenance import Origin
from fluent_ai_codegen.files.cache import Cache
from fluent_ai_codegen.files.specs import Correction
from fluent_ai_codegen.merge.assemble import assemble
from fluent_ai_codegen.merge.witness import Witness
from fluent_ai_codegen.merge.witnesses import witnesses
from fluent_ai_codegen.sources.rows import SourceModel
from fluent_ai_codegen.sources.store import SourceCache

DAY = date(2026, 1, 1)
ACME = Manifest(
    id="acme", name="Acme", docs="https://docs.acme.example", model_list=ModelList(path="/models", shape="openai")
)
BEDROCK = Manifest(id="bedrock", name="Bedrock", docs="https://docs.acme.example")


def cache(*models: ModelFacts, provider: str = "acme") -> Cache:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Cache(provider=provider, url="https://api.acme.example", fetched=now, observed=DAY, pages=(), models=models)


def witness(who: str, *models: ModelFacts, adds: bool = False, host: bool = True) -> Witness:
    return Witness(Origin(who=who, url=f"https://{who}.example", date=DAY), models, adds_models=adds, host=host)


def known(
    listed: Cache | None, *witnesses: Witness, corrections: tuple[Correction, ...] = (), manifest: Manifest = ACME
) -> dict[str, ModelInfo]:
    return {model.id: model for model in attach_evidence(assemble(manifest, listed, corrections, witnesses, "here"))}


def test_sources_fill_what_the_provider_does_not_say() -> None:
    found = known(
        cache(ModelFacts(id="anvil", context_window=8_000)),
        witness("one", ModelFacts(id="anvil", context_window=9_000, tools=True)),
        witness("two", ModelFacts(id="Acme/Anvil", tools=True, max_output_tokens=100)),
    )
    anvil = found["anvil"]
    assert (anvil.context_window, anvil.tools, anvil.max_output_tokens) == (8_000, True, 100)
    context, tools, output = (anvil.sources[fact] for fact in ("context_window", "tools", "max_output_tokens"))
    assert (context.who, context.status, [(claim.who, claim.value) for claim in context.differ]) == (
        "Acme API", "disputed", [("one", 9_000)],
    )  # fmt: skip
    assert (tools.who, tools.status, output.who, output.status) == ("one", "agreed", "two", "single")
    assert [claim.who for claim in anvil.sources["id"].agree] == ["one", "two"]


def test_models_that_a_list_lacks_are_gone_from_it_or_newer() -> None:
    """Of what only sources know, the older source shows what is gone; what is new takes two."""

    def talker(who: str, day: date, *models: ModelFacts) -> Witness:
        return Witness(Origin(who=who, url="https://w.example", date=day), models, adds_models=who != "prices")

    listed = cache(ModelFacts(id="bomb"))
    before, after = listed.observed - timedelta(1), listed.observed + timedelta(1)
    retired = ModelFacts(id="over", retires_on=before, prices=Prices(input=2.0))
    found = known(
        listed,
        talker("old", before, ModelFacts(id="Anvil-1", prices=Prices(input=1.0))),
        talker(
            "new", after, ModelFacts(id="anvil.1", tools=True), ModelFacts(id="rope"), ModelFacts(id="rumour"), retired
        ),
        talker("prices", after, ModelFacts(id="ROPE"), ModelFacts(id="trap")),
    )
    assert set(found) == {"bomb", "Anvil-1", "rope", "over"}
    gone, newer = found["Anvil-1"], found["rope"]
    assert (gone.unlisted_on, gone.tools, gone.prices) == (listed.observed, True, Prices(input=1.0))
    assert (gone.status(before), gone.status(listed.observed)) == ("active", "gone")
    assert gone.sources["unlisted_on"].who == "Acme API"
    assert gone.sources["id"].who == "old"
    assert (newer.unlisted_on, newer.unlisted_until) == (None, listed.observed)
    assert (newer.status(listed.observed), newer.status(after)) == ("announced", "active")
    assert found["over"].unlisted_on == listed.observed


def test_created_is_the_release_only_where_the_manifest_vouches_for_it() -> None:
    row = ModelFacts(id="anvil", released=DAY)
    assert known(cache(row))["anvil"].released is None
    vouching = msgspec.structs.replace(ACME, model_list=ModelList(path="/m", shape="openai", created_is_release=True))
    assert known(cache(row), manifest=vouching)["anvil"].released == DAY


def test_sources_add_models_where_no_list_is_recorded() -> None:
    talkers = (
        witness("one", ModelFacts(id="Anvil-1"), adds=True),
        witness("two", ModelFacts(id="anvil.1"), ModelFacts(id="rope"), adds=True),
        witness("three", ModelFacts(id="trap")),
    )
    found = known(None, *talkers)
    assert set(found) == {"Anvil-1", "rope"}
    assert found["rope"].sources["id"].who == "two"


def test_a_witness_of_another_host_knows_the_model_only() -> None:
    said = ModelFacts(id="anvil", knowledge_cutoff=DAY, prices=Prices(input=1.0), retires_on=DAY, name="Anvil")
    found = known(cache(ModelFacts(id="anvil")), witness("router", said, host=False))["anvil"]
    assert (found.knowledge_cutoff, found.prices, found.retires_on, found.name) == (DAY, None, None, None)
    assert found.sources["id"].status == "single"


def test_an_undated_name_and_regional_profiles_become_aliases_unless_their_price_differs() -> None:
    model = "lab.anvil-20250101-v1:0"
    listed = cache(ModelFacts(id=model), ModelFacts(id="lab.rope-20250101"), provider="bedrock")
    said = (
        ModelFacts(id=model, prices=Prices(input=3.0)),
        ModelFacts(id=f"us.{model}", prices=Prices(input=3.3), tools=True),
        ModelFacts(id=f"global.{model}", prices=Prices(input=3.0)),
        ModelFacts(id="lab.rope"),
    )
    found = known(listed, witness("one", *said), manifest=BEDROCK)
    assert found[model].aliases == (f"global.{model}",)
    assert found[model].prices == Prices(input=3.0)
    profile = found[f"us.{model}"]
    assert (profile.prices, profile.tools, profile.sources["prices"].who) == (Prices(input=3.3), True, "one")
    assert found["lab.rope-20250101"].aliases == ("lab.rope",)
    assert found["lab.rope-20250101"].sources["aliases"].who == "one"


def test_a_profile_alone_tells_of_the_model_and_not_of_its_price() -> None:
    model = "lab.anvil-v1:0"
    said = ModelFacts(id=f"us.{model}", prices=Prices(input=3.3), tools=True)
    found = known(cache(ModelFacts(id=model), provider="bedrock"), witness("one", said), manifest=BEDROCK)
    assert (found[model].tools, found[model].prices, found[model].aliases) == (True, None, None)
    assert (found[said.id].tools, found[said.id].prices) == (True, Prices(input=3.3))


def test_a_profile_is_priced_by_the_newest_word_for_it() -> None:
    """The provider's list names it as an alias, and an older source took it for one."""
    model, profile = "lab.anvil-v1:0", "eu.lab.anvil-v1:0"

    def says(day: int, price: float) -> Witness:
        rows = (ModelFacts(id=model, prices=Prices(input=3.0)), ModelFacts(id=profile, prices=Prices(input=price)))
        return Witness(Origin(who=f"of {day}", url="https://w.example", date=date(2026, 1, day)), rows)

    listed = cache(ModelFacts(id=model, context_window=9, aliases=(profile,)), provider="bedrock")
    found = known(listed, says(1, 3.0), says(2, 3.3), manifest=BEDROCK)
    assert (found[model].prices, found[model].aliases) == (Prices(input=3.0), None)
    assert (found[profile].prices, found[profile].context_window) == (Prices(input=3.3), 9)
    assert found[profile].sources["id"].kind == "provider"
    same = known(listed, says(1, 3.3), says(2, 3.0), manifest=BEDROCK)
    assert (set(same), same[model].aliases) == ({model}, (profile,))


def test_the_most_direct_row_of_a_source_speaks() -> None:
    said = (ModelFacts(id="ANVIL", tools=False), ModelFacts(id="anvil", tools=True), ModelFacts(id="acme/anvil"))
    found = known(cache(ModelFacts(id="anvil")), witness("one", *said))["anvil"]
    assert (found.tools, found.sources["tools"].status) == (True, "single")


def test_of_prices_the_last_word_counts_but_that_of_the_provider_does_not_age() -> None:
    def says(price: float, day: date, own: bool = False) -> Witness:
        origin = Origin(who=f"{price}", url="https://w.example", date=day)
        return Witness(origin, (ModelFacts(id="anvil", tools=True, prices=Prices(input=price)),), own=own)

    old, new = says(1.0, date(2026, 1, 1)), says(2.0, date(2026, 2, 1))
    registries = known(cache(ModelFacts(id="anvil")), old, new)["anvil"]
    assert registries.prices == Prices(input=2.0)
    assert [(claim.who, claim.value) for claim in registries.sources["prices"].differ] == [("1.0", 1.0)]
    assert registries.sources["tools"].who == "1.0"
    page = says(3.0, date(2025, 1, 1), own=True)
    assert known(cache(ModelFacts(id="anvil")), page, old, new)["anvil"].prices == Prices(input=3.0)


def test_a_moving_name_goes_by_the_dated_model_that_it_is() -> None:
    listed = cache(
        ModelFacts(id="anvil-2512", aliases=("anvil-latest",)),
        ModelFacts(id="anvil-latest", aliases=("anvil-2512",)),
        ModelFacts(id="rope-latest", aliases=("rope",)),
    )
    said = (
        ModelFacts(id="anvil-latest", context_window=8_000),
        ModelFacts(id="anvil-2512", context_window=9_000),
        ModelFacts(id="rope-latest", context_window=7_000),
    )
    found = known(listed, witness("one", *said))
    assert [found[name].context_window for name in sorted(found)] == [9_000, 9_000, 7_000]


def test_reviews_win_over_everybody() -> None:
    review = Correction(
        id="anvil", reason="Measured.", source="https://r.example", date=DAY, facts={"context_window": 1_000}
    )
    listed = cache(ModelFacts(id="anvil", context_window=8_000, prices=Prices(input=1.0, output=2.0)))
    found = known(listed, corrections=(review,))["anvil"]
    source = found.sources["context_window"]
    assert (found.context_window, source.who, source.reason) == (1_000, "fluent-ai review", "Measured.")
    assert [(claim.who, claim.value) for claim in source.differ] == [("Acme API", 8_000)]
    assert found.prices == Prices(input=1.0, output=2.0)
    assert set(known(None, corrections=(review,))) == {"anvil"}


@pytest.mark.parametrize(
    ("said", "free_tier", "taken"),
    [
        (Prices(input=0.0, output=0.0), None, None),
        (Prices(input=0.0, output=0.0), True, Prices(input=0.0, output=0.0)),
        (Prices(input=0.1, output=0.0), None, Prices(input=0.1)),
        (Prices(input=0.0, output=0.0, per_image=0.04), None, Prices(per_image=0.04)),
        (Prices(input=0.1, output=0.2), None, Prices(input=0.1, output=0.2)),
    ],
)
def test_a_zero_of_a_registry_is_no_price_unless_it_is_of_a_free_tier(
    said: Prices, free_tier: bool | None, taken: Prices | None
) -> None:
    row = SourceModel(provider="acme", facts=ModelFacts(id="anvil", prices=said, free_tier=free_tier))
    heard = SourceCache(source="models_dev", url="https://x", observed=DAY, sha256="0" * 64, bytes=1, models=(row,))
    found = known(cache(ModelFacts(id="anvil")), *witnesses("acme", {"models_dev": heard}, None, listed=True))["anvil"]
    assert found.prices == taken
    own = known(cache(ModelFacts(id="anvil", prices=Prices(input=0.0, output=0.0))))["anvil"]
    assert own.prices == Prices(input=0.0, output=0.0), "the provider knows what it charges"


def test_a_name_without_its_version_is_the_only_one_that_there_is() -> None:
    rows = [ModelFacts(id=each) for each in ("anvil@20250219", "saw@2407", "saw@latest", "nail@001", "nail")]
    found = known(None, witness("one", *rows, adds=True))
    aliases = {name: model.aliases for name, model in found.items()}
    assert aliases["anvil@20250219"] == ("anvil",)
    assert [aliases.get(name) for name in ("saw@2407", "saw@latest", "nail@001")] == [None, None, None]
