"""`fluent-ai resolve`: which model a name stands for, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from fluent_ai.cli import terminal
from fluent_ai.cli.facts import text
from fluent_ai.cli.models import Json
from fluent_ai.cli.replies import Manifests

if TYPE_CHECKING:
    from fluent_ai.config.resolving import Resolved
    from fluent_ai.config.values import Verb


def resolve(
    name: Annotated[str | None, typer.Argument(help="A name; by default the configured model of the verb.")] = None,
    verb: Annotated[
        str, typer.Option(help="What for: chat, embed, rerank, moderate, transcribe, speak, image.")
    ] = "chat",
    all_names: Annotated[
        bool, typer.Option("--all", help="Also show the models that come after it, and similar names.")
    ] = False,
    manifest: Manifests = None,
    json: Json = False,
) -> None:
    """The model that a name stands for, what chose it, and the options that are configured for it."""
    from fluent_ai.config.config import Config, Known

    config, known = Config(), Known(manifest or ())
    asked = cast("Verb", verb)
    word = config.model(asked) if name is None else name
    found = config.find_all(word, asked, known=known) if all_names else (config.resolve(word, asked, known=known),)
    if json:
        shown = [_as_json(each, config.options(each.name, asked)) for each in found]
        terminal.json_document(shown if all_names else shown[0])
        return
    terminal.table(
        ("model", "because of", "options"),
        [(_name(each), " > ".join(each.why), text(config.options(each.name, asked))) for each in found],
    )


def _name(found: Resolved) -> str:
    return found.name if found.route is None else f"{found.name}: {', '.join(leg.name for leg in found.route.legs)}"


def _as_json(found: Resolved, options: dict[str, object]) -> dict[str, object]:
    legs = None if found.route is None else [leg.name for leg in found.route.legs]
    return {"model": found.name, "why": found.why, "legs": legs, "options": options}
