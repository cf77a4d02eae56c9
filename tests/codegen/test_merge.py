from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from fluent_ai.registry.facts import ModelFacts, Prices, PriceTier, known_facts
from fluent_ai_codegen.merge.agreement import same
from fluent_ai_codegen.merge.consistent import contradictions
from fluent_ai_codegen.merge.facts import Merged, merge, opinion
from fluent_ai_codegen.merge.opinion import Opinion
from hypothesis import example, given
from hypothesis import strategies as st

PRICE = st.sampled_from([0.0, 1.0, 1.001, 2.0, 10.0]) | st.none()
TIER = st.builds(
    PriceTier,
    min_input_tokens=st.sampled_from([128_000, 200_000]),
    input=PRICE,
    service=st.sampled_from([None, "flex"]),
    until=st.sampled_from([None, date(2025, 1, 1)]),
)
PRICES = st.builds(
    Prices, input=PRICE, output=PRICE, cache_read=PRICE, batch_input=PRICE, tiers=st.lists(TIER, max_size=2).map(tuple)
)
MODEL = st.builds(
    ModelFacts,
    id=st.just("m"),
    name=st.sampled_from(["M", "Model"]) | st.none(),
    kind=st.sampled_from(["chat", "embedding"]) | st.none(),
    context_window=st.sampled_from([128_000, 131_072, 200_000]) | st.none(),
    max_input_tokens=st.sampled_from([100_000, 128_000, 190_000, 1_000_000]) | st.none(),
    max_output_tokens=st.sampled_from([8_000, 150_000, 1_000_000]) | st.none(),
    prices=PRICES | st.none(),
    input_modalities=st.sampled_from([("text",), ("text", "image"), ("image", "text")]) | st.none(),
    tools=st.booleans() | st.none(),
    released=st.dates(date(2025, 1, 1), date(2025, 1, 20)) | st.none(),
    knowledge_cutoff=st.dates(date(2025, 1, 1), date(2025, 3, 1)) | st.none(),
    aliases=st.sampled_from([("a",), ("b", "a"), ("m", "c")]) | st.none(),
)
OPINIONS = st.lists(MODEL, max_size=4).map(lambda models: [opinion(rank, each) for rank, each in enumerate(models)])
API = frozenset({0})


@given(OPINIONS, st.randoms(use_true_random=False))
def test_only_the_ranks_decide_not_the_order_in_which_sources_came(opinions: list[Opinion], random: object) -> None:
    shuffled = sorted(opinions, key=lambda each: random.random())  # type: ignore[attr-defined]
    assert merge("m", shuffled) == merge("m", opinions)


@given(OPINIONS)
def test_merging_what_was_merged_changes_nothing(opinions: list[Opinion]) -> None:
    once = merge("m", opinions, API).facts
    assert merge("m", [opinion(0, once)], API).facts == once


@given(OPINIONS)
def test_no_fact_of_the_provider_is_lost_or_changed(opinions: list[Opinion]) -> None:
    merged = known_facts(merge("m", opinions, API).facts)
    for fact, value in opinions[0].facts.items() if opinions else ():
        if fact == "aliases":
            assert isinstance(value, tuple)
            assert set(value) - {"m"} <= set(merged.get("aliases", ()))  # type: ignore[call-overload]
        elif fact == "prices.tiers":
            assert set(value) <= set(merged[fact])  # type: ignore[call-overload]
        else:
            assert merged[fact] == value


@given(OPINIONS)
def test_every_fact_was_said_by_its_source_or_is_marked_inferred(opinions: list[Opinion]) -> None:
    merged = merge("m", opinions, API)
    for fact, value in known_facts(merged.facts).items():
        said = merged.said.get(fact, merged.said.get(fact.partition(".")[0]))
        if fact in ("id", "prices", "aliases") and said is None:
            continue
        assert said is not None, fact
        if isinstance(said, str):
            assert said in known_facts(merged.facts)
            assert all(each.facts.get(fact) is None for each in opinions)
        elif fact == "prices.tiers":
            stated = [opinions[by].facts.get(fact) or () for by in ([said] if isinstance(said, int) else said)]
            assert all(any(tier in tiers for tiers in stated) for tier in value)  # type: ignore[attr-defined, operator]
        elif fact not in ("aliases", "prices"):
            by = said if isinstance(said, int) else said[0]
            assert opinions[by].facts[fact] == value


@given(OPINIONS)
def test_whoever_speaks_agrees_or_differs(opinions: list[Opinion]) -> None:
    merged = merge("m", opinions, API)
    values = known_facts(merged.facts)
    for fact in values.keys() - {"name", "prices", "aliases", "id"}:
        said = merged.said.get(fact, merged.said.get(fact.partition(".")[0]))
        if isinstance(said, str) or said is None:
            continue
        heard = {said} if isinstance(said, int) else set(said)
        heard |= {source for source, _ in merged.disputes.get(fact, ())}
        speakers = {each.source for each in opinions if each.facts.get(fact) is not None}
        assert heard >= speakers
        # Who names another part of the context that cannot be, differs in this one.
        assert heard == speakers or fact in ("context_window", "max_input_tokens", "max_output_tokens")
        if fact != "prices.tiers":  # of which a source may state some, and others than those that were taken
            assert (said if isinstance(said, int) else said[0]) not in {who for who, _ in merged.disputes.get(fact, ())}
    assert merged.disputes.keys() <= values.keys()


