"""Comparison of models side by side."""

from __future__ import annotations

from collections.abc import Sequence

from fluent_ai.content.json_struct import JsonStruct
from fluent_ai.registry.facts import ModelFacts, ModelInfo, Prices, known_facts
from fluent_ai.registry.provenance import Status


class Cell(JsonStruct, frozen=True):
    """A fact of one model. `status` says whether other sources agree with the fact's source."""

    value: object = None
    """The value; None if unknown."""
    status: Status | None = None
    """`agreed`, `single` or `disputed`."""

    @property
    def disputed(self) -> bool:
        """True if another source disagrees."""
        return self.status == "disputed"


class ComparisonRow(JsonStruct, frozen=True):
    """One fact of all models, in their order. Each price is a fact of its own, such as `prices.input`."""

    fact: str
    """The name of the fact."""
    cells: tuple[Cell, ...]
    """One cell for each model."""

    @property
    def differs(self) -> bool:
        """True if the known values are not all equal."""
        known = [cell.value for cell in self.cells if cell.value is not None]
        return any(value != known[0] for value in known)


class Comparison(JsonStruct, frozen=True):
    """All facts that are known of at least one of the models."""

    models: tuple[ModelInfo, ...]
    """The models that are compared."""
    rows: tuple[ComparisonRow, ...]
    """One row for each fact."""

    def row(self, fact: str) -> ComparisonRow | None:
        """The row of this fact, or None."""
        return next((row for row in self.rows if row.fact == fact), None)


def compare(models: Sequence[ModelInfo]) -> Comparison:
    """The table of these models."""
    facts = [known_facts(model) for model in models]
    rows = []
    for fact in FACTS:
        values = [known.get(fact) for known in facts]
        if all(value is None for value in values):
            continue
        cells = (_cell(model, fact, value) for model, value in zip(models, values, strict=True))
        rows.append(ComparisonRow(fact, tuple(cells)))
    return Comparison(tuple(models), tuple(rows))


def _cell(model: ModelInfo, fact: str, value: object) -> Cell:
    source = None if value is None else model.source(fact)
    return Cell(value, None if source is None else source.status)


FACTS = [
    name
    for fact in ModelFacts.__struct_fields__
    if fact != "id"
    for name in ([f"prices.{part}" for part in Prices.__struct_fields__] if fact == "prices" else [fact])
]
