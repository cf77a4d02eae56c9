"""`fluent-ai registry`: where the registry's data comes from, and what changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from fluent_ai.errors import ConfigError

from . import terminal
from .facts import others, text
from .models import Json

if TYPE_CHECKING:
    from fluent_ai.registry.changes import Change
    from fluent_ai.registry.facts import ModelInfo

app = typer.Typer(
    help="Explain the registry's data.", no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)
Providers = Annotated[list[str] | None, typer.Argument(help="Providers; by default all.")]
Catalogs = Annotated[Path, typer.Argument(help="A catalog, or a folder of catalogs.")]


@app.command()
def conflicts(providers: Providers = None, json: Json = False) -> None:
    """The facts on which sources disagree: the source that is believed, and what others state."""
    from fluent_ai.registry import report

    found = report.conflicts(_models(providers))
    if json:
        terminal.json_document(found)
        return
    rows = [(each.model, each.fact, _value(each.value), each.source.who, others(each.source)) for each in found]
    terminal.table(("model", "fact", "value", "said by", "others"), rows)


@app.command()
def stale(
    providers: Providers = None,
    days: Annotated[int, typer.Option(min=0, max=999_999, help="The largest age of a source, in days.")] = 7,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day; by default today.")] = None,
    json: Json = False,
) -> None:
    """The sources that were last read too long ago, oldest first."""
    from fluent_ai.registry import report

    day = datetime.now(UTC).date() if on is None else on.date()
    found = report.stale(_models(providers), day, timedelta(days=days))
    if json:
        terminal.json_document(found)
        return
    rows = [(each.provider, each.who, str(each.date), str(each.days), str(each.models), each.url) for each in found]
    terminal.table(("provider", "said by", "on", "days", "models", "at"), rows)


@app.command()
def diff(old: Catalogs, new: Catalogs, json: Json = False) -> None:
    """The differences between two states of the catalogs: models that are new or gone, and facts that changed."""
    from fluent_ai.registry import report

    found = report.diff(_state(old), _state(new))
    if json:
        terminal.json_document([{"topic": report.topic(each), **msgspec.to_builtins(each)} for each in found])
        return
    terminal.table(_CHANGE, [_change(report.topic(each), each) for each in found])


@app.command()
def known(
    old: Annotated[
        Path | None, typer.Argument(help="An earlier catalog, or a folder of them, to compare with.")
    ] = None,
    new: Annotated[Path | None, typer.Argument(help="The later ones; by default the registry's own.")] = None,
    by_provider: Annotated[bool, typer.Option("--by-provider", help="Count for each provider.")] = False,
    json: Json = False,
) -> None:
    """How many models each fact is known for, now and in an earlier state of the catalogs."""
    from fluent_ai.registry import report
    from fluent_ai.registry import shared as registry

    models = registry.default
    now = {name: models.list(name) for name in models.providers()} if new is None else _state(new)
    found = report.known(now, None if old is None else _state(old), by_provider=by_provider)
    if json:
        terminal.json_document(found)
        return
    header = ("provider", "fact", "before", "known", "more")
    shown = [place for place, name in enumerate(header) if old or name not in ("before", "more")]
    shown = shown if by_provider else shown[1:]
    rows = [
        (each.provider or "", each.fact, str(each.before), str(each.known), f"{each.known - (each.before or 0):+}")
        for each in found
    ]
    terminal.table([header[place] for place in shown], [[row[place] for place in shown] for row in rows])


@app.command()
def why(
    model: Annotated[str, typer.Argument(help="provider:model")],
    field: Annotated[str, typer.Argument(help="A fact, such as context_window or prices.input.")],
    json: Json = False,
) -> None:
    """Why a fact has its value: which source states it, where and when, and which others agree or disagree."""
    from fluent_ai.registry import report
    from fluent_ai.registry import shared as registry

    found = report.why(registry.get(model), field)
    if json:
        terminal.json_document(found)
        return
    source = found.source
    terminal.line(f"{found.model}: {found.fact} = {_value(found.value)} ({source.status})")
    rows: list[tuple[object, ...]] = [("believed", source.who, source.date, source.field, "", source.url)]
    rows += [("agrees", claim.who, claim.date, claim.field, "", claim.url) for claim in source.agree]
    rows += [("differs", claim.who, claim.date, claim.field, claim.value, claim.url) for claim in source.differ]
    terminal.table(("", "who", "on", "as", "says", "at"), [tuple(map(_value, row)) for row in rows])
    if source.inferred_from:
        terminal.note(f"inferred from {source.inferred_from}")
    if source.reason:
        terminal.note(f"reviewed: {source.reason}")


@app.command()
def refresh(
    provider: Annotated[str | None, typer.Argument(help="A provider; by default all with a key.")] = None,
    max_age: Annotated[
        float, typer.Option(min=0, help="The age in seconds up to which a list is not requested again.")
    ] = 3600.0,
    accept_shrink: Annotated[
        bool, typer.Option("--accept-shrink", help="Accept a list that lost many of its models.")
    ] = False,
    json: Json = False,
) -> None:
    """Request the lists of providers and print the changes as they arrive; look-ups use them from then on."""
    from fluent_ai.client.client import Client

    with (
        Client() as client,
        client.refresh_models(provider, max_age=max_age, accept_shrink=accept_shrink) as stream,
    ):
        for change in stream:
            if json:
                terminal.json_line(change)
            else:
                terminal.line("\t".join(part for part in _change(change.kind, change) if part))


_CHANGE = ("", "model", "fact", "before", "after")


def _change(topic: str, change: Change) -> tuple[str, ...]:
    return (topic, change.model, change.fact or "", _value(change.before), _value(change.after))


def _state(path: Path) -> Mapping[str, Sequence[ModelInfo]]:
    from fluent_ai.registry.catalog import read_catalogs

    if not path.exists():
        raise ConfigError(f"{path}: there is no such file or folder")
    return read_catalogs(path)


def _models(providers: Iterable[str] | None) -> list[ModelInfo]:
    from fluent_ai.registry import shared as registry

    return [info for name in providers or registry.default.providers() for info in registry.list(name)]


def _value(value: object) -> str:
    return str(value) if isinstance(value, date) else text(msgspec.to_builtins(value))