@given(OPINIONS)
def test_a_merged_row_is_consistent(opinions: list[Opinion]) -> None:
    """No part of the context is larger than the whole, unless the provider itself says so."""
    merged = merge("m", opinions, API)
    values = known_facts(merged.facts)
    for part, whole in contradictions(values):
        by = (merged.said[fact] for fact in (part, whole))
        assert all((said if isinstance(said, int) else said[0]) in API for said in by)


@example(
    ModelFacts(
        id="m", name="M", kind="chat",
        prices=Prices(tiers=(PriceTier(min_input_tokens=9), PriceTier(min_input_tokens=9, until=date(2025, 1, 1)))),
    ),
    ModelFacts(
        id="m", name="M", kind="chat", prices=Prices(tiers=(PriceTier(service="flex", until=date(2025, 1, 1)),)),
    ),
)  # fmt: skip
@given(MODEL, MODEL)
def test_a_dispute_is_one_from_both_sides(one: ModelFacts, other: ModelFacts) -> None:
    def disputed(first: ModelFacts, second: ModelFacts) -> set[str]:
        return set(merge("m", [opinion(0, first), opinion(1, second)], frozenset({0, 1})).disputes)

    assert disputed(one, other) == disputed(other, one)
    assert disputed(one, one) == set()


def merged(*models: ModelFacts) -> Merged:
    return merge("m", [opinion(rank, each) for rank, each in enumerate(models)], API)


def test_prices_come_from_sheets_that_go_together() -> None:
    api = ModelFacts(id="m", prices=Prices(input=2.0, output=8.0))
    stale = ModelFacts(id="m", prices=Prices(input=3.0, output=8.0, cache_read=0.3))
    sound = ModelFacts(id="m", prices=Prices(input=2.0, cache_read=0.2, batch_input=1.0))
    found = merged(api, stale, sound)
    assert found.facts.prices == Prices(input=2.0, output=8.0, cache_read=0.2, batch_input=1.0)
    assert found.said["prices.cache_read"] == 2
    assert found.disputes == {"prices.input": [(1, 3.0)], "prices.cache_read": [(1, 0.3)]}


def test_inference_is_from_facts_and_says_so() -> None:
    found = merged(ModelFacts(id="m", kind="chat", input_modalities=("text", "image"), prices=Prices(cache_read=0.1)))
    assert (found.facts.vision, found.facts.audio, found.facts.embeddings, found.facts.prompt_cache) == (
        True, False, False, True,
    )  # fmt: skip
    assert (found.said["vision"], found.said["prompt_cache"]) == ("input_modalities", "prices.cache_read")
    stated = merged(ModelFacts(id="m", input_modalities=("text",)), ModelFacts(id="m", vision=True))
    assert (stated.facts.vision, stated.said["vision"]) == (True, 1)


@pytest.mark.parametrize(
    ("fact", "one", "other", "expected"),
    [
        ("context_window", 128_000, 131_072, True),
        ("context_window", 1_000_000, 1_048_576, True),
        ("context_window", 131_000, 131_072, True),
        ("context_window", 200_000, 1_000_000, False),
        ("context_window", 128_000, 130_000, False),
        ("prices.input", 0.15, 0.1504, True),
        ("prices.input", 0.075, 0.08, False),
        ("prices.input", 0.0, 0.1, False),
        ("knowledge_cutoff", date(2025, 3, 1), date(2025, 3, 31), True),
        ("knowledge_cutoff", date(2025, 3, 31), date(2025, 4, 1), False),
        ("released", date(2025, 3, 31), date(2025, 4, 7), True),
        ("released", date(2025, 3, 31), date(2025, 4, 8), False),
        ("retires_on", date(2025, 3, 31), date(2025, 4, 1), False),
        ("input_modalities", ("text", "image"), ("image", "text"), True),
        ("input_modalities", ("text", "image"), ("text",), False),
        ("tools", True, False, False),
        (
            "prices.tiers",
            (PriceTier(min_input_tokens=200_000, input=2.0),),
            (PriceTier(min_input_tokens=200_000),),
            True,
        ),
        ("prices.tiers", (PriceTier(min_input_tokens=200_000),), (PriceTier(min_input_tokens=300_000),), False),
        ("prices.tiers", (PriceTier(utc_start="00:00"),), (PriceTier(min_input_tokens=1),), False),
        ("prices.tiers", (PriceTier(input=1.0),), (), False),
    ],
)
def test_what_counts_as_the_same(fact: str, one: object, other: object, expected: bool) -> None:
    assert same(fact, one, other) is expected
    assert same(fact, other, one) is expected


