"""Many words about one model to one set of facts, with who said each, who agrees and who differs.

The rules stand in docs/guides/registry-data.md.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from fluent_ai.registry.facts import ModelFacts, known_facts
from fluent_ai.registry.overlay_merge import inferred, struct_fields
from fluent_ai.registry.provenance import Stated

from fluent_ai_codegen.merge.agreement import comparable, same
from fluent_ai_codegen.merge.consistent import date_in, fits, hold_together
from fluent_ai_codegen.merge.credible import credible, exceeds
from fluent_ai_codegen.merge.opinion import Opinion
from fluent_ai_codegen.merge.past_prices import is_over
from fluent_ai_codegen.merge.tiers import join_tiers

MODEL_FACTS = frozenset(
    {
        "kind", "context_window", "max_output_tokens", "input_modalities", "output_modalities", "tools",
        "parallel_tools", "structured_output", "reasoning", "vision", "audio", "pdf", "embeddings",
        "embedding_dimensions", "knowledge_cutoff",
    }
)  # fmt: skip
"""Facts of a model wherever it runs. All others belong to the model at one host."""

_BASE_PRICES = ("prices.input", "prices.output")


@dataclass(frozen=True)
class Merged:
    """`said` and `disputes` as `fluent_ai.registry.provenance.Evidence` keeps them, before they are JSON."""

    facts: ModelFacts
    said: dict[str, Stated]
    disputes: dict[str, list[tuple[int, object]]]


def opinion(source: int, model: ModelFacts, only: Container[str] | None = None) -> Opinion:
    """All facts that a source states, prices one by one; or `only` some."""
    facts = {fact: value for fact, value in known_facts(model).items() if fact != "prices"}
    return Opinion(source, facts if only is None else {fact: value for fact, value in facts.items() if fact in only})


def merge(model_id: str, opinions: Sequence[Opinion], own: frozenset[int] = frozenset()) -> Merged:
    """The facts of one model. The order of `opinions` does not matter: their ranks do, and each rank is there once.

    `own` are the ranks of the provider itself and of reviews, whose prices always go together.
    """
    ranked = sorted(opinions, key=lambda each: each.source)
    latest = sorted(ranked, key=lambda each: each.heard, reverse=True)
    theirs = {fact: value for each in reversed(ranked) if each.source in own for fact, value in each.facts.items()}
    values: dict[str, object] = {}
    said: dict[str, Stated] = {}
    disputes: dict[str, list[tuple[int, object]]] = {}
    over = {each.source for each in ranked if each.source not in own and is_over(each, ranked)}
    for fact, stated in _stated(ranked, latest):
        if fact == "prices.tiers":
            _join_tiers(latest, own, ranked, values, said, disputes)
            continue
        for source, value in stated:
            if source in own or (
                not (fact.startswith("prices.") and source in over)
                and _goes_with(fact, source, ranked, values)
                and credible(fact, value, values, theirs)
                and fits(fact, value, source, values, said)
            ):
                break
        else:
            continue
        values[fact] = value
        said[fact] = source
        if len(stated) > 1 and comparable(fact):
            agree, differ = [], []
            for other, claim in stated:
                if other == source:
                    continue
                if same(fact, value, claim):
                    agree.append(other)
                else:
                    differ.append((other, msgspec.to_builtins(claim)))
            if agree:
                said[fact] = [source, *agree]
            if differ:
                disputes[fact] = differ
    _dispute_window(ranked, values, disputes)
    _join_aliases(model_id, ranked, values, said, disputes)
    _date_of_id(model_id, values, said, disputes)
    hold_together(values, said, disputes, own)
    _infer(values, said)
    return Merged(_facts(model_id, values), _shorten(said, disputes), disputes)


def _stated(ranked: Iterable[Opinion], latest: Iterable[Opinion]) -> Iterator[tuple[str, list[tuple[int, object]]]]:
    """All facts that anybody states, with who says what, the most credible first.

    They come in a fixed order: the base prices first, which decide on the other prices.
    """
    stated: dict[str, list[tuple[int, object]]] = {}
    for opinions, are_prices in ((ranked, False), (latest, True)):
        for each in opinions:
            for fact, value in each.facts.items():
                if value is not None and fact.startswith("prices.") == are_prices:
                    stated.setdefault(fact, []).append((each.source, value))
    for fact in (*_BASE_PRICES, *sorted(stated.keys() - _BASE_PRICES)):
        if fact in stated:
            yield fact, stated[fact]


def _goes_with(fact: str, source: int, opinions: Sequence[Opinion], values: Mapping[str, object]) -> bool:
    """Whether a price is of the same sheet as the base prices that were taken: its source must not contradict them."""
    if not fact.startswith("prices.") or values.keys().isdisjoint(_BASE_PRICES):
        return True
    mine = next(each.facts for each in opinions if each.source == source)
    return all(base not in mine or base not in values or same(base, values[base], mine[base]) for base in _BASE_PRICES)


def _join_tiers(
    latest: Sequence[Opinion],
    own: frozenset[int],
    ranked: Sequence[Opinion],
    values: dict[str, object],
    said: dict[str, Stated],
    disputes: dict[str, list[tuple[int, object]]],
) -> None:
    """Tiers under each kind of condition from the newest word that goes with the base prices."""
    stated = [(each.source, tiers) for each in latest if isinstance(tiers := each.facts.get("prices.tiers"), tuple)]
    fitting = {each for each, _ in stated if each in own or _goes_with("prices.tiers", each, ranked, values)}
    joined = join_tiers(stated, fitting)
    if joined.tiers:
        values["prices.tiers"] = joined.tiers
        said["prices.tiers"] = joined.sources if len(joined.sources) > 1 else joined.sources[0]
        if joined.others:
            disputes["prices.tiers"] = [(source, msgspec.to_builtins(tiers)) for source, tiers in joined.others]


def _date_of_id(
    model_id: str, values: dict[str, object], said: dict[str, Stated], disputes: dict[str, list[tuple[int, object]]]
) -> None:
    """A date in the id is the release, whatever others say; where they agree, they stay the source."""
    day = date_in(model_id)
    known = values.get("released")
    if day is None or "id" not in said or (known is not None and same("released", day, known)):
        return
    if known is not None:
        by = said["released"]
        others = by if isinstance(by, list) else [by] if isinstance(by, int) else []
        disputes["released"] = [(other, msgspec.to_builtins(known)) for other in others] + disputes.get("released", [])
    values["released"], said["released"] = day, "id"


def _dispute_window(
    opinions: Sequence[Opinion], values: Mapping[str, object], disputes: dict[str, list[tuple[int, object]]]
) -> None:
    """Who knows of a longer prompt than the context window holds, and names no window, differs in that."""
    window = values.get("context_window")
    for each in opinions:
        prompt = each.facts.get("max_input_tokens")
        if each.facts.get("context_window") is None and window is not None and exceeds(prompt, window):
            disputes.setdefault("context_window", []).append((each.source, prompt))


def _join_aliases(
    model_id: str,
    opinions: Sequence[Opinion],
    values: dict[str, object],
    said: dict[str, Stated],
    disputes: dict[str, list[tuple[int, object]]],
) -> None:
    """Every alias that anybody knows: one list lacking an alias does not deny it."""
    known: dict[str, list[int]] = {}
    for each in opinions:
        for alias in _texts(each.facts.get("aliases")):
            if alias != model_id:
                known.setdefault(alias, []).append(each.source)
    disputes.pop("aliases", None)
    if known:
        sources = sorted({source for by in known.values() for source in by})
        values["aliases"] = tuple(sorted(known))
        said["aliases"] = sources if len(sources) > 1 else sources[0]
    elif "aliases" in values:
        del values["aliases"], said["aliases"]


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _infer(values: dict[str, object], said: dict[str, Stated]) -> None:
    """What follows from a fact, where nobody says it."""
    for fact, origin, value in inferred(values):
        if fact not in values:
            values[fact] = value
            said[fact] = origin


def _facts(model_id: str, values: Mapping[str, object]) -> ModelFacts:
    fields = struct_fields(values)
    fields["id"] = model_id
    return ModelFacts(**fields)


def _shorten(said: dict[str, Stated], disputes: Mapping[str, object]) -> dict[str, Stated]:
    """`prices` alone where all prices have the same sources and nobody differs."""
    prices = [fact for fact in said if fact.startswith("prices.")]
    if len({str(said[fact]) for fact in prices}) != 1 or any(fact in disputes for fact in prices):
        return said
    return {fact: by for fact, by in said.items() if fact not in prices} | {"prices": said[prices[0]]}
