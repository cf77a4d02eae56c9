"""The commands `fetch` and `generate`; they join the command line by the entry-point group `fluent_ai.commands`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from fluent_ai.arguments import did_you_mean
from fluent_ai.cli import terminal
from fluent_ai.errors import ConfigError

from fluent_ai_codegen.files.cache import TTL, write_atomically
from fluent_ai_codegen.files.ledger import write_names
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.files.tree import replace
from fluent_ai_codegen.render.generated import Rendered, render
from fluent_ai_codegen.render.inputs import Inputs
from fluent_ai_codegen.render.memory import Memory

from .sources import SOURCES

if TYPE_CHECKING:  # fetching imports what asks the web, which generating does not need
    from fluent_ai_codegen.fetch.jobs import FetchOptions, Job
    from fluent_ai_codegen.fetch.report import Report

Root = Annotated[Path | None, typer.Option(help="The checkout to work in; by default the one around this folder.")]


Hold = Annotated[list[str] | None, typer.Option(help="Leave this provider or source as it is; can be repeated.")]
AcceptShrink = Annotated[
    list[str] | None, typer.Option(help="Believe that many models of this provider are gone; can be repeated.")
]
BaseUrl = Annotated[
    str | None,
    typer.Option(help="Ask BASE_URL/<provider>/<path of the real API> instead of the providers, and no sources."),
]
Observed = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day of the answers of --base-url, where they are recordings."),
]
Force = Annotated[bool, typer.Option("--force", help=f"Ask even where the cache is less than {TTL.days} days old.")]
ReportFile = Annotated[
    Path | None, typer.Option(help="Also write what became of each provider to this file, .json or .md.")
]


def fetch(
    names: Annotated[
        list[str] | None, typer.Argument(help="Providers and sources to fetch; by default all.", metavar="[NAME]...")
    ] = None,
    base_url: BaseUrl = None,
    observed: Observed = None,
    hold: Hold = None,
    accept_shrink: AcceptShrink = None,
    force: Force = False,
    report: ReportFile = None,
    root: Root = None,
) -> None:
    """Fetch lists of models and what sources know of them.

    The facts are kept in cache/.
    Exit code 0: all is well. 1: somebody failed and keeps the last good cache, the others are updated. 2: an argument
    or a file of specs/ or cache/ is wrong, and nothing was asked.
    """
    options = fetch_options(names, base_url, observed, hold, accept_shrink, force=force, report=report)
    require_success(fetch_all(Layout.find(root), options, report))


def fetch_options(
    names: list[str] | None,
    base_url: str | None,
    observed: datetime | None,
    hold: list[str] | None,
    accept_shrink: list[str] | None,
    *,
    force: bool,
    report: Path | None,
) -> FetchOptions:
    """What the command line says. ConfigError for the name of a report that cannot be."""
    from fluent_ai_codegen.fetch.jobs import FetchOptions
    from fluent_ai_codegen.fetch.report import require_report_name

    if report:
        require_report_name(report)
    return FetchOptions(
        base_url=base_url,
        observed=observed.date() if observed else None,
        hold=frozenset(hold or ()),
        named=frozenset(names or ()),
        accept_shrink=frozenset(accept_shrink or ()),
        force=force,
    )


def fetch_all(layout: Layout, options: FetchOptions, report: Path | None = None) -> list[Report]:
    """Fetch what the options name, else everything; print a table and the reasons of failures, and write the report."""
    from fluent_ai_codegen.fetch.report import COLUMNS, rows, write_report
    from fluent_ai_codegen.fetch.run import run

    reports = run(_jobs(layout, options), layout, options)
    terminal.table(COLUMNS, rows(reports))
    for row in reports:
        if row.error:
            terminal.note(f"{row.provider}: {f'{row.url}: ' if row.url else ''}{row.reason}")
    if report:
        write_report(report, reports)
    return reports


def require_success(reports: Sequence[Report]) -> None:
    """Ends the command with exit code 1 where somebody failed."""
    failed = [report.provider for report in reports if report.error]
    if failed:
        holds = " ".join(f"--hold {name}" for name in failed)
        terminal.error(
            f"{len(failed)} of {len(reports)} failed and keep their last good cache; mend the cause, or add {holds}"
        )
        raise typer.Exit(1)


def _jobs(layout: Layout, options: FetchOptions) -> list[Job]:
    from fluent_ai_codegen.fetch.run import list_jobs, source_jobs

    inputs = Inputs.load(layout)
    manifests = inputs.specs.manifests
    listings = [row for row in SOURCES if row.has_address]
    providers, sources = [row.id for row in manifests], [row.name for row in listings]
    for name in sorted(options.named | options.hold | options.accept_shrink):
        if name not in providers and name not in sources:
            hint = did_you_mean(name, [*providers, *sources])
            known = f"Providers: {', '.join(providers)}. Sources: {', '.join(sources)}"
            raise ConfigError(f"{name!r} is no provider or source.{hint} {known}")
    if options.base_url and (strays := sorted(options.named.intersection(sources))):
        raise ConfigError(f"--base-url stands in for providers, and {strays[0]!r} is a source; fetch it without")
    jobs: list[Job] = [*list_jobs(manifests, inputs.caches, layout, options)]
    if not options.base_url:
        jobs += source_jobs(listings, inputs.sources, layout)
    return [job for job in jobs if not options.named or job.name in options.named]


def generate(
    check: Annotated[bool, typer.Option("--check", help="Only compare with what is there; write nothing.")] = False,
    root: Root = None,
) -> None:
    """Render generated/ from specs/ and cache/.

    The clients' methods are rendered from the runtime's verbs.
    """
    layout = Layout.find(root)
    if not check:
        return write_all(layout)
    rendered = _render(layout)
    differences = rendered.differences(layout)
    for difference in differences:
        terminal.note(f"{difference.kind}: {difference.path}")
        if difference.diff:
            sys.stderr.write(difference.diff + "\n")
    if differences:
        terminal.error(f"{len(differences)} files are not what their sources render to; run `fluent-ai generate`")
        raise typer.Exit(1)
    terminal.line(f"generated/ is up to date: {len(rendered.files)} files")
    return None


def write_all(layout: Layout) -> None:
    """Make generated/, specs/names/ and the clients' methods what the inputs render to."""
    memory = Memory(layout.rendered)
    rendered = _render(layout, memory)
    differing = [each.path for each in rendered.differences(layout)]
    changed = [path for path in differing if path.startswith("generated/")]
    doors = [path for path in differing if path in rendered.doors]
    write_names(layout.specs / "names", rendered.names)
    if changed:
        replace(rendered.files, layout.generated)
    if doors:
        for path in doors:
            write_atomically(layout.root / path, rendered.doors[path])
        terminal.line(f"the methods of the clients changed in {', '.join(doors)}")
    memory.forget_unused()
    terminal.line(f"generated/ has {len(rendered.files)} files, {len(changed)} of them changed")


def _render(layout: Layout, memory: Memory | None = None) -> Rendered:
    """Render, and say what a person should know."""
    inputs = Inputs.load(layout)
    rendered = render(inputs, memory)
    _print_notes(rendered, inputs)
    return rendered


def _print_notes(rendered: Rendered, inputs: Inputs) -> None:
    for note in rendered.notes:
        terminal.note(f"note: {note}")
    now = datetime.now(UTC)
    stale = [
        f"{name} ({cache.age(now).days} days)" for name, cache in sorted(inputs.caches.items()) if cache.age(now) > TTL
    ]
    if stale:
        terminal.note(f"warning: rendered from old facts: {', '.join(stale)}; run `fluent-ai fetch`")
    listed = [row.id for row in inputs.specs.manifests if row.model_list and row.model_list.shared]
    missing = [name for name in listed if name not in inputs.caches]
    if missing:
        terminal.note(f"warning: the own list of {', '.join(missing)} was never fetched; run `fluent-ai fetch`")