@pytest.mark.parametrize(
    ("own", "said", "fact"),
    [
        (ModelFacts(id="m", max_input_tokens=200_000), ModelFacts(id="m", context_window=128_000), "context_window"),
        (ModelFacts(id="m", max_output_tokens=65_536), ModelFacts(id="m", context_window=16_384), "context_window"),
        (
            ModelFacts(id="m", max_input_tokens=32_768, max_output_tokens=32_768),
            ModelFacts(id="m", context_window=1_000_000),
            "context_window",
        ),
        (ModelFacts(id="m", context_window=8_192), ModelFacts(id="m", max_output_tokens=16_384), "max_output_tokens"),
        (ModelFacts(id="m", kind="embedding"), ModelFacts(id="m", max_output_tokens=1_536), "max_output_tokens"),
        (ModelFacts(id="m", prices=Prices(input=0.5)), ModelFacts(id="m", prices=Prices(cache_read=1.25)), "prices"),
        (ModelFacts(id="m", released=date(2026, 6, 2)), ModelFacts(id="m", retires_on=date(2026, 4, 2)), "retires_on"),
    ],
)
def test_what_cannot_be_is_not_taken_unless_the_provider_says_it(own: ModelFacts, said: ModelFacts, fact: str) -> None:
    assert getattr(merged(own, said).facts, fact) == getattr(own, fact)
    both = merge("m", [opinion(0, own), opinion(1, said)], frozenset({0, 1})).facts
    assert getattr(both, fact) != getattr(own, fact)


@pytest.mark.parametrize("window", [200_000, 204_800, 232_768, None])
def test_a_window_that_can_be_is_taken(window: int | None) -> None:
    own = ModelFacts(id="m", max_input_tokens=200_000, max_output_tokens=32_768)
    assert merged(own, ModelFacts(id="m", context_window=window)).facts.context_window == window


def test_a_longer_prompt_disputes_the_window() -> None:
    found = merged(
        ModelFacts(id="m"),
        ModelFacts(id="m", context_window=128_000),
        ModelFacts(id="m", max_input_tokens=1_000_000),
        ModelFacts(id="m", max_input_tokens=131_072),
    )
    assert found.facts.max_input_tokens == 131_072
    assert found.disputes == {"context_window": [(2, 1_000_000)], "max_input_tokens": [(2, 1_000_000)]}


def test_a_source_that_contradicts_itself_is_no_dispute_of_itself() -> None:
    embedding = ModelFacts(id="m", kind="embedding", context_window=8_192, max_input_tokens=6_656)
    other = ModelFacts(id="m", context_window=8_192)
    found = merged(ModelFacts(id="m"), embedding, other)
    assert (found.facts.context_window, found.facts.max_input_tokens) == (None, 6_656)
    assert found.disputes == {"max_input_tokens": [(2, 8_192)]}


def test_a_source_of_past_tiers_differs_in_the_present_prices_only() -> None:
    past = PriceTier(input=0.3, until=date(2025, 10, 19))
    coming = PriceTier(input=0.25, since=date(2025, 11, 3))
    api = ModelFacts(id="m", prices=Prices(input=0.2))
    found = merged(api, ModelFacts(id="m", prices=Prices(input=0.25, tiers=(past, coming))))
    assert found.facts.prices == Prices(input=0.2, tiers=(past,))
    assert found.disputes == {"prices.input": [(1, 0.25)]}
    both = merged(
        api,
        ModelFacts(id="m", prices=Prices(input=0.2, tiers=(past,))),
        opposed := ModelFacts(id="m", prices=Prices(input=0.25, tiers=(coming,))),
    )
    assert opposed.prices is not None
    assert [who for who, _ in both.disputes["prices.tiers"]] == [2]


def test_a_newer_document_that_repeats_a_price_of_the_past_is_not_believed() -> None:
    """Who states when a price ended knows more of it than who states it still, whatever the day of the document."""
    past = PriceTier(input=0.2, output=0.4, until=date(2026, 8, 16))
    knows = Opinion(0, {"prices.input": 0.44, "prices.output": 1.32, "prices.tiers": (past,)}, heard=date(2026, 10, 26))
    repeats = Opinion(
        1, {"prices.input": 0.2, "prices.output": 0.4, "prices.cache_read": 0.04}, heard=date(2026, 11, 1)
    )
    found = merge("m", [knows, repeats])
    assert found.facts.prices == Prices(input=0.44, output=1.32, tiers=(past,))
    assert found.disputes["prices.input"] == [(1, 0.2)]
    newer = replace(repeats, facts={"prices.input": 0.3, "prices.output": 0.9})
    priced = merge("m", [knows, newer]).facts.prices
    assert priced
    assert priced.input == 0.3, "a price that nobody knows to be over is believed by its day"


def test_where_each_knows_the_price_of_the_other_to_be_over_there_is_none() -> None:
    def said(source: int, now: float, before: float) -> Opinion:
        past = PriceTier(input=before, output=before, until=date(2026, 8, 16))
        return Opinion(source, {"prices.input": now, "prices.output": now, "prices.tiers": (past,)})

    prices = merge("m", [said(0, 1.0, 2.0), said(1, 2.0, 1.0)]).facts.prices
    assert prices is None or (prices.input, prices.output) == (None, None)
