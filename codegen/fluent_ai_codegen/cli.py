"""The commands `fetch` and `generate`; they join the command line by the entry-point group `fluent_ai.commands`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from fluent_ai.errors import ConfigError, FluentError
from fluent_ai.manifest import Manifest
from fluent_ai.options import near
from rich.console import Console
from rich.table import Table

from .cache import TTL, Cache, read_caches
from .fetch import FetchOptions, Report
from .fetch import fetch as fetch_all
from .paths import Layout
from .render import Rendered, render
from .specs import Specs, load_specs
from .tree import Difference, compare, replace

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Fetch model lists and render the SDK from them.")
out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Root = Annotated[
    Path | None, typer.Option(help="The checkout to work in; by default the one around the working directory.")
]


@contextmanager
def _clear_errors() -> Iterator[None]:
    """One line instead of a traceback for what the user can mend."""
    try:
        yield
    except FluentError as error:
        err.print(f"error: {error}", style="red", markup=False)
        raise typer.Exit(1) from None
    except OSError as error:
        err.print(f"error: {error.filename or 'file'}: {error.strerror}", style="red", markup=False)
        raise typer.Exit(1) from None


@app.command()
def fetch(
    providers: Annotated[list[str] | None, typer.Argument(help="Providers to fetch; by default all.")] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Ask BASE/<provider>/<path of the real API> instead of the providers.")
    ] = None,
    observed: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="The day of the answers that --base-url gives, where they are recorded."
        ),
    ] = None,
    hold: Annotated[list[str] | None, typer.Option(help="Leave this provider as it is; can be repeated.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help=f"Ask also where the cache is younger than {TTL.days} days.")
    ] = False,
    root: Root = None,
) -> None:
    """Ask the providers which models they have, and keep the facts in cache/."""
    with _clear_errors():
        layout = Layout.find(root)
        specs = load_specs(layout.specs)
        rows = {manifest.id: manifest for manifest in specs.manifests}
        for name in (*(providers or ()), *(hold or ())):
            if name not in rows:
                raise ConfigError(f"provider {name!r} is not known{near(name, list(rows))}; known: {', '.join(rows)}")
        chosen = [row for row in specs.manifests if not providers or row.id in providers]
        options = FetchOptions(
            base_url=base_url,
            observed=observed.date() if observed else None,
            hold=frozenset(hold or ()),
            force=force,
        )
        reports = asyncio.run(_run(chosen, read_caches(layout.cache), layout.cache, options))
        _print_reports(reports)
        failed = [report.provider for report in reports if report.status == "failed"]
        if failed:
            kept = "the last good cache of each is kept; mend the cause, or hold them back with "
            err.print(
                f"error: {len(failed)} of {len(reports)} failed; {kept}{' '.join(f'--hold {name}' for name in failed)}"
            )
            raise typer.Exit(1)


async def _run(rows: list[Manifest], caches: Mapping[str, Cache], folder: Path, options: FetchOptions) -> list[Report]:
    from fluent_ai.transport.httpx2_transport import AsyncHttpx2Transport

    transport = AsyncHttpx2Transport()
    try:
        return await fetch_all(rows, caches, folder, transport, options)
    finally:
        await transport.close()


def _print_reports(reports: list[Report]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("provider", "status", "seconds", "bytes", "pages", "models"):
        table.add_column(title, justify="left" if title in ("provider", "status") else "right")
    for report in reports:
        cells = (f"{report.seconds:.2f}", str(report.bytes), str(report.pages), str(report.models))
        table.add_row(report.provider, report.status, *cells)
    out.print(table)
    for report in reports:
        if report.error:
            err.print(f"{report.provider}: {report.url}: {report.error}", markup=False)


@app.command()
def generate(
    check: Annotated[bool, typer.Option("--check", help="Only compare with what is there; write nothing.")] = False,
    root: Root = None,
) -> None:
    """Render generated/ from specs/ and cache/."""
    with _clear_errors():
        layout = Layout.find(root)
        specs = load_specs(layout.specs)
        caches = read_caches(layout.cache)
        rendered = render(specs, caches)
        _print_notes(rendered, specs, caches)
        differences = compare(rendered.files, layout.generated)
        if check:
            _print_differences(differences)
            if differences:
                err.print(
                    f"error: {len(differences)} files of generated/ are not what specs/ and cache/ say; "
                    "run `fluent-ai generate`"
                )
                raise typer.Exit(1)
            out.print(f"generated/ is up to date: {len(rendered.files)} files")
            return
        if differences:
            replace(rendered.files, layout.generated)
        out.print(f"generated/ has {len(rendered.files)} files, {len(differences)} of them changed")


def _print_notes(rendered: Rendered, specs: Specs, caches: Mapping[str, Cache]) -> None:
    for note in rendered.notes:
        err.print(f"note: {note}", markup=False)
    now = datetime.now(UTC)
    stale = [f"{name} {cache.observed}" for name, cache in sorted(caches.items()) if cache.age(now) > TTL]
    if stale:
        err.print(f"warning: facts older than {TTL.days} days: {', '.join(stale)}; run `fluent-ai fetch`", markup=False)
    missing = [row.id for row in specs.manifests if row.model_list and row.id not in caches]
    if missing:
        err.print(f"warning: no cache for {', '.join(missing)}, so no models; run `fluent-ai fetch`", markup=False)


def _print_differences(differences: list[Difference]) -> None:
    for difference in differences:
        err.print(f"{difference.kind}: generated/{difference.path}", markup=False)
        if difference.diff:
            sys.stderr.write(difference.diff + "\n")
