"""What the engine adds to the command line (entry-point group `fluent_ai.commands`)."""

from __future__ import annotations

from typing import Annotated

import typer
from fluent_ai.cli import terminal
from fluent_ai.events import Event, Progress

from . import weights


def pull(
    model: Annotated[str, typer.Argument(help="A known model, such as smollm2-135m.", metavar="MODEL")],
) -> None:
    """Fetch a local model's weights, check them, and print where they are. Does nothing when they are there."""
    with terminal.ProgressBar() as bar:

        def emit(event: Event) -> None:
            if isinstance(event, Progress):
                bar.show(event)

        path = weights.locate(model.removeprefix("local:"), emit)
    terminal.line(str(path))
