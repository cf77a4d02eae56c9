"""All that was heard of one provider's models to its catalog: who speaks of which model, then the merge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import msgspec
from fluent_ai.errors import ConfigError
from fluent_ai.manifest.schema import Manifest
from fluent_ai.registry.catalog import Catalog, Row
from fluent_ai.registry.facts import ModelFacts, ModelInfo, known_facts
from fluent_ai.registry.lists import origins
from fluent_ai.registry.provenance import Origin

from fluent_ai_codegen.files.cache import Cache
from fluent_ai_codegen.files.specs import Correction
from fluent_ai_codegen.merge.agreement import same
from fluent_ai_codegen.merge.facts import MODEL_FACTS, Merged, merge, opinion
from fluent_ai_codegen.merge.identity import RANK, Find, Found, Index, Match, current, is_profile, key
from fluent_ai_codegen.merge.opinion import Opinion
from fluent_ai_codegen.merge.unlisted import repriced, unlisted
from fluent_ai_codegen.merge.witness import Witness


def assemble(
    manifest: Manifest,
    cache: Cache | None,
    corrections: Sequence[Correction],
    witnesses: Sequence[Witness],
    generated: str,
) -> Catalog:
    """The catalog of one provider. `witnesses` stand in the order in which they are believed.

    ConfigError for a correction of a model that the provider's recorded list does not have.
    """
    listed = {model.id: _dated(manifest, model) for model in (*cache.gone, *cache.models)} if cache else {}
    for correction in corrections:
        if cache and correction.id not in listed:
            raise ConfigError(
                f"specs/models/{manifest.id}.toml: model {correction.id!r} is not in cache/{manifest.id}.json; "
                "remove the correction, or fetch first"
            )
    reviewed = {correction.id for correction in corrections}
    ids = set(listed) if cache else _vouched(manifest.id, reviewed, witnesses)
    table: list[Origin] = []
    opinions: dict[str, list[Opinion]] = {model_id: [] for model_id in ids}
    for correction in corrections:
        opinions[correction.id].append(_reviewed(len(table), correction, alone=cache is None))
        table.append(_review(correction))
    if cache:
        for model in listed.values():
            opinions[model.id].append(opinion(len(table), model))
        table.append(_api(manifest, cache, listed.values()))
    own = frozenset(range(len(table)))
    aliases = {alias: model.id for model in listed.values() for alias in model.aliases or ()}
    index = Index(manifest.id, ids, aliases)
    left = unlisted(manifest.id, index, cache.observed, witnesses) if cache else {}
    others = Index(manifest.id, left, {})
    for model_id, gone in left.items():
        lacks = {"unlisted_on" if gone else "unlisted_until": cache.observed} if cache else {}
        opinions[model_id] = [Opinion(len(table) - 1, lacks)]

    def find(name: str) -> Found | None:
        return index.find(name) or others.find(name)

    dated = current({model.id: model.aliases or () for model in listed.values()})
    spoke = [witness for witness in witnesses if any(find(model.id) for model in witness.models)]
    for number, witness in enumerate(spoke, len(table)):
        for model_id, (model, match) in _best(find, witness.models, dated).items():
            opinions[model_id].append(_opinion(number, witness, model, model_id, match))
    merged = {model_id: merge(model_id, each, own) for model_id, each in opinions.items()}
    for name, model_id in _repriced(find, spoke, merged, aliases).items():
        opinions[name] = _of_profile(name, opinions[model_id], spoke, len(table))
        opinions[model_id] = [_unnamed(each, name) for each in opinions[model_id]]
        merged |= {each: merge(each, opinions[each], own) for each in (name, model_id)}
    for model_id, by_source in _more_names(find, spoke, merged, len(table)).items():
        named = [_named(each, by_source.get(each.source, ())) for each in opinions[model_id]]
        merged[model_id] = merge(model_id, named, own)
    table += [_used(witness) for witness in spoke]
    return _catalog(manifest.id, table, merged, generated)


def _dated(manifest: Manifest, model: ModelFacts) -> ModelFacts:
    """Without the day on which its entry was made, unless the manifest vouches that it is the release."""
    vouches = manifest.model_list is not None and manifest.model_list.created_is_release
    return model if vouches else msgspec.structs.replace(model, released=None)


def _vouched(provider: str, reviewed: Iterable[str], witnesses: Iterable[Witness]) -> set[str]:
    """The models of a provider whose own list is not recorded; of ids that are one after normalising, the first."""
    ids = set(reviewed)
    keys = {key(model_id, provider) for model_id in ids}
    for witness in witnesses:
        for model in witness.models if witness.adds_models else ():
            if key(model.id, provider) not in keys:
                keys.add(key(model.id, provider))
                ids.add(model.id)
    return ids


def _best(find: Find, models: Iterable[ModelFacts], dated: Mapping[str, str]) -> dict[str, tuple[ModelFacts, Match]]:
    """Model -> the row of one source that means it most directly.

    A moving name goes by the row of the dated model that it is today: its own may tell of the one that it was.
    """
    best: dict[str, tuple[ModelFacts, Match]] = {}
    for model in models:
        found = find(model.id)
        if found and (found.id not in best or RANK[found.match] < RANK[best[found.id][1]]):
            best[found.id] = (model, found.match)
    return best | {name: best[today] for name, today in dated.items() if today in best}


def _opinion(source: int, witness: Witness, model: ModelFacts, model_id: str, match: Match) -> Opinion:
    """A regional profile has prices of its own, so it speaks of the model only, as do witnesses of other hosts."""
    facts = opinion(source, model, MODEL_FACTS if match == "profile" or not witness.host else None).facts
    vouches = witness.host and match in ("id", "alias", "key")
    heard = date.max if witness.own else witness.origin.date
    return Opinion(source, {**facts, "id": model_id} if vouches else _without(facts, "id"), heard)


def _without(facts: Mapping[str, object], name: str) -> dict[str, object]:
    return {fact: value for fact, value in facts.items() if fact != name}


def _repriced(
    find: Find, witnesses: Sequence[Witness], merged: Mapping[str, Merged], aliases: Mapping[str, str]
) -> Mapping[str, str]:
    """Regional profile -> its model, where the newest word for that very id is another price."""
    names = {alias: model_id for alias, model_id in aliases.items() if is_profile(alias)}
    for witness in witnesses:
        for model in witness.models:
            if (found := find(model.id)) and found.match == "profile":
                names[model.id] = found.id
    prices = {model_id: each.facts.prices.input if each.facts.prices else None for model_id, each in merged.items()}
    return repriced(names, prices, witnesses)


_OF_ONE_REGION = ("prices", "regions", "rate_limits", "aliases", "id")


def _of_profile(name: str, model: Sequence[Opinion], witnesses: Sequence[Witness], first: int) -> list[Opinion]:
    """What is known of a regional profile: all that holds for its model, and what sources say of that very id."""
    said = {
        each.source: {fact: value for fact, value in each.facts.items() if fact.partition(".")[0] not in _OF_ONE_REGION}
        | ({"id": name} if name in (each.facts.get("aliases") or ()) else {})  # type: ignore[operator]  # a tuple of texts
        for each in model
    }
    heard = {each.source: each.heard for each in model}
    for number, witness in enumerate(witnesses, first):
        for row in witness.models:
            if row.id == name:
                said[number] = said.get(number, {}) | dict(opinion(number, row).facts)
                heard[number] = witness.origin.date
    return [Opinion(source, facts, heard[source]) for source, facts in said.items()]


def _unnamed(each: Opinion, name: str) -> Opinion:
    aliases = each.facts.get("aliases")
    if not isinstance(aliases, tuple) or name not in aliases:
        return each
    return replace(each, facts={**each.facts, "aliases": tuple(alias for alias in aliases if alias != name)})


def _more_names(
    find: Find, witnesses: Sequence[Witness], merged: Mapping[str, Merged], first: int
) -> dict[str, dict[int, tuple[str, ...]]]:
    """Model -> source -> its undated names and regional profiles, where their prices do not contradict the model's.

    Vertex AI writes the version of a model behind an `@`, and takes its name without it.
    """
    names: dict[str, dict[int, tuple[str, ...]]] = {}
    versions = Counter(model_id.partition("@")[0] for model_id in merged)
    for number, witness in enumerate(witnesses, first):
        for model in witness.models if witness.host else ():
            found = find(model.id)
            if model.id in merged:
                name, at, _ = model.id.partition("@")
                if at and versions[name] == 1 and ((other := find(name)) is None or other.id == model.id):
                    names.setdefault(model.id, {})[number] = (name,)
                continue
            if found and found.match in ("snapshot", "profile") and _same_price(merged[found.id].facts, model):
                by_source = names.setdefault(found.id, {})
                by_source[number] = (*by_source.get(number, ()), model.id)
    return names


def _same_price(model: ModelFacts, other: ModelFacts) -> bool:
    mine, theirs = known_facts(model), known_facts(other)
    return all(
        same(fact, mine[fact], theirs[fact])
        for fact in ("prices.input", "prices.output")
        if fact in mine and fact in theirs
    )


def _named(each: Opinion, names: tuple[str, ...]) -> Opinion:
    aliases = each.facts.get("aliases")
    known = aliases if isinstance(aliases, tuple) else ()
    return replace(each, facts={**each.facts, "aliases": (*known, *names)}) if names else each


def _reviewed(source: int, correction: Correction, *, alone: bool) -> Opinion:
    """What a correction says; where nobody lists models, that there is one too."""
    facts = known_facts(correction.apply(ModelFacts(id=correction.id)))
    facts = _without(facts, "prices")
    return Opinion(source, facts if alone else _without(facts, "id"))


def _review(correction: Correction) -> Origin:
    return Origin(
        who="fluent-ai review", url=correction.source, date=correction.date, kind="review", reason=correction.reason
    )


def _api(manifest: Manifest, cache: Cache, models: Iterable[ModelFacts]) -> Origin:
    """The provider's own list, with the wire field of each fact that it states about any model."""
    known = {fact for model in models for fact in known_facts(model)}
    calls = manifest.model_list.calls if manifest.model_list else ()
    names = {fact: field for call in reversed(calls) for fact, field in origins(call.shape).items()}
    facts = {fact: field for fact, field in names.items() if fact in known}
    return Origin(who=f"{manifest.name} API", url=cache.url, date=cache.observed, kind="provider", facts=facts)


def _used(witness: Witness) -> Origin:
    """The witness with the names of those facts that it states here."""
    known = {fact for model in witness.models for fact in known_facts(model)}
    facts = {fact: field for fact, field in witness.origin.facts.items() if fact in known}
    return msgspec.structs.replace(witness.origin, facts=facts)


def _catalog(provider: str, table: Sequence[Origin], merged: Mapping[str, Merged], generated: str) -> Catalog:
    encode = msgspec.json.Encoder(order="deterministic").encode
    profiles: dict[bytes, int] = {}
    rows = []
    for model_id in sorted(merged):
        each = merged[model_id]
        number = profiles.setdefault(encode(each.said), len(profiles))
        facts = {fact: getattr(each.facts, fact) for fact in ModelFacts.__struct_fields__}
        rows.append(Row(ModelInfo(**facts), number, msgspec.Raw(encode(each.disputes))))
    return Catalog(
        generated=generated,
        provider=provider,
        sources=tuple(table),
        profiles=tuple(msgspec.Raw(profile) for profile in profiles),
        models=rows,
    )
