"""`fluent-ai usage`: what the calls in a ledger used and cost."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from fluent_ai.cli import terminal
from fluent_ai.cli.facts import dollars
from fluent_ai.cli.models import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fluent_ai.observe.ledger_reports import Spent

BAR = 24
"""The length of the longest bar, in characters."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


def usage(
    ledger: Annotated[
        Path | None, typer.Option("--ledger", help="The ledger's file; by default usage.db in the user's folder.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Only calls of this time until now: 30d, 12h, 2w.")] = None,
    by: Annotated[str, typer.Option(help="provider, model, key, verb, day, or tag:NAME.")] = "model",
    export: Annotated[
        Path | None, typer.Option(help="Write the calls to this file instead: .csv, .json or .parquet.")
    ] = None,
    json: Json = False,
) -> None:
    """What calls used and cost, as a ledger has booked them."""
    from fluent_ai.errors import ConfigError
    from fluent_ai.observe.ledger import Ledger

    book = Ledger(ledger)
    if not book.path.exists():
        raise ConfigError(f"{book.path}: there is no ledger; pass observe=[ai.Ledger()] to a client, or --ledger")
    if export is not None:
        terminal.note(f"{book.export(export, since=since)} calls are in {export}")
        return
    found = book.spent(since=since, by=by)
    if json:
        terminal.json_document([{**msgspec.to_builtins(each), "cost": each.cost} for each in found])
        return
    columns, rows = [by, "calls", "failed", "input", "output", "USD"], [_row(each) for each in found]
    if sys.stdout.isatty():
        rows = [(*row, bar) for row, bar in zip(rows, bars(found), strict=True)]
        columns.append("")
    terminal.table(columns, rows)
    if unpriced := sum(each.unpriced for each in found):
        terminal.note(f"{unpriced} of the calls have no known cost")


def bars(found: Sequence[Spent]) -> list[str]:
    """A bar for each row: its share of the cost, or of the calls if nothing has a cost."""
    values = [each.nanodollars for each in found]
    if not any(values):
        values = [each.calls for each in found]
    most = max(values, default=0) or 1
    eighths = [round(8 * BAR * value / most) for value in values]
    return ["█" * (each // 8) + _EIGHTHS[each % 8].strip() for each in eighths]


def _row(spent: Spent) -> tuple[str, ...]:
    name = "-" if spent.name is None else spent.name
    cost = dollars(spent.cost if spent.unpriced < spent.calls else None)
    return (
        name,
        *(f"{count:,}" for count in (spent.calls, spent.failed, spent.input_tokens, spent.output_tokens)),
        cost,
    )
