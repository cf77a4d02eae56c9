"""Models that sources know and the provider's recorded list lacks: gone from it, or newer than it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from fluent_ai.registry.facts import ModelFacts

from fluent_ai_codegen.merge.identity import Index, key
from fluent_ai_codegen.merge.witness import Witness


def unlisted(provider: str, listed: Index, observed: date, witnesses: Sequence[Witness]) -> dict[str, bool]:
    """Id -> whether it has left the list, which was `observed` on that day; of ids that are one, the first.

    One that a source knew by then, or that was retired by then, is gone. One that only later sources know is newer if
    two of them do; what a single one says is too little.
    """
    known: defaultdict[str, list[tuple[Witness, ModelFacts]]] = defaultdict(list)
    for witness in witnesses:
        for model in witness.models if witness.host else ():
            if listed.find(model.id) is None:
                known[key(model.id, provider)].append((witness, model))
    found = {}
    for rows in known.values():
        named = next((model.id for witness, model in rows if witness.adds_models), None)
        if named is None:
            continue
        old = any(witness.origin.date <= observed for witness, _ in rows)
        over = any(model.retires_on is not None and model.retires_on <= observed for _, model in rows)
        if old or over or len({witness.origin.who for witness, _ in rows}) > 1:
            found[named] = old or over
    return found


def repriced(
    names: Mapping[str, str], prices: Mapping[str, float | None], witnesses: Sequence[Witness]
) -> dict[str, str]:
    """Regional profile -> its model, where the newest word for that very id states another price than the model's.

    `names` are all known profiles with their models, and `prices` the input price of each model.
    """
    newest: dict[str, tuple[date, float]] = {}
    for witness in witnesses:
        for model in witness.models if witness.host else ():
            price = model.prices.input if model.prices else None
            heard = newest.get(model.id, (date.min,))[0]
            if model.id in names and price is not None and heard < witness.origin.date:
                newest[model.id] = (witness.origin.date, price)
    return {
        name: names[name]
        for name, (_, price) in newest.items()
        if (base := prices.get(names[name])) is None or abs(price - base) > 0.005 * max(base, price)
    }
