"""`fluent-ai models`, `show` and `compare`: the registry, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import msgspec
import typer

from . import terminal
from .facts import can, others, text
from .filters import with_filters

if TYPE_CHECKING:
    from fluent_ai.registry.comparing import Cell
    from fluent_ai.registry.facts import ModelInfo
    from fluent_ai.registry.finding import Filters, SortKey

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Text = Annotated[str | None, typer.Argument(help="Words of the model's id or name; misspellings are tolerated.")]
Limit = Annotated[int | None, typer.Option(help="The largest number of models to list.")]


@with_filters
def models(
    filters: Filters,
    text: Text = None,
    sort: Annotated[
        list[str] | None,
        typer.Option(help="A fact, such as input-price; prefix - for descending order. Can be repeated."),
    ] = None,
    limit: Limit = None,
    json: Json = False,
) -> None:
    """List models. A filter matches only models whose fact is known."""
    from fluent_ai.registry import shared as registry

    keys = [f"{key[:1]}{key[1:].replace('-', '_')}" for key in sort or ()]
    found = registry.find(text, sort=cast("list[SortKey]", keys) or None, limit=limit, **filters)
    if json:
        terminal.json_document([as_json(info) for info in found])
        return
    terminal.table(("model", "context", "input $/M", "output $/M", "can"), [_row(info) for info in found])


def show(model: Annotated[str, typer.Argument(help="provider:model")], json: Json = False) -> None:
    """All that is known about a model: which source states it, when, and which others agree or disagree."""
    from fluent_ai.cli.replies import full_name
    from fluent_ai.registry import shared as registry
    from fluent_ai.registry.facts import known_facts

    info = registry.get(full_name(model))
    if json:
        terminal.json_document(as_json(info))
        return
    rows = [
        (fact, text(msgspec.to_builtins(value)), source.who, source.date.isoformat(), others(source), source.url)
        for fact, value in sorted(known_facts(info).items())
        if fact != "prices" and (source := info.source(fact)) is not None
    ]
    terminal.line(info.full_name)
    terminal.table(("fact", "value", "said by", "on", "others", "at"), rows)


def compare(
    models: Annotated[list[str], typer.Argument(help="provider:model, two or more")],
    all_facts: Annotated[bool, typer.Option("--all", help="Also show the facts that do not differ.")] = False,
    json: Json = False,
) -> None:
    """Models side by side: the facts that differ. A ! marks facts on which sources disagree."""
    from fluent_ai.cli.replies import full_name
    from fluent_ai.registry import shared as registry

    table = registry.compare(*map(full_name, models))
    rows = [row for row in table.rows if all_facts or row.differs or len(models) == 1]
    names = [info.full_name for info in table.models]
    if json:
        terminal.json_document(
            [
                {
                    "fact": row.fact,
                    "differs": row.differs,
                    "models": dict(zip(names, map(msgspec.to_builtins, row.cells), strict=True)),
                }
                for row in rows
            ]
        )
        return
    terminal.table(("fact", *names), [(row.fact, *map(_cell, row.cells)) for row in rows])


def as_json(info: ModelInfo) -> dict[str, object]:
    """The model as plain data: its facts, and their sources."""
    facts: dict[str, object] = msgspec.to_builtins(info)
    facts.pop("evidence", None)
    return {"model": info.full_name, **facts, "sources": msgspec.to_builtins(dict(info.sources))}


def _row(info: ModelInfo) -> tuple[str, ...]:
    prices = info.prices
    return (
        info.full_name,
        text(info.context_window or info.max_input_tokens),
        text(prices and prices.input),
        text(prices and prices.output),
        can(info),
    )


def _cell(cell: Cell) -> str:
    return text(msgspec.to_builtins(cell.value)) + (" !" if cell.disputed else "")
