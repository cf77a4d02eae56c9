"""The commands `fetch` and `generate`; they join the command line by the entry-point group `fluent_ai.commands`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from fluent_ai.cli import terminal
from fluent_ai.errors import ConfigError
from fluent_ai.manifest import Manifest
from fluent_ai.options import near

from .cache import TTL, Cache, read_caches
from .fetch import FetchOptions, fetch_lists
from .paths import Layout
from .render import Rendered, render
from .report import COLUMNS, Report, require_report_name, rows, write_report
from .sources.store import read_sources
from .specs import Specs, load_specs
from .tree import compare, replace

Root = Annotated[Path | None, typer.Option(help="The checkout to work in; by default the one around this folder.")]


def fetch(
    providers: Annotated[list[str] | None, typer.Argument(help="Providers to fetch; by default all.")] = None,
    base_url: Annotated[
        str | None, typer.Option(help="Ask BASE_URL/<provider>/<path of the real API> instead of the providers.")
    ] = None,
    observed: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of the answers of --base-url, where they are recordings."),
    ] = None,
    hold: Annotated[list[str] | None, typer.Option(help="Leave this provider as it is; can be repeated.")] = None,
    accept_shrink: Annotated[
        list[str] | None,
        typer.Option(help="Believe this provider that many of its models are gone; can be repeated."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=f"Ask even where the cache is less than {TTL.days} days old.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(help="Also write what became of each provider to this file, .json or .md.")
    ] = None,
    root: Root = None,
) -> None:
    """Ask the providers which models they have, and keep the facts in cache/.

    Exit code 0: all is well. 1: a provider failed and keeps its last good cache, the others are updated. 2: an argument
    or a file of specs/ or cache/ is wrong, and nothing was asked.
    """
    layout = Layout.find(root)
    manifests = {manifest.id: manifest for manifest in load_specs(layout.specs).manifests}
    for name in (*(providers or ()), *(hold or ()), *(accept_shrink or ())):
        if name not in manifests:
            known = list(manifests)
            raise ConfigError(f"provider {name!r} is not known.{near(name, known)} Known: {', '.join(known)}")
    if report:
        require_report_name(report)
    options = FetchOptions(
        base_url=base_url,
        observed=observed.date() if observed else None,
        hold=frozenset(hold or ()),
        named=frozenset(providers or ()),
        accept_shrink=frozenset(accept_shrink or ()),
        force=force,
    )
    chosen = [row for row in manifests.values() if not providers or row.id in providers]
    reports = asyncio.run(_fetch(chosen, read_caches(layout.cache), layout, options))
    _print_reports(reports)
    if report:
        write_report(report, reports)
    failed = [report.provider for report in reports if report.error]
    if failed:
        holds = " ".join(f"--hold {name}" for name in failed)
        terminal.error(
            f"{len(failed)} of {len(reports)} failed and keep their last good cache; mend the cause, or add {holds}"
        )
        raise typer.Exit(1)


async def _fetch(
    manifests: Sequence[Manifest], caches: Mapping[str, Cache], layout: Layout, options: FetchOptions
) -> list[Report]:
    from fluent_ai.transport.httpx2_transport import AsyncHttpx2Transport

    transport = AsyncHttpx2Transport()
    try:
        return await fetch_lists(manifests, caches, layout, transport, options)
    finally:
        await transport.close()


def _print_reports(reports: Sequence[Report]) -> None:
    terminal.table(COLUMNS, rows(reports))
    for row in reports:
        if row.error:
            terminal.note(f"{row.provider}: {f'{row.url}: ' if row.url else ''}{row.reason}")


def generate(
    check: Annotated[bool, typer.Option("--check", help="Only compare with what is there; write nothing.")] = False,
    root: Root = None,
) -> None:
    """Render generated/ from specs/ and cache/."""
    layout = Layout.find(root)
    specs, caches = load_specs(layout.specs), read_caches(layout.cache)
    rendered = render(specs, caches, read_sources(layout.cache / "sources"))
    _print_notes(rendered, specs, caches)
    differences = compare(rendered.files, layout.generated)
    if not check:
        if differences:
            replace(rendered.files, layout.generated)
        terminal.line(f"generated/ has {len(rendered.files)} files, {len(differences)} of them changed")
        return
    for difference in differences:
        terminal.note(f"{difference.kind}: generated/{difference.path}")
        if difference.diff:
            sys.stderr.write(difference.diff + "\n")
    if differences:
        terminal.error(
            f"generated/ differs from specs/ and cache/ in {len(differences)} files; run `fluent-ai generate`"
        )
        raise typer.Exit(1)
    terminal.line(f"generated/ is up to date: {len(rendered.files)} files")


def _print_notes(rendered: Rendered, specs: Specs, caches: Mapping[str, Cache]) -> None:
    for note in rendered.notes:
        terminal.note(f"note: {note}")
    now = datetime.now(UTC)
    stale = [f"{name} ({cache.age(now).days} days)" for name, cache in sorted(caches.items()) if cache.age(now) > TTL]
    if stale:
        terminal.note(f"warning: rendered from old facts: {', '.join(stale)}; run `fluent-ai fetch`")
    missing = [row.id for row in specs.manifests if row.model_list and row.id not in caches]
    if missing:
        terminal.note(f"warning: no cache for {', '.join(missing)}, so no models; run `fluent-ai fetch`")
