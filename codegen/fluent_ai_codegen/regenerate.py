"""The command `regenerate`: fetch, generate, and say what changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from fluent_ai.cli import terminal
from fluent_ai.errors import ConfigError

from fluent_ai_codegen.files.cache import write_atomically
from fluent_ai_codegen.files.paths import Layout
from fluent_ai_codegen.merge.spot_check import Lost, lost
from fluent_ai_codegen.merge.witnesses import witnesses
from fluent_ai_codegen.publish.summary import read_catalogs, summarise
from fluent_ai_codegen.render.inputs import Inputs
from fluent_ai_codegen.sources import openrouter

from .commands import (
    AcceptShrink,
    BaseUrl,
    Force,
    Hold,
    Observed,
    ReportFile,
    Root,
    fetch_all,
    fetch_options,
    require_success,
    write_all,
)


def lost_words(layout: Layout) -> Iterator[Lost]:
    """What sources say of well-known models, and the rendered catalogs do not know of."""
    inputs, catalogs = Inputs.load(layout), read_catalogs(layout.generated)
    router = inputs.caches.get(openrouter.NAME)
    for provider, models in catalogs.items():
        heard = witnesses(provider, inputs.sources, router, listed=provider in inputs.caches)
        yield from lost(provider, models, heard)


def regenerate(
    base_url: BaseUrl = None,
    observed: Observed = None,
    hold: Hold = None,
    accept_shrink: AcceptShrink = None,
    force: Force = False,
    report: ReportFile = None,
    summary: Annotated[
        Path | None, typer.Option(help="Write the models that changed to this file, as Markdown, not to stdout.")
    ] = None,
    root: Root = None,
) -> None:
    """Fetch what is old, render generated/, and report changes.

    The report names the models that are new, gone, repriced or deprecated.
    What a source says of a well-known model, and the catalogs neither take nor keep as a dispute, is printed.
    Nothing is rendered unless everybody answered or is held. Exit codes are those of `fetch`.
    """
    options = fetch_options([], base_url, observed, hold, accept_shrink, force=force, report=report)
    layout = Layout.find(root)
    before = read_catalogs(layout.generated)
    require_success(fetch_all(layout, options, report))
    write_all(layout)
    for each in lost_words(layout):
        terminal.note(f"note: {each}")
    text = summarise(before, read_catalogs(layout.generated))
    if summary is None:
        terminal.line(text)
        return
    try:
        write_atomically(summary, text.encode())
    except OSError as error:
        raise ConfigError(f"--summary {summary}: {error.strerror}") from None
